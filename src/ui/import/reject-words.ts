import type { Reject } from '../../table/plan';

/**
 * Why a row was set aside, to stand beside its line: what the reason says of line and column is said once.
 *
 * @example rejectWords({ line: 51, column: 'price', reason: 'Row 51: "x" in column price is not a number.', text: '' }) // => '"x" in column price is not a number.'
 * @example rejectWords({ line: 3, reason: 'Row 3 is longer than 2 MB.', text: '' }) // => 'is longer than 2 MB.'
 * @example rejectWords({ line: 4, column: 'price', reason: 'n/a is no number.', text: '' }) // => 'price: n/a is no number.'
 */
export function rejectWords({ line, column, reason }: Reject): string {
  const row = `Row ${line.toLocaleString('en')}`;
  const words = reason.startsWith(`${row}: `)
    ? reason.slice(row.length + 2)
    : reason.startsWith(`${row} `)
      ? reason.slice(row.length + 1)
      : reason;
  return column === undefined || words.includes(`column ${column}`) ? words : `${column}: ${words}`;
}
