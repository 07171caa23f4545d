import type { Column } from '../table/decode';
import type { Filter, PageRequest } from './engine';
import { identifier, literal, text } from './literal';

/** The WHERE clause of the filters, all of which must hold; empty for none. */
export function whereClause(filters: readonly Filter[] | undefined, columns: readonly Column[]): string {
  if (!filters?.length) return '';
  return `WHERE ${filters.map((filter) => condition(filter, columns)).join(' AND ')}`;
}

/** Rows without a value last, and rows that are equal in the order they stand in. */
export function orderClause(sort: PageRequest['sort'], table = ''): string {
  const rowid = `${table}rowid`;
  if (!sort) return `ORDER BY ${rowid}`;
  return `ORDER BY ${table}${identifier(sort.column)} ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, ${rowid}`;
}

function condition(filter: Filter, columns: readonly Column[]): string {
  const column = identifier(filter.column);
  if (filter.op === 'is') {
    return filter.value === null ? `${column} IS NULL` : `${column}::VARCHAR = ${text(filter.value)}`;
  }
  if (filter.op === 'contains') return `contains(lower(${column}::VARCHAR), lower(${text(filter.value)}))`;
  const type = columns.find(({ name }) => name.toLowerCase() === filter.column.toLowerCase())?.type ?? 'VARCHAR';
  const bounds = [bound(column, '>=', filter.min, type), bound(column, '<=', filter.max, type)];
  const given = bounds.filter((part) => part !== undefined);
  return given.length ? `(${given.join(' AND ')})` : 'true';
}

/** A bound given as text is read as the column's type; one given as a number is compared as a number. */
function bound(column: string, operator: string, value: number | string | undefined, type: string): string | undefined {
  if (value === undefined) return undefined;
  const written = typeof value === 'string' ? `CAST(${text(value)} AS ${type})` : literal(value);
  return `${column} ${operator} ${written}`;
}
