import { LevainError } from '../../../base/problem';

/** A column as a table gives it: what is missing is null, undefined or NaN. */
export type Cells = ArrayLike<number | bigint | null | undefined>;

/**
 * A column as finite numbers.
 *
 * @param hint what to do where a value is missing
 * @throws LevainError `unequal-lengths`, `missing-value`; the message names the column and the row, counted from 1
 * @example Array.from(finiteColumn('price', [1, 2n], 2)) // => [1, 2]
 */
export function finiteColumn(
  name: string,
  cells: Cells,
  rows: number,
  hint = 'Fill in or leave out missing values first.',
): Float64Array {
  if (cells.length !== rows) {
    const message = `The column “${name}” has ${cells.length} rows where there are ${rows} dates.`;
    throw new LevainError({ code: 'unequal-lengths', message, subject: name });
  }
  return Float64Array.from({ length: rows }, (_, row) => {
    const cell = cells[row];
    const value = typeof cell === 'bigint' ? Number(cell) : cell;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    const empty = value === null || value === undefined || Number.isNaN(value);
    const what = empty ? 'is missing' : `holds ${String(value)}, which is no finite number,`;
    throw new LevainError({
      code: 'missing-value',
      message: `The column “${name}” ${what} in row ${row + 1}.`,
      hint,
      subject: name,
    });
  });
}

/**
 * A column as finite numbers none of which is below 0: spend, impressions, clicks.
 *
 * @throws LevainError as {@link finiteColumn}, and `negative-value`
 * @example Array.from(positiveColumn('tv', [0, 2], 2)) // => [0, 2]
 */
export function positiveColumn(name: string, cells: Cells, rows: number): Float64Array {
  const values = finiteColumn(name, cells, rows, 'Write 0 where nothing ran.');
  const negative = values.findIndex((value) => value < 0);
  if (negative < 0) return values;
  throw new LevainError({
    code: 'negative-value',
    message: `The column “${name}” is ${values[negative]} in row ${negative + 1}; media cannot be below 0.`,
    hint: 'Book refunds and credits to the row the money was spent in, so that it stays at 0 or above.',
    subject: name,
  });
}

/** The largest of n ≥ 1 values. */
export function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

export function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
