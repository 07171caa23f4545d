import { columnFromArray, Table, tableFromColumns, type Column } from '@uwdata/flechette';
import { decodeTable } from '../../table/decode';

/** What a list of rows was chosen from: where nothing was, its columns are known all the same. */
const SOURCES = new WeakMap<object, unknown>();

/** Notes what a list of rows was chosen from. */
export function madeOf<T>(list: T, source: unknown): T {
  if (Array.isArray(list) && list.length === 0) SOURCES.set(list, source);
  return list;
}

/** What an empty list was chosen from, if that is known. */
export function sourceOf(list: readonly unknown[]): unknown {
  return SOURCES.get(list);
}

/** A table's columns without its rows. */
export function withoutRows(table: Table | Uint8Array): Table {
  const { names, children } = table instanceof Table ? table : decodeTable(table);
  return tableFromColumns(names.map((name, i): [string, Column<unknown>] => [String(name), none(children[i]!)]));
}

const none = ({ type }: Column<unknown>): Column<unknown> => columnFromArray([], type) as Column<unknown>;
