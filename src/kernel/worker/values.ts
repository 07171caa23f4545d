import type { Bound } from '../protocol';

/**
 * A value of user code in the form in which it crosses to the engine or into prose: dates as `{date}`, big integers as
 * `{integer}`.
 *
 * @throws TypeError for what can be neither bound nor written: objects, functions, NaN
 */
export function toBound(value: unknown, depth = 0): Bound {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      if (!Number.isFinite(value))
        throw new TypeError(`${value} cannot be used as a parameter; use null for "no value".`);
      return value;
    case 'bigint':
      return { integer: String(value) };
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new TypeError('An invalid date cannot be used as a parameter.');
    return { date: value.getTime() };
  }
  if (depth < 2 && (Array.isArray(value) || ArrayBuffer.isView(value))) {
    return Array.from(value as unknown as ArrayLike<unknown>, (item) => toBound(item, depth + 1)) as Bound;
  }
  throw new TypeError(
    `A ${Array.isArray(value) ? 'nested list' : typeof value} cannot be used as a parameter: numbers, texts, dates and lists of them can.`,
  );
}
