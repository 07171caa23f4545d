import {
  bool,
  columnFromArray,
  dateDay,
  float64,
  int32,
  int64,
  tableFromColumns,
  tableToIPC,
  timestamp,
  TimeUnit,
  utf8,
} from '@uwdata/flechette';
import type { Column, DataType } from '@uwdata/flechette';

const DAY = 86_400_000;

/**
 * Columns of JavaScript values as Arrow IPC stream bytes. A column gets the narrowest type that holds all its values:
 * BOOLEAN, INTEGER, BIGINT, DOUBLE, DATE (all at midnight UTC), TIMESTAMP, else VARCHAR; what is neither number,
 * text, boolean nor date is written as JSON.
 */
export function encodeColumns(columns: readonly (readonly [string, ArrayLike<unknown>])[]): Uint8Array {
  const encoded = distinct(columns).map(([name, values]): [string, Column<unknown>] => [name, encodeColumn(values)]);
  return tableToIPC(tableFromColumns(encoded), { format: 'stream' }) as Uint8Array;
}

/** Rows as Arrow IPC stream bytes; the columns are those of all rows, in order of appearance. */
export function encodeRows(rows: ArrayLike<Readonly<Record<string, unknown>>>): Uint8Array {
  const names = new Set<string>();
  for (let i = 0; i < rows.length; i++) for (const name of Object.keys(rows[i]!)) names.add(name);
  return encodeColumns([...names].map((name) => [name, Array.from(rows, (row) => row[name])]));
}

function encodeColumn(values: ArrayLike<unknown>): Column<unknown> {
  const [type, convert] = typeOf(values);
  const converted = Array.from(values, (value) =>
    value === null || value === undefined ? null : convert(value as never),
  );
  return columnFromArray(converted, type as DataType) as Column<unknown>;
}

/** Called only with values of the kind it stands beside. */
type Convert = (value: never) => unknown;

function typeOf(values: ArrayLike<unknown>): readonly [DataType, Convert] {
  const kinds = new Set<string>();
  let whole = true;
  let small = true;
  let days = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    const kind = value instanceof Date ? 'date' : typeof value;
    kinds.add(kind);
    if (kind === 'number') {
      whole &&= Number.isSafeInteger(value);
      small &&= (value as number) === ((value as number) | 0);
    }
    if (kind === 'date') days &&= (value as Date).getTime() % DAY === 0;
  }
  const only = kinds.size === 1 ? [...kinds][0] : undefined;
  if (only === 'boolean') return [bool(), (value) => value];
  if (only === 'number' && small) return [int32(), (value) => value];
  if (only === 'number') return whole ? [int64(), (value) => BigInt(value)] : [float64(), (value) => value];
  if (only === 'bigint') return [int64(), (value) => value];
  if (kinds.size === 2 && kinds.has('number') && kinds.has('bigint')) return [float64(), (value) => Number(value)];
  if (only === 'date') return days ? [dateDay(), dated] : [timestamp(TimeUnit.MICROSECOND), dated];
  return [utf8(), written];
}

/** An invalid date is no date. */
const dated = (value: Date): Date | null => (Number.isNaN(value.getTime()) ? null : value);

function written(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value === 'object') {
    try {
      return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
    } catch {
      return '[circular]';
    }
  }
  return String(value as string);
}

/** Names are unique without regard to case in the engine: later ones get a number. */
function distinct<T>(columns: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  const taken = new Set<string>();
  return columns.map(([given, values]) => {
    const name = given.trim() === '' ? 'column' : given;
    let unique = name;
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${name}_${n}`;
    taken.add(unique.toLowerCase());
    return [unique, values];
  });
}
