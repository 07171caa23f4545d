import {
  binary,
  bool,
  columnFromArray,
  dateDay,
  decimal,
  field,
  float64,
  int32,
  int64,
  list,
  map,
  struct,
  Table,
  tableFromColumns,
  tableToIPC,
  timestamp,
  TimeUnit,
  utf8,
  type Column,
  type DataType,
} from '@uwdata/flechette';
import { listed } from '../base/listed';
import { LevainError } from '../base/problem';
import { uniqueNames } from './names';

/** What can become a table: a table, rows as objects, or columns by name (arrays or typed arrays of one length). */
export type Tabular = Table | readonly object[] | Readonly<Record<string, ArrayLike<unknown>>>;

export interface EncodedTable {
  /** An Arrow IPC stream. */
  readonly bytes: Uint8Array;
  /** What was not kept as it was, in sentences for the reader. */
  readonly warnings: readonly string[];
}

const MAX_INT64 = 2n ** 63n;
/** More digits no whole number of Arrow's has. */
const MAX_DIGITS = 38;
const MAX_WHOLE = 10n ** BigInt(MAX_DIGITS);
const DAY = 86_400_000;

/**
 * Makes Arrow IPC stream bytes of a table. A column's type is that of its values: integers, numbers, big integers, texts,
 * booleans, dates (DATE when all stand at midnight UTC, TIMESTAMP otherwise), bytes, lists, maps and objects of these.
 * Whole numbers beyond 64 bits are decimals of up to 38 digits. `undefined` is no value; a column without any is text. A column
 * that mixes types becomes text, with a warning.
 *
 * Rejects with `not-a-table` when columns differ in length or a row is no object.
 */
export function encodeTable(data: Tabular): EncodedTable {
  if (data instanceof Table) return { bytes: stream(data), warnings: [] };
  const columns = Array.isArray(data)
    ? columnsOfRows(data as readonly object[])
    : columnsByName(data as Record<string, ArrayLike<unknown>>);
  return encodeColumns(columns);
}

/** The same of columns in their sequence, which names made of digits do not keep in an object. */
export function encodeColumns(columns: readonly (readonly [string, ArrayLike<unknown>])[]): EncodedTable {
  const warnings: string[] = [];
  const names = uniqueNames(columns.map(([name]) => (name.trim() === '' ? 'column' : name)));
  const encoded = columns.map(([, values], i): [string, Column<unknown>] => [
    names[i]!,
    encodeColumn(names[i]!, values, warnings),
  ]);
  return { bytes: stream(tableFromColumns(encoded)), warnings };
}

function stream(table: Table): Uint8Array {
  const bytes = tableToIPC(table, { format: 'stream' });
  if (!bytes) throw new LevainError({ code: 'not-a-table', message: 'The table could not be written.' });
  return bytes;
}

function columnsOfRows(rows: readonly object[]): [string, unknown[]][] {
  const columns = new Map<string, unknown[]>();
  rows.forEach((row, i) => {
    if (row === null || typeof row !== 'object') {
      const message = `Row ${i + 1} is not an object, so the list is no table.`;
      throw new LevainError({
        code: 'not-a-table',
        message,
        hint: 'Give a list of objects such as [{day: "2024-01-01", orders: 3}].',
      });
    }
    for (const [name, value] of Object.entries(row)) {
      let column = columns.get(name);
      if (!column) columns.set(name, (column = new Array<unknown>(rows.length).fill(null)));
      column[i] = value;
    }
  });
  return [...columns];
}

function columnsByName(data: Record<string, ArrayLike<unknown>>): [string, ArrayLike<unknown>][] {
  const columns = Object.entries(data);
  const length = columns[0]?.[1].length ?? 0;
  for (const [name, values] of columns) {
    if (values.length === length) continue;
    const message = `The column ${name} has ${values.length} values, but ${columns[0]![0]} has ${length}.`;
    throw new LevainError({ code: 'not-a-table', message, hint: 'Give all columns the same length.' });
  }
  return columns;
}

type Numeric =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array;

function encodeColumn(name: string, values: ArrayLike<unknown>, warnings: string[]): Column<unknown> {
  if (ArrayBuffer.isView(values) && !(values instanceof DataView) && !(values instanceof Uint8ClampedArray)) {
    return columnFromArray(values as unknown as Numeric);
  }
  const array = Array.from(values, (value) => value ?? null);
  const type = typeOf(array);
  if (type) return columnFromArray(convert(array, type) as unknown[], type);
  const found = kinds(array);
  if (found.length === 2 && found.includes('numbers') && found.includes('big integers'))
    return encodeColumn(name, oneKindOfNumber(name, array, warnings), warnings);
  const held = found.length > 1 ? `mixes ${listed(found)}` : `holds ${found[0]} of several kinds`;
  warnings.push(`The column ${name} ${held}, so it is text in SQL.`);
  return columnFromArray(array.map(asText), utf8());
}

/** Numbers beside big integers: these where all are whole, else numbers, which is told where one is not exact any more. */
function oneKindOfNumber(name: string, values: readonly unknown[], warnings: string[]): readonly unknown[] {
  const numbers = values.filter((value): value is number => typeof value === 'number');
  if (numbers.every(Number.isSafeInteger))
    return values.map((value) => (typeof value === 'number' ? BigInt(value) : value));
  const inexact = values.find((value) => typeof value === 'bigint' && BigInt(Number(value)) !== value) as bigint;
  if (inexact !== undefined)
    warnings.push(
      `The column ${name} holds fractions beside ${inexact}, which is ${BigInt(Number(inexact))} among them.`,
    );
  return values.map((value) => (typeof value === 'bigint' ? Number(value) : value));
}

/**
 * The type that all values share; undefined when there is none. Numbers and big integers share none, nor has what
 * holds itself a type.
 *
 * @param above the lists and objects that these values are within
 */
function typeOf(values: readonly unknown[], above: ReadonlySet<unknown> = new Set()): DataType | undefined {
  const [kind, other] = kinds(values);
  if (other !== undefined) return undefined;
  const given = values.filter((value) => value !== null && value !== undefined);
  const nested = kind !== undefined && NESTED.has(kind);
  if (nested && given.some((value) => above.has(value))) return undefined;
  const within = nested ? new Set([...above, ...given]) : above;
  switch (kind) {
    case undefined:
    case 'texts':
      return utf8();
    case 'booleans':
      return bool();
    case 'numbers':
      return numberType(given as number[]);
    case 'big integers':
      return wholeType(given as bigint[]);
    case 'dates':
      return (given as Date[]).every((value) => !(value.getTime() % DAY)) ? dateDay() : timestamp(TimeUnit.MICROSECOND);
    case 'bytes':
      return binary();
    case 'lists': {
      const items = (given as ArrayLike<unknown>[]).flatMap((value) => Array.from(value));
      const item = typeOf(items, within);
      return item && list(item);
    }
    case 'maps': {
      const entries = (given as Map<unknown, unknown>[]).flatMap((value) => [...value]);
      const [key, value] = [0, 1].map((side) =>
        typeOf(
          entries.map((entry) => entry[side]),
          within,
        ),
      );
      return key && value && map(key, value);
    }
    case 'objects':
      return objectType(given as object[], within);
    default:
      return undefined;
  }
}

function numberType(values: readonly number[]): DataType {
  if (!values.every((value) => Number.isSafeInteger(value) && !Object.is(value, -0))) return float64();
  return values.every((value) => value === (value | 0)) ? int32() : int64();
}

function wholeType(values: readonly bigint[]): DataType | undefined {
  if (values.every((value) => value < MAX_INT64 && value >= -MAX_INT64)) return int64();
  return values.every((value) => value < MAX_WHOLE && value > -MAX_WHOLE) ? decimal(MAX_DIGITS, 0, 128) : undefined;
}

function objectType(objects: readonly object[], within: ReadonlySet<unknown>): DataType | undefined {
  const names = new Set(objects.flatMap((object) => Object.keys(object)));
  const fields = [];
  for (const name of names) {
    const values = objects.map((object) => (object as Record<string, unknown>)[name]);
    const type = typeOf(values, within);
    if (!type) return undefined;
    fields.push(field(name, type));
  }
  return fields.length ? struct(fields) : undefined;
}

function kinds(values: readonly unknown[]): string[] {
  const found = new Set<string>();
  for (const value of values) if (value !== null && value !== undefined) found.add(kindOf(value));
  return [...found];
}

const NESTED: ReadonlySet<string> = new Set(['lists', 'maps', 'objects']);

const KINDS: Readonly<Record<string, string>> = {
  string: 'texts',
  number: 'numbers',
  bigint: 'big integers',
  boolean: 'booleans',
};

function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return KINDS[typeof value] ?? `${typeof value}s`;
  if (value instanceof Date) return 'dates';
  if (value instanceof Map) return 'maps';
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return 'lists';
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? 'objects' : 'other things';
}

/** Invalid dates have no time to write: no value. */
function convert(values: readonly unknown[], type: DataType): unknown {
  if (!('unit' in type)) return values;
  return values.map((value) => (value instanceof Date && Number.isNaN(value.getTime()) ? null : value));
}

function asText(value: unknown): string | null {
  if (value === null) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value, asJson) ?? '';
  } catch {
    return '[circular]';
  }
}

/** What JSON has no words for. */
function asJson(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set || ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>);
  return value;
}
