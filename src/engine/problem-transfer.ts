import { transferHandlers } from 'comlink';
import { LevainError, problemOf, type Problem } from '../base/problem';

type Thrown = { readonly value: unknown };

/** The key under which Comlink hands over what was thrown. */
const THROW = 'throw';

/**
 * Makes a {@link LevainError} cross a Comlink connection as one: Comlink's own way keeps only name, message and stack.
 * Must be called on both sides.
 */
export function transferProblems(): void {
  const original = transferHandlers.get(THROW)!;
  transferHandlers.set(THROW, {
    canHandle: (value): value is Thrown => original.canHandle(value),
    serialize: (thrown: Thrown) => [problemOf(thrown.value), []],
    deserialize: (problem: Problem): never => {
      throw new LevainError(problem);
    },
  });
}
