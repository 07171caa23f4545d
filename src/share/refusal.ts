import { LevainError } from '../base/problem';

/** Why a file is not opened: an error that is ours already says it; any other is the reason behind `what`. */
export function refusal(error: unknown, code: string, what: string, hint: string): LevainError {
  if (error instanceof LevainError) return error;
  const reason = error instanceof Error && error.message ? ` (${error.message})` : '';
  return new LevainError({ code, message: `${what}${reason}.`, hint }, { cause: error });
}
