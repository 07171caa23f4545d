import { describe, expect, it } from 'vitest';
import { decodeTable } from '../../src/table/decode';
import { encodeTable, type Tabular } from '../../src/table/encode';
import { openedEngine, problem } from './engine-page';

const { engine, rows, value, define } = openedEngine();

describe('values out of the database', () => {
  it.each<[string, unknown]>([
    ['42', 42],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['9007199254740993', 9007199254740993n],
    ['(-9007199254740993)', -9007199254740993n],
    ['18446744073709551615::UBIGINT', 18446744073709551615n],
    ['(SELECT sum(i) FROM range(10) t(i))', 45],
    ['(SELECT count(*) FROM range(10) t(i))', 10],
    ['170141183460469231731687303715884105727::HUGEINT', 170141183460469231731687303715884105727n],
    ['(-170141183460469231731687303715884105727)::HUGEINT', -170141183460469231731687303715884105727n],
    ['5::UHUGEINT', '5'],
    ['1234567.89::DECIMAL(18,2)', 1234567.89],
    ['-0.1::DECIMAL(4,1)', -0.1],
    ['1234567890123456789.0123456789::DECIMAL(38,10)', 1234567890123456789.0123456789],
    ['0.1::DOUBLE + 0.2::DOUBLE', 0.30000000000000004],
    ["'Infinity'::DOUBLE", Infinity],
    ["'NaN'::DOUBLE", NaN],
    ['1.5::FLOAT', 1.5],
    ['true', true],
    ['NULL', null],
    ["'naïve 🥐'", 'naïve 🥐'],
    ["DATE '2024-02-29'", new Date('2024-02-29T00:00:00Z')],
    ["TIMESTAMP '2024-02-29 12:34:56.789'", new Date('2024-02-29T12:34:56.789Z')],
    ["TIMESTAMPTZ '2024-02-29 12:00:00+02'", new Date('2024-02-29T10:00:00Z')],
    ["TIMESTAMP_S '1969-12-31 23:59:59'", new Date('1969-12-31T23:59:59Z')],
    ["TIME '10:11:12.5'", '10:11:12.5'],
    ["TIMETZ '10:00:00+02'", '10:00:00+02'],
    ["INTERVAL '14 months 2 days 3 hours'", '1 year 2 months 2 days 03:00:00'],
    ["INTERVAL '-90 minutes'", '-01:30:00'],
    ["'b'::ENUM('a','b')", 'b'],
    ["['b'::ENUM('a','b')]", '[b]'],
    ["'\\xAA\\x00'::BLOB", new Uint8Array([0xaa, 0])],
    ["'101'::BIT", '101'],
    ["'7d444840-9dc0-11d1-b245-5ffdce74fad2'::UUID", '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ["{'a': 1, 'b': ['x']}", { a: 1, b: ['x'] }],
    ["map(['k'], [1])", new Map([['k', 1]])],
    // A long number beside a decimal leaves that as it is, within a value too.
    ["{'id': 9007199254740993, 'amount': 19.99}", { id: 9007199254740993n, amount: 19.99 }],
    ["[{'id': 9007199254740993, 'a': 1.20::DECIMAL(5,2)}]", [{ id: 9007199254740993n, a: 1.2 }]],
    ['MAP {9007199254740993: 4.25}', new Map([[9007199254740993n, 4.25]])],
  ])('%s', async (sql, expected) => {
    expect(plain(await value(`SELECT ${sql} AS x`))).toEqual(expected);
    await define('one', `SELECT ${sql} AS x`);
    const [row] = decodeTable(await engine.page('one', { offset: 0, limit: 1 })).toArray();
    expect(plain((row as { x: unknown }).x)).toEqual(expected);
  });

  it('keep a column whole when only some of its batches have integers beyond 2^53', async () => {
    const text = 'SELECT CASE WHEN i = 70000 THEN 9007199254740993 ELSE i END AS n, i AS m FROM range(100000) t(i)';
    const found = await rows(text);
    expect(found[0]).toEqual({ n: 0n, m: 0 });
    expect(found[70000]).toEqual({ n: 9007199254740993n, m: 70000 });
  });

  it('rename columns that have one name', async () => {
    expect(await rows('SELECT 1 AS x, 2 AS X, 3 AS x_1, 4 AS x')).toEqual([{ x: 1, X_2: 2, x_1: 3, x_3: 4 }]);
  });

  it('keep names and types where there are no rows', async () => {
    const table = decodeTable(await engine.query('r', { text: "SELECT 1 AS a, 'x' AS b WHERE false", parameters: [] }));
    expect(table.names).toEqual(['a', 'b']);
    expect(table.numRows).toBe(0);
  });
});

describe('values into the database', () => {
  const sent = async (data: Tabular): Promise<{ types: string[]; rows: unknown[]; warnings: readonly string[] }> => {
    const { bytes, warnings } = encodeTable(data);
    const info = await engine.insert('sent', bytes);
    const page = decodeTable(await engine.page('sent', { offset: 0, limit: 100 })).toArray();
    return { types: info.columns.map(({ type }) => type), rows: page.map((row) => plain(row)), warnings };
  };

  it.each<[string, unknown[], string]>([
    ['integers', [1, -2, null], 'INTEGER'],
    ['large integers', [2 ** 40, 1], 'BIGINT'],
    ['numbers', [0.5, 1, null, NaN, -Infinity], 'DOUBLE'],
    ['big integers', [9007199254740993n, null, -1n], 'BIGINT'],
    ['texts', ['a', '', null, '🥐', 'a\0b'], 'VARCHAR'],
    ['booleans', [true, null, false], 'BOOLEAN'],
    ['days', [new Date('2024-02-29'), null], 'DATE'],
    ['moments', [new Date('2024-02-29T01:02:03.004Z'), null, new Date('1900-01-01T00:00:00.5Z')], 'TIMESTAMP'],
    ['no values', [null, null], 'VARCHAR'],
    ['lists', [[1, 2], [], null], 'INTEGER[]'],
    ['lists of texts', [['a', null]], 'VARCHAR[]'],
    ['objects', [{ a: 1, b: 'x' }], 'STRUCT(a INTEGER, b VARCHAR)'],
    ['whole numbers beyond 64 bits', [2n ** 100n, -(2n ** 63n) - 1n, null, 18446744073709551614n], 'DECIMAL(38,0)'],
    ['maps', [new Map([['k', 1]]), null, new Map()], 'MAP(VARCHAR, INTEGER)'],
    ['lists of objects', [[{ a: 0.5 }, { a: null }]], 'STRUCT(a DOUBLE)[]'],
    ['bytes', [new Uint8Array([97, 0, 255]), null], 'BLOB'],
  ])('%s', async (_, values, type) => {
    const found = await sent(values.map((x) => ({ x })));
    expect(found).toEqual({ types: [type], rows: values.map((x) => ({ x })), warnings: [] });
  });

  it('keep what does not fit one type as text, numbers beside big integers exact where they are whole', async () => {
    expect(await sent([{ x: 9007199254740993n }, { x: 2 }])).toEqual({
      types: ['BIGINT'],
      rows: [{ x: 9007199254740993n }, { x: 2n }],
      warnings: [],
    });
    const fractions = await sent([{ x: 9007199254740993n }, { x: 2.5 }]);
    expect(fractions.types).toEqual(['DOUBLE']);
    expect(fractions.warnings).toEqual([
      'The column x holds fractions beside 9007199254740993, which is 9007199254740992 among them.',
    ]);
    const huge = await sent([{ x: 2n ** 127n }]);
    expect(huge.rows).toEqual([{ x: String(2n ** 127n) }]);
    const itself: Record<string, unknown> = { a: 1 };
    itself.self = itself;
    expect((await sent([{ x: itself }])).rows).toEqual([{ x: '[circular]' }]);
    const nodes = Array.from({ length: 50 }, (_, n) => ({ n, near: [] as unknown[] }));
    for (const node of nodes) node.near.push(...nodes);
    expect((await sent(nodes)).types).toEqual(['INTEGER', 'VARCHAR']);
    // One that several rows share holds nothing of itself.
    const shop = { city: 'Gent' };
    expect((await sent([{ shop }, { shop }])).types).toEqual(['STRUCT(city VARCHAR)']);
    const sets = await sent([{ x: new Set([1]) }, { x: new Map([['a', new Set(['b'])]]) }]);
    expect(sets.rows).toEqual([{ x: '[1]' }, { x: '{"a":["b"]}' }]);
  });

  it('are what they were when rows go out and come in again', async () => {
    await define(
      'rich',
      `SELECT [1, 2, 3] AS whole, [1.5, NULL] AS parts, [[1], [2, 3]] AS nested, {'l': [7, 8], 'm': MAP {'k': 1}} AS s,
      MAP {'a': [1], 'b': [2, 3]} AS m, 'x'::BLOB AS bytes, 18446744073709551614::HUGEINT AS h, DATE '2024-02-29' AS day`,
    );
    const rich = decodeTable(await engine.query('r', { text: 'FROM rich', parameters: [] })).toArray();
    const [row] = rich as Record<string, unknown>[];
    expect(row!.whole).toEqual([1, 2, 3]);
    expect(Array.isArray(row!.whole)).toBe(true);
    expect((row!.whole as number[]).map((value) => value / 2)).toEqual([0.5, 1, 1.5]);
    expect((row!.whole as number[]).map((value) => `x${value}`)).toEqual(['x1', 'x2', 'x3']);
    expect(JSON.stringify(row!.nested)).toBe('[[1],[2,3]]');
    const again = await sent(rich.map((each) => ({ ...(each as object) })));
    expect(again.warnings).toEqual([]);
    expect(again.rows).toEqual([plain(row!)]);
    expect(again.types).toEqual([
      'INTEGER[]',
      'DOUBLE[]',
      'INTEGER[][]',
      'STRUCT(l INTEGER[], m MAP(VARCHAR, INTEGER))',
      'MAP(VARCHAR, INTEGER[])',
      'BLOB',
      'DECIMAL(38,0)',
      'DATE',
    ]);
  });

  it('take typed arrays, missing keys and undefined', async () => {
    expect(await sent({ a: new Float64Array([1.5, 2]), b: new Int32Array([1, 2]) })).toMatchObject({
      types: ['DOUBLE', 'INTEGER'],
      rows: [
        { a: 1.5, b: 1 },
        { a: 2, b: 2 },
      ],
    });
    expect((await sent([{ a: 1 }, { b: 'x' }, { a: undefined }])).rows).toEqual([
      { a: 1, b: null },
      { a: null, b: 'x' },
      { a: null, b: null },
    ]);
  });

  it('make text of a column that mixes types, and say so', async () => {
    const found = await sent([{ x: 1 }, { x: 'two' }, { x: { a: 1n } }]);
    expect(found.rows).toEqual([{ x: '1' }, { x: 'two' }, { x: '{"a":"1"}' }]);
    expect(found.warnings).toEqual(['The column x mixes numbers, texts and objects, so it is text in SQL.']);
  });

  it('refuse what is no table', async () => {
    await expect(async () => encodeTable({ a: [1], b: [1, 2] })).rejects.toThrow('column b has 2 values');
    await expect(async () => encodeTable([1, 2] as never)).rejects.toThrow('Row 1 is not an object');
  });

  it('keep the types of a table that came out', async () => {
    await define(
      'origin',
      `SELECT 1.25::DECIMAL(9,2) AS d, 9007199254740993 AS b, DATE '2024-02-29' AS day, [1, NULL] AS l,
      {'a': true} AS s, TIMESTAMP '2024-01-01 10:00:00' AS t, NULL::VARCHAR AS n FROM range(3000)`,
    );
    const bytes = await engine.query('r', { text: 'FROM origin', parameters: [] });
    const info = await engine.insert('copied', bytes);
    expect(info.rows).toBe(3000);
    expect(info.columns.map(({ type }) => type)).toEqual([
      'DECIMAL(9,2)',
      'BIGINT',
      'DATE',
      'INTEGER[]',
      'STRUCT(a BOOLEAN)',
      'TIMESTAMP',
      'VARCHAR',
    ]);
    expect(await value('SELECT count(*) FROM (FROM origin EXCEPT ALL FROM copied)')).toBe(0);
    const empty = await engine.query('r', { text: 'FROM origin WHERE false', parameters: [] });
    expect((await engine.insert('copied', empty)).rows).toBe(0);
  });

  it('leave the old table when the bytes are none', async () => {
    await define('standing', 'SELECT 1 AS n');
    await problem(engine.insert('standing', new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])));
    expect(await rows('FROM standing')).toEqual([{ n: 1 }]);
  });
});

/** Typed arrays and row objects as plain ones, so that they compare by value. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Map) return value;
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value as unknown as unknown[], plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
