/** Throws when a condition that our own code guarantees does not hold: a bug of ours, never a mistake of the reader's. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${message}`);
}
