import { describe, expect, it } from 'vitest';
import { columnType } from '../../../src/language/ts/service/column-type';
import { decodeTable } from '../../../src/table/decode';
import { openedEngine } from '../../engine/engine-page';

const { engine, define } = openedEngine();

/** Whether a value is of a type as `columnType` writes it. */
const IS: Readonly<Record<string, (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  Date: (value) => value instanceof Date,
  Uint8Array: (value) => value instanceof Uint8Array,
  'readonly number[]': (value) => Array.from(value as Iterable<unknown>).every((item) => typeof item === 'number'),
  'readonly string[]': (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  'readonly (readonly number[])[]': (value) => Array.isArray(value) && IS['readonly number[]']!(value[0]),
  '{ "a": number; "b": Date }': (value) => {
    const { a, b } = value as { a: unknown; b: unknown };
    return typeof a === 'number' && b instanceof Date;
  },
  'ReadonlyMap<string, number>': (value) => value instanceof Map && value.get('k') === 1,
};

describe('the types that cells are told are those that values have', () => {
  it.each([
    '42',
    '42::BIGINT',
    'sum(42)',
    '42::UTINYINT',
    '5::UHUGEINT',
    '1.5::DECIMAL(9,2)',
    '1.5::DOUBLE',
    "'text'",
    'true',
    "DATE '2024-02-29'",
    "TIMESTAMP '2024-02-29 12:34:56.789'",
    "TIMESTAMPTZ '2024-02-29 12:00:00+02'",
    "TIMESTAMP_S '1969-12-31 23:59:59'",
    "TIMESTAMP_MS '1969-12-31 23:59:59'",
    "TIME '10:11:12.5'",
    "TIMETZ '10:00:00+02'",
    "INTERVAL '2 days'",
    "'b'::ENUM('a','b')",
    "['b'::ENUM('a','b')]",
    "'\\xAA\\x00'::BLOB",
    "'101'::BIT",
    "'7d444840-9dc0-11d1-b245-5ffdce74fad2'::UUID",
    '[1, 2]',
    '[1.5::DOUBLE]',
    "['a', 'b']",
    '[[1, 2], [3]]',
    "{'a': 1, 'b': DATE '2024-02-29'}",
    "map(['k'], [1])",
  ])('%s', async (sql) => {
    const { columns } = await define('one', `SELECT ${sql} AS x`);
    const type = columnType(columns[0]!.type);
    const [row] = decodeTable(await engine.page('one', { offset: 0, limit: 1 })).toArray();
    expect(IS[type], `${columns[0]!.type} is told as ${type}`).toBeDefined();
    expect(IS[type]!((row as { x: unknown }).x), `${columns[0]!.type} is told as ${type}`).toBe(true);
  });
});
