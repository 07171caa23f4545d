/** The code of the problem a promise rejects with; fails the test when it does not. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const problem = (error as { problem?: { code: string; message: string; hint?: string } }).problem;
    if (!problem) throw error;
    if (!problem.hint) throw new Error(`${problem.code} does not say what to do`, { cause: error });
    return problem.code;
  }
  throw new Error('It was not refused.');
}
