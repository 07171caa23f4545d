import { whereClause } from '../../engine/filters';
import { nameProblem } from '../../language/names';
import { quoteIdentifier } from '../../language/sql/identifiers';
import type { Column } from '../../table/decode';
import type { Filter } from '../../table/filter';

/** The rows that pass, as a query that one would write. */
export function filterQuery(relation: string, filters: readonly Filter[], columns: readonly Column[]): string {
  return `SELECT *\nFROM ${word(relation)}${filters.length > 0 ? `\n${whereClause(filters, columns, word)}` : ''}`;
}

/** What occurs more than once: by all columns, or by those of a key. */
export function duplicatesQuery(
  relation: string,
  key: readonly string[],
  filters: readonly Filter[],
  columns: readonly Column[],
): string {
  const by = key.length > 0 ? key : columns.map(({ name }) => name);
  const where = whereClause(filters, columns, word);
  return [
    `SELECT ${by.map(word).join(', ')}, count(*) AS times`,
    `FROM ${word(relation)}`,
    ...(where ? [where] : []),
    `GROUP BY ${by.map(word).join(', ')}`,
    'HAVING count(*) > 1',
    'ORDER BY times DESC',
  ].join('\n');
}

const word = (name: string): string => (nameProblem(name) ? quoteIdentifier(name) : name);
