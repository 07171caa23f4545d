import type { TextRecord } from '../records';
import { isTotals } from '../totals';

/** Rows alike that make a table of their own, its names among them. */
const TABLE = 3;

/**
 * What stands below the table and is no part of it, in a sentence: a copyright line, who made the report, or another
 * table, as analytics reports put several into one file. Null where the table ends the file.
 */
export function footerOf(records: readonly TextRecord[], width: number): string | null {
  const filled = records.filter(({ fields }) => fields.some((field) => field.trim() !== ''));
  const last = filled.findLastIndex(({ fields }) => fields.length >= width);
  const below = filled.slice(last + 1).filter(({ fields }) => !isTotals(fields));
  if (last < 0 || below.length === 0 || width < 2) return null;
  const start = below.findIndex(
    ({ fields }, i) =>
      fields.length > 1 &&
      below.slice(i, i + TABLE).filter((other) => other.fields.length === fields.length).length === TABLE,
  );
  if (start >= 0) {
    const { line, fields } = below[start]!;
    return `Another table begins in line ${line.toLocaleString('en')} (${fields.slice(0, 3).join(', ')}${fields.length > 3 ? ' …' : ''}). It is set aside: save it as a file of its own to read it.`;
  }
  return below.length === 1
    ? 'The last line is not part of the table and is set aside.'
    : `The last ${below.length} lines are not part of the table and are set aside.`;
}
