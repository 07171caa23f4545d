import { tableFromArrays } from '@uwdata/flechette';
import type { Column, Table } from '../../table/decode';
import type { Filter } from '../../table/filter';
import type { GridRequest, GridSource } from '../grid-source';

/** A column made of its row numbers, so that a relation of any length costs nothing. */
export interface SampleColumn extends Column {
  readonly value: (row: number) => unknown;
}

/** A {@link GridSource} of `rows` made-up rows. Sorting by any column turns the order round; filters keep what passes. */
export function sampleSource(columns: readonly SampleColumn[], rows: number, delay = 0): GridSource {
  const valueOf = (name: string, row: number): unknown => columns.find((column) => column.name === name)!.value(row);
  const passes = (row: number, filters: readonly Filter[]): boolean =>
    filters.every((filter) => pass(filter, valueOf(filter.column, row)));

  function order(request: GridRequest): (i: number) => number {
    const filters = request.filters ?? [];
    if (filters.length === 0) return request.sort?.descending ? (i) => rows - 1 - i : (i) => i;
    const kept: number[] = [];
    for (let row = 0; row < rows; row++) if (passes(row, filters)) kept.push(row);
    if (request.sort?.descending) kept.reverse();
    return (i) => kept[i] ?? -1;
  }

  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows,
    async page(request) {
      const at = order(request);
      const indices = Array.from({ length: request.limit }, (_, i) => at(request.offset + i)).filter(
        (i) => i >= 0 && i < rows,
      );
      if (delay > 0) await new Promise((done) => setTimeout(done, delay));
      return tableOf(columns, indices);
    },
    async count(filters) {
      let n = 0;
      for (let row = 0; row < rows; row++) if (passes(row, filters)) n++;
      return n;
    },
  };
}

function tableOf(columns: readonly SampleColumn[], rows: readonly number[]): Table {
  const entries = columns.map((column, i): [string, unknown[]] => [`c${i}`, rows.map((row) => column.value(row))]);
  return tableFromArrays(Object.fromEntries(entries), { useDate: true });
}

function pass(filter: Filter, value: unknown): boolean {
  if (filter.op === 'is') return value === filter.value;
  if (value === null) return false;
  if (filter.op === 'contains') return String(value).toLowerCase().includes(filter.value.toLowerCase());
  if (filter.op !== 'range') return false;
  const compared = value instanceof Date ? value.toISOString() : (value as number | string);
  return (filter.min === undefined || compared >= filter.min) && (filter.max === undefined || compared <= filter.max);
}

const CHANNELS = ['Suche', 'Social', 'E-Mail', 'Direkt', 'Partner'];
const PRODUCTS = [
  'Roggenmischbrot',
  'Dinkelvollkornkruste',
  'Croissant',
  'Vollkornsonnenblumenbrötchen im Zehnerpack',
  'Brezel',
];

/** Orders of a bakery, as many as one likes. */
export const orderColumns: readonly SampleColumn[] = [
  { name: 'order_id', type: 'BIGINT', value: (row) => 100_000 + row },
  { name: 'day', type: 'DATE', value: (row) => new Date(Date.UTC(2022, 0, 1 + (Math.floor(row / 55) % 1095))) },
  { name: 'channel', type: 'VARCHAR', value: (row) => (row % 17 === 5 ? null : CHANNELS[(row * 7) % 5]) },
  { name: 'product', type: 'VARCHAR', value: (row) => PRODUCTS[(row * 3 + (row >> 3)) % 5] },
  { name: 'quantity', type: 'INTEGER', value: (row) => 1 + (row % 4) },
  { name: 'revenue', type: 'DOUBLE', value: (row) => ((row * 7919) % 9000) / 100 + 2.5 },
  { name: 'margin', type: 'DOUBLE', value: (row) => (row % 23 === 0 ? null : ((row * 104729) % 4000) / 100) },
  {
    name: 'note',
    type: 'VARCHAR',
    value: (row) => (row % 9 === 0 ? 'Bitte ohne Sesam; Abholung Samstag vor neun Uhr am Seiteneingang' : ''),
  },
];
