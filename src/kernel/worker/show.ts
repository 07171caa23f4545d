import { Table } from '@uwdata/flechette';
import { Mark } from '@observablehq/plot';
import { ColumnTable } from 'arquero';
import type { Output } from '../../output/output';
import { encodeColumns, encodeTable, type EncodedTable } from '../../table/encode';
import { Element } from './dom/node';
import { toTree } from './dom/tree';
import { inspect } from './inspect';
import { sourceOf, withoutRows } from './made-of';
import { markdownTree, RichText } from './markdown';
import { Rows } from './rows';

/** How a value is shown: as an output made here, or as a table that the engine will hold. */
export type Shown = { readonly output: Output } | { readonly table: EncodedTable };

/** Longest text shown whole: a browser takes about a tenth of a second to lay it out. */
const TEXT = 200_000;

/** The one place that decides what a value looks like. `keep` names a drawing that answers the pointer. */
export function shown(value: unknown, keep: (drawing: Element) => string | undefined): Shown {
  if (value instanceof Element) {
    const surface = keep(value);
    const root = toTree(value);
    return { output: surface === undefined ? { type: 'tree', root } : { type: 'tree', root, surface } };
  }
  // A mark alone is a chart of one mark: `.plot()` is soon forgotten.
  if (value instanceof Mark) return shown(value.plot(), keep);
  if (value instanceof RichText) return { output: { type: 'tree', root: markdownTree(value.source) } };
  if (typeof value === 'string') return { output: { type: 'text', text: clip(value) } };
  if (typeof value === 'number' && Number.isFinite(value)) return { output: { type: 'number', value } };
  const table = tableOf(value);
  return table ? { table } : { output: { type: 'value', value: inspect(value) } };
}

/** A value that is a table (ours, Arquero's, or an array of plain objects) as the engine takes it. */
export function tableOf(value: unknown): EncodedTable | undefined {
  if (value instanceof Rows) return { bytes: Rows.bytesOf(value), warnings: [] };
  if (value instanceof Table) return encodeTable(value);
  if (value instanceof ColumnTable) {
    const names = value.columnNames();
    return encodeColumns(names.map((name) => [name, value.array(name) as ArrayLike<unknown>]));
  }
  if (Array.isArray(value) && isRecords(value)) return encodeTable(value);
  if (Array.isArray(value) && value.length === 0) return emptyTable(sourceOf(value));
  return undefined;
}

/** The columns of what an empty list was chosen from. */
function emptyTable(source: unknown): EncodedTable | undefined {
  const table = source instanceof Table ? source : tableOf(Array.isArray(source) ? source : undefined)?.bytes;
  return table && encodeTable(withoutRows(table));
}

/** Every place holds a record; `every` would pass over the holes of a sparse array. */
function isRecords(values: readonly unknown[]): values is readonly Record<string, unknown>[] {
  for (let i = 0; i < values.length; i++) if (!isRecord(values[i])) return false;
  return values.length > 0;
}

/** A plain object with at least one property. */
function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.keys(value).length > 0;
}

function clip(text: string): string {
  if (text.length <= TEXT) return text;
  const count = (n: number): string => n.toLocaleString('en');
  return `${text.slice(0, TEXT)}…\n(The first ${count(TEXT)} of ${count(text.length)} characters.)`;
}
