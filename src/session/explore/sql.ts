import { whereClause } from '../../engine/filters';
import { writtenIdentifier } from '../written-identifier';
import type { Column } from '../../table/decode';
import type { Filter } from '../../table/filter';

/** The rows that pass, as a query that one would write. */
export function filterQuery(relation: string, filters: readonly Filter[], columns: readonly Column[]): string {
  return `SELECT *\nFROM ${writtenIdentifier(relation)}${filters.length > 0 ? `\n${whereClause(filters, columns, writtenIdentifier)}` : ''}`;
}

/** What occurs more than once: by all columns, or by those of a key. */
export function duplicatesQuery(
  relation: string,
  key: readonly string[],
  filters: readonly Filter[],
  columns: readonly Column[],
): string {
  const by = key.length > 0 ? key : columns.map(({ name }) => name);
  const where = whereClause(filters, columns, writtenIdentifier);
  return [
    `SELECT ${by.map(writtenIdentifier).join(', ')}, count(*) AS times`,
    `FROM ${writtenIdentifier(relation)}`,
    ...(where ? [where] : []),
    `GROUP BY ${by.map(writtenIdentifier).join(', ')}`,
    'HAVING count(*) > 1',
    'ORDER BY times DESC',
  ].join('\n');
}
