import type { Column } from '../table/decode';
import type { Filter, PageRequest } from './engine';
import { identifier, literal, text } from './literal';

/**
 * The WHERE clause of the filters, all of which must hold; empty for none.
 *
 * @param name writes a column's name
 */
export function whereClause(
  filters: readonly Filter[] | undefined,
  columns: readonly Column[],
  name: (column: string) => string = identifier,
): string {
  if (!filters?.length) return '';
  return `WHERE ${filters.map((filter) => condition(filter, columns, name)).join('\n  AND ')}`;
}

/** Rows without a value last, and rows that are equal in the order they stand in. */
export function orderClause(sort: PageRequest['sort'], table = ''): string {
  const rowid = `${table}rowid`;
  if (!sort) return `ORDER BY ${rowid}`;
  return `ORDER BY ${table}${identifier(sort.column)} ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, ${rowid}`;
}

function condition(filter: Filter, columns: readonly Column[], name: (column: string) => string): string {
  const column = name(filter.column);
  const type = columns.find(({ name }) => name.toLowerCase() === filter.column.toLowerCase())?.type ?? 'VARCHAR';
  const written = type === 'VARCHAR' ? column : `${column}::VARCHAR`;
  switch (filter.op) {
    case 'is':
      return filter.value === null ? `${column} IS NULL` : `${written} = ${text(filter.value)}`;
    case 'other':
      return `${written} NOT IN (${filter.values.map(text).join(', ')})`;
    case 'contains':
      return `contains(lower(${written}), lower(${text(filter.value)}))`;
    case 'begins':
      return `starts_with(${written}, ${text(filter.value)})`;
    case 'any':
      return anyOf(filter.of, written, columns, name);
    case 'range': {
      const bounds = [
        bound(column, '>=', filter.min, type),
        bound(column, '<=', filter.max, type),
        bound(column, '<', filter.below, type),
      ].filter((part) => part !== undefined);
      return bounds.length ? `(${bounds.join(' AND ')})` : 'true';
    }
  }
}

/** Several values of a column as a list, as one would write it. */
function anyOf(
  filters: readonly Filter[],
  written: string,
  columns: readonly Column[],
  name: (column: string) => string,
): string {
  const values = filters.flatMap((filter) => (filter.op === 'is' && filter.value !== null ? [filter.value] : []));
  const others = filters.filter((filter) => filter.op !== 'is' || filter.value === null);
  const list = values.length > 1 ? [`${written} IN (${values.map(text).join(', ')})`] : [];
  const rest = values.length > 1 ? others : filters;
  const parts = [...list, ...rest.map((filter) => condition(filter, columns, name))];
  return parts.length === 0 ? 'false' : parts.length === 1 ? parts[0]! : `(${parts.join(' OR ')})`;
}

/** A bound given as text is read as the column's type; one given as a number is compared as a number. */
function bound(column: string, operator: string, value: number | string | undefined, type: string): string | undefined {
  if (value === undefined) return undefined;
  return `${column} ${operator} ${typeof value === 'string' ? typed(value, type) : literal(value)}`;
}

const typed = (value: string, type: string): string =>
  /^(?:DATE|TIMESTAMP)$/.test(type) && /^[-0-9 :.]+$/.test(value)
    ? `${type} ${text(value)}`
    : `CAST(${text(value)} AS ${type})`;
