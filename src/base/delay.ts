/** Resolves after so many milliseconds; without any, once what waits for its turn has had it. */
export function delay(milliseconds = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
