import { LevainError } from '../../base/problem';

/** What a cell of a table may hold; `null`, `undefined` and NaN are missing. */
export type FeatureValue = number | boolean | string | bigint | null | undefined;

/** A column as it comes from a table: numbers (or yes and no), or categories where its values are text. */
export interface Feature {
  readonly name: string;
  readonly values: ArrayLike<FeatureValue>;
}

/** A column read as one kind. */
export type ReadFeature =
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
  | { readonly name: string; readonly kind: 'category'; readonly values: readonly (string | undefined)[] };

/**
 * Columns of rows, by name: what a cell does with a table before it fits.
 *
 * @param rows objects, one a row
 * @throws LevainError `missing-column` for a name that the first row does not have
 * @example featuresOf([{ age: 3, city: 'Gent' }], ['age'])[0].values // => [3]
 */
export function featuresOf(
  rows: { readonly length: number; map<T>(of: (row: never) => T): T[] } | readonly object[],
  names: readonly string[],
): Feature[] {
  const all = (rows as readonly Record<string, FeatureValue>[]).map((row) => row);
  return names.map((name) => {
    if (all.length > 0 && !(name in all[0]!)) {
      const message = `The rows have no column "${name}"; they have ${Object.keys(all[0]!).join(', ')}.`;
      throw new LevainError({ code: 'missing-column', message });
    }
    return { name, values: all.map((row) => row[name]) };
  });
}

/**
 * Decides what a column is and reads it: text makes it a category, anything else a number.
 *
 * @throws LevainError `mixed-column` with the row where a number stands among text, `infinite`
 */
export function readFeature({ name, values }: Feature): ReadFeature {
  const n = values.length;
  let isText: boolean | undefined;
  for (let i = 0; i < n && isText === undefined; i++) {
    if (!isMissing(values[i])) isText = typeof values[i] === 'string';
  }
  if (isText) {
    const read = Array.from(values, (value, i) => {
      if (isMissing(value)) return undefined;
      if (typeof value === 'string') return value;
      throw mixed(name, i, value);
    });
    return { name, kind: 'category', values: read };
  }
  // Numbers that are in the right form already are looked at, not copied.
  const numbers = values instanceof Float64Array ? values : new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (typeof value === 'string') throw mixed(name, i, value);
    if (numbers !== values) numbers[i] = isMissing(value) ? NaN : Number(value);
    if (Math.abs(numbers[i]!) === Infinity) {
      const message = `Column "${name}" is infinite in row ${i + 1}.`;
      throw new LevainError({
        code: 'infinite',
        message,
        hint: 'A division by 0? Write `nullif(…, 0)` below the line.',
      });
    }
  }
  return { name, kind: 'number', values: numbers };
}

/** Checks that columns are of one length and that each has a name of its own. */
export function checkFeatures(features: readonly Feature[], n: number): void {
  if (features.length === 0) {
    throw new LevainError({ code: 'too-few-values', message: 'A classifier needs at least one column.' });
  }
  const seen = new Set<string>();
  for (const { name, values } of features) {
    if (seen.has(name)) {
      const message = `Two columns are called "${name}".`;
      throw new LevainError({ code: 'duplicate-name', message, hint: 'Give each column a name of its own.' });
    }
    seen.add(name);
    if (values.length === n) continue;
    const message = `Column "${name}" has ${values.length} rows where the others have ${n}.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
}

function isMissing(value: FeatureValue): boolean {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));
}

function mixed(name: string, row: number, value: FeatureValue): LevainError {
  return new LevainError({
    code: 'mixed-column',
    message: `Column "${name}" mixes text and numbers: in row ${row + 1} it is ${String(value)}.`,
    hint: 'Cast it to one of them in SQL: `name::VARCHAR` or `try_cast(name AS DOUBLE)`.',
  });
}
