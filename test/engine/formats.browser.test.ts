import { describe, expect, it } from 'vitest';
import type { ExportFormat, FilePlan, Ingested, PlanChange, TableToExport } from '../../src/engine/engine';
import { TextZip } from '../../src/engine/formats/zip-writer';
import { openedEngine, problem } from './engine-page';

const addresses = import.meta.glob<string>('../fixtures/formats/*', { query: '?url', import: 'default', eager: true });
const { engine, rows, value, define } = openedEngine();

async function fixture(name: string, as = name): Promise<File> {
  const response = await fetch(addresses[`../fixtures/formats/${name}`]!);
  return new File([await response.blob()], as);
}

async function read(file: File, change?: PlanChange): Promise<Ingested> {
  const found: FilePlan = await engine.sniff(file);
  const plan = change ? await engine.refine(file, found, change) : found;
  return engine.ingest(`read ${file.name}`, file, plan, () => {});
}

const exported = (relation: string, as: Partial<TableToExport> = {}, format: ExportFormat = 'parquet'): Promise<Blob> =>
  engine.export(`export ${relation}`, [{ relation, ...as }], { format });

const json = (text: string, name = 'a.json'): File => new File([text], name);

const ORDERS = {
  order_id: ['A-007', 'A-008', 'A-009', 'A-010'],
  day: ['2024-02-28', '2024-02-29', '2024-03-01', '2024-12-31'],
  placed_at: ['2024-02-28 09:30:00', '2024-02-29 23:59:59', null, '2024-12-31 00:00:00'],
  revenue: ['19.9', '0.1', null, '1234.56'],
  items: ['3', '1', '2', '40'],
  big: ['9007199254740993', '1', '2', '3'],
  new: ['true', 'false', 'true', 'false'],
  town: ['Gent', 'Liège', null, 'Köln, "Süd"'],
};
const TYPES = ['VARCHAR', 'DATE', 'TIMESTAMP', 'DOUBLE', 'BIGINT', 'BIGINT', 'BOOLEAN', 'VARCHAR'];

/** The values of a table's columns as texts. */
async function texts(table: string): Promise<Record<string, unknown[]>> {
  const found = await rows(`SELECT COLUMNS(*)::VARCHAR FROM ${table}`);
  return Object.fromEntries(Object.keys(found[0] ?? {}).map((name) => [name, found.map((row) => row[name])]));
}

describe('JSON', () => {
  it.each([
    ['orders.json', 'orders.json'],
    ['orders.ndjson', 'orders.ndjson'],
    ['orders.json', 'orders under another name.csv'],
  ])('as pandas writes it, %s (%s)', async (name, as) => {
    const { relation, rejected } = await read(await fixture(name, as));
    expect(relation.columns.map(({ type }) => type)).toEqual(TYPES);
    expect(await texts(relation.name)).toEqual(ORDERS);
    expect({ rows: relation.rows, rejected }).toEqual({ rows: 4, rejected: 0 });
  });

  it('nested becomes structs and lists that SQL reads', async () => {
    await read(
      json('{"orders":[{"id":1,"lines":[{"sku":"a","n":2},{"sku":"b","n":1}],"who":{"since":"2024-02-29"}},{"id":2}]}'),
    );
    expect(await rows('SELECT id, unnest(lines).n AS n, who.since::VARCHAR AS since FROM a')).toEqual([
      { id: 1, n: 2, since: '2024-02-29' },
      { id: 1, n: 1, since: '2024-02-29' },
    ]);
    expect(await value('SELECT who IS NULL FROM a WHERE id = 2')).toBe(true);
  });

  it('rejects the lines that are none, and counts them', async () => {
    const { rejects, rejected, found } = await read(json('{"n":1}\n{"n":\n7\n\n{"n":2}\n{"n":3', 'a.ndjson'));
    expect({ found, rejected }).toEqual({ found: 5, rejected: 3 });
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'Row 2 is cut off in the middle.'],
      [3, 'Row 3 is no object, as the other rows are.'],
      [6, 'Row 6 is cut off in the middle.'],
    ]);
  });

  it('keeps integers beyond a double, and what has no type as text with a note', async () => {
    const { plan } = await read(json('[{"a":18446744073709551617,"b":9007199254740993},{"a":1,"b":0.5,"c":"1.5"}]'));
    expect(await rows('SELECT a::VARCHAR AS a, b, c FROM a')).toEqual([
      { a: '18446744073709551617', b: '9007199254740993', c: null },
      { a: '1', b: '0.5', c: '1.5' },
    ]);
    expect(plan.notes.join(' ')).toMatch(
      /b holds fractions and whole numbers.*c holds numbers that are written as texts/,
    );
  });

  it('reads the list one chooses, over several batches', async () => {
    const long = Array.from({ length: 130_000 }, (_, i) => `{"i":${i}}`).join(',');
    const { relation } = await read(json(`{"heads":[{"h":1}],"rows":[${long}]}`));
    expect([relation.rows, await value('SELECT sum(i) FROM a')]).toEqual([130_000, (130_000 * 129_999) / 2]);
    expect((await read(json(`{"heads":[{"h":1}],"rows":[${long}]}`), { part: 'heads' })).relation.rows).toBe(1);
  });

  it.each([
    ['[{"a":1},{"a":', 'json-cut-off'],
    ['[{"a":1}]]', 'json-damaged'],
    ['[]', 'json-empty'],
    [`{"a":${'['.repeat(100_000)}`, 'json-empty'],
  ])('refuses %.20s', async (text, code) => {
    expect((await problem(read(json(text)))).code).toBe(code);
    expect(await rows("FROM duckdb_tables() WHERE table_name LIKE 'levain%'")).toEqual([]);
  });
});

describe('Parquet', () => {
  it.each(['', '-zstd', '-gzip', '-lz4_raw', '-brotli', '-uncompressed'])('of any codec (orders%s)', async (codec) => {
    const { relation, rejected } = await read(await fixture(`orders${codec}.parquet`, 'orders.bin'));
    expect(relation.columns.map(({ type }) => type)).toEqual(TYPES);
    expect(await texts(relation.name)).toEqual(ORDERS);
    expect({ rows: relation.rows, rejected }).toEqual({ rows: 4, rejected: 0 });
  });

  it('with the rarer types, zoned times as moments in UTC', async () => {
    await read(await fixture('kinds.parquet'));
    expect(await texts('kinds')).toEqual({
      tiny: ['1'],
      unsigned: ['250'],
      single: ['1.25'],
      dec: ['12345678901234567890123.45'],
      zoned: ['2024-03-05 08:00:00'],
      clock: ['10:11:12.5'],
      kind: ['rye'],
      uid: [expect.anything()],
      raw: ['\\xAB'],
      list: ['[1, NULL, 3]'],
      pair: ["{'a': 1, 'b': x}"],
      map_: ['{k=1.5}'],
    });
  });

  it('over several row groups, batch by batch', async () => {
    await read(await fixture('many.parquet'));
    expect(await rows('SELECT count(*) AS n, sum(i) AS sum, count(DISTINCT who) AS whos FROM many')).toEqual([
      { n: 130_000, sum: (130_000 * 129_999) / 2, whos: 7 },
    ]);
  });

  it('goes out and comes in again equal', async () => {
    await define(
      'out',
      `SELECT * FROM (VALUES
         (1, 12345678901234567.89::DECIMAL(19, 2), DATE '2024-02-29', TIMESTAMP '2024-02-29 23:59:59.123456', true,
          9007199254740993, 'croissant 🥐, "é"', 0.1, TIME '10:11:12.5', [1, NULL], {'a': 1::HUGEINT, 'b "c"': 'x'}, 'rye'::ENUM('rye')),
         (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
         (3, -0.01, DATE '1899-12-31', TIMESTAMP '1969-12-31 00:00:00', false, -9223372036854775808, '', -1e300, TIME '00:00:00',
          [], {'a': -170141183460469231731, 'b "c"': NULL}, NULL))
       t(id, dec, day, moment, yes, big, words, num, clock, list, pair, kind)`,
    );
    const file = await exported('out');
    const { relation } = await read(new File([file], 'again.parquet'));
    expect(await texts('again')).toEqual(await texts('out'));
    expect(Object.fromEntries(relation.columns.map(({ name, type }) => [name, type]))).toMatchObject({
      dec: 'DECIMAL(19,2)',
      day: 'DATE',
      moment: 'TIMESTAMP',
      yes: 'BOOLEAN',
      big: 'BIGINT',
      clock: 'TIME',
      list: 'INTEGER[]',
      kind: 'VARCHAR',
    });
  });

  it('goes out whole, in the order shown, over several row groups, and without rows too', async () => {
    await define('many_out', 'SELECT i, sum(i) OVER () AS total, INTERVAL 1 DAY AS gap FROM range(250000) t(i)');
    const file = await exported('many_out', {
      sort: { column: 'i', descending: true },
      filters: [{ column: 'i', op: 'range', min: 1 }],
    });
    await read(new File([file], 'many_again.parquet'));
    const sums = 'count(*) AS n, min(total)::VARCHAR AS total, first(i) AS first, last(i) AS last, min(gap) AS gap';
    expect(await rows(`SELECT ${sums} FROM many_again`)).toEqual([
      { n: 249_999, total: String((250_000 * 249_999) / 2), first: 249_999, last: 1, gap: '1 day' },
    ]);
    const none = await exported('many_out', { filters: [{ column: 'i', op: 'is', value: null }] });
    const { relation } = await read(new File([none], 'none.parquet'));
    expect([relation.rows, relation.columns.map(({ name }) => name)]).toEqual([0, ['i', 'total', 'gap']]);
  });

  it('refuses what no Parquet type holds, rather than write it wrongly', async () => {
    await define('wide', 'SELECT 170141183460469231731687303715884105727::HUGEINT AS h');
    const { code, hint } = await problem(exported('wide'));
    expect(code).toBe('conversion');
    expect(hint).toContain('Write h::VARCHAR in the query');
  });

  it('that was cut short or changed is refused, whatever it is called', async () => {
    const whole = await fixture('many.parquet');
    expect((await problem(read(new File([whole.slice(0, 9_000)], 'cut.csv')))).code).toBe('parquet-damaged');
    const bytes = new Uint8Array(await whole.arrayBuffer());
    for (let i = 4; i < bytes.length - 2_000; i += 97) bytes[i]! ^= 0xff;
    expect((await problem(read(new File([bytes], 'changed.parquet')))).code).toBe('parquet-damaged');
    bytes.fill(0xff, bytes.length - 400, bytes.length - 8);
    expect((await problem(read(new File([bytes], 'footer.parquet')))).code).toBe('parquet-damaged');
    expect(await rows("FROM duckdb_tables() WHERE table_name LIKE 'levain%'")).toEqual([]);
  });
});

describe('Workbooks', () => {
  it('come in with dates, shares, results of formulas, joined and hidden parts, and say what was made of them', async () => {
    const { relation, rejects, plan } = await read(await fixture('orders.xlsx', 'orders.bin'));
    expect(Object.fromEntries(relation.columns.map(({ name, type }) => [name, type]))).toEqual({
      order_id: 'VARCHAR',
      day: 'DATE',
      placed_at: 'TIMESTAMP',
      revenue: 'DOUBLE',
      discount: 'DOUBLE',
      postcode: 'VARCHAR',
      opens: 'VARCHAR',
      new: 'BOOLEAN',
      town: 'VARCHAR',
      margin: 'DOUBLE',
      mixed: 'VARCHAR',
      shop: 'VARCHAR',
    });
    expect(await texts(relation.name)).toEqual({
      order_id: ['A-007', 'A-008', 'A-009', 'A-010'],
      day: ['2024-02-28', '2024-02-29', '1900-03-01', '2024-12-31'],
      placed_at: ['2024-02-28 09:30:00', '2024-02-29 23:59:59', null, '2024-12-31 00:00:00'],
      revenue: ['19.9', '0.1', null, '1234.56'],
      discount: ['0.125', '0.0', '1.0', '0.05'],
      postcode: ['01234', '98765', '00007', '12345'],
      opens: ['09:30:00', '18:00:00', '12:00:00', '00:00:00'],
      new: ['true', 'false', 'true', 'false'],
      town: ['Gent', 'Liège 🥐', null, 'Köln, "Süd"\nNord'],
      margin: ['7.96', null, null, '493.824'],
      mixed: ['1', 'two', null, null],
      shop: ['North', 'North', 'South', 'South'],
    });
    expect(rejects.map(({ line }) => line)).toEqual([9]);
    expect(plan.notes.join(' ')).toMatch(
      /“Orders”.*“Cover” \(hidden\).*above the names \(row 4\).*L5:L6.*One cell holds an error.*J6.*Discount: percentages.*Postcode.*Opens.*mixed holds numbers \(1\) and texts \(1\)/,
    );
  });

  it('are read by the sheet, cells and names one chooses', async () => {
    const sheet = await fixture('orders.xlsx', 'choice.xlsx');
    const change = { part: 'Side by side', range: 'E1:F3' };
    await read(sheet, change);
    expect(await rows('SELECT x, y FROM choice')).toEqual([
      { x: 3, y: 4 },
      { x: 7, y: 8 },
    ]);
    await read(sheet, { ...change, headerRow: 0 });
    expect(await value('SELECT count(*) FROM choice')).toBe(3);
    expect((await problem(read(sheet, { range: 'here' }))).code).toBe('workbook-range');
  });

  it('go out and come in again, a sheet a table, with what looks like a formula as text', async () => {
    await define(
      'sold',
      `SELECT * FROM (VALUES (1, DATE '2024-02-29', TIMESTAMP '2024-02-29 23:59:59', true, 0.1, 9007199254740993, '=cmd() 🥐 <&> _x0041_'),
       (2, NULL, NULL, false, -1e300, NULL, NULL)) t(id, day, moment, yes, num, big, words)`,
    );
    await define('many_rows', 'SELECT i AS n FROM range(130000) t(i)');
    const tables = [{ relation: 'sold' }, { relation: 'many_rows', sort: { column: 'n', descending: true } }];
    const file = new File([await engine.export('w', tables, { format: 'xlsx' })], 'sold_again.xlsx');
    const { plan } = await read(file);
    expect([plan.format !== undefined && plan.parts, await texts('sold_again')]).toEqual([
      ['sold', 'many_rows'],
      await texts('sold'),
    ]);
    await read(file, { part: 'many_rows' });
    expect(await rows('SELECT count(*) AS n, first(n) AS first, sum(n) AS sum FROM sold_again')).toEqual([
      { n: 130_000, first: 129_999, sum: (130_000 * 129_999) / 2 },
    ]);
  });

  it('that are bombs, broken, cut short, or no workbook are refused', async () => {
    const zip = async (entries: Record<string, string>): Promise<File> => {
      const writer = new TextZip();
      for (const [path, text] of Object.entries(entries)) {
        writer.begin(path);
        await writer.add(text);
        await writer.end();
      }
      return new File([await writer.close('')], 'a.xlsx');
    };
    const zeros = '\0'.repeat(64e6);
    const bomb = await zip({ 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': zeros });
    expect((await problem(engine.sniff(bomb))).code).toBe('workbook-too-large');
    expect((await problem(engine.sniff(await zip({ 'a.csv': 'a,b' })))).code).toBe('workbook-damaged');
    expect((await problem(engine.sniff(await zip({ 'xl/workbook.xml': '<html>' })))).code).toMatch(/^workbook-/);
    const whole = await fixture('orders.xlsx');
    expect((await problem(engine.sniff(new File([whole.slice(0, 5_000)], 'cut.xlsx')))).code).toBe('workbook-damaged');
    expect((await problem(engine.sniff(new File([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1])], 'b.xls')))).code).toBe(
      'not-text',
    );
  });
});
