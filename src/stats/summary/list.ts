import { LevainError } from '../../base/problem';
import { told } from '../../base/told';

/**
 * Checks that values are a list: an array, or what has places and a length. A `Set` or a single number has none, and would
 * pass for a list without values.
 *
 * @throws LevainError `bad-parameter`
 */
export function checkList(what: string, values: unknown): asserts values is ArrayLike<unknown> {
  const length = typeof values === 'object' && values !== null ? (values as { length?: unknown }).length : undefined;
  if (Number.isInteger(length)) return;
  const isSet = values instanceof Set || values instanceof Map;
  throw new LevainError({
    code: 'bad-parameter',
    message: `The ${what} must be a list of numbers; it is ${isSet ? `a ${values.constructor.name}` : told(values)}.`,
    ...(isSet && { hint: 'Write [...values], or Array.from(values).' }),
  });
}
