import type { PlannedColumn } from '../../engine';

/** Rows looked at: who spells in several ways does so early, and a first look should not take long. */
const LOOKED_AT = 2_000;
/** Columns told of. */
const MOST = 3;

/**
 * Columns of text whose values differ only in capitals or in blanks at their ends (`Meta` and `Meta `): SQL counts them apart.
 * Each as a sentence with an example and what makes them one.
 */
export function spelledApart(
  columns: readonly PlannedColumn[],
  rows: readonly (readonly string[])[],
  isNull: (field: string) => boolean,
): readonly string[] {
  return columns
    .flatMap((column, i) => {
      if (column.type !== 'VARCHAR') return [];
      const first = new Map<string, string>();
      for (const row of rows.slice(0, LOOKED_AT)) {
        const value = row[i] ?? '';
        const folded = value.trim().toLowerCase();
        if (folded === '' || isNull(value.trim())) continue;
        const other = first.get(folded);
        if (other === undefined) first.set(folded, value);
        else if (other !== value) return sentence(column, other, value);
      }
      return [];
    })
    .slice(0, MOST);
}

const sentence = ({ source, name }: PlannedColumn, one: string, other: string): string =>
  `${source || name} has “${shown(one)}” and “${shown(other)}”, which count as two: lower(trim(${name})) makes one of values that differ only in capitals or in blanks at their ends.`;

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}…` : value);
