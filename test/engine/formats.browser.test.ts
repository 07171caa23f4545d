import { describe, expect, it } from 'vitest';
import type { FilePlan, Ingested, PlanChange } from '../../src/engine/engine';
import { openedEngine, problem } from './engine-page';

const addresses = import.meta.glob<string>('../fixtures/formats/*', { query: '?url', import: 'default', eager: true });
const { engine, rows, value } = openedEngine();

async function fixture(name: string, as = name): Promise<File> {
  const response = await fetch(addresses[`../fixtures/formats/${name}`]!);
  return new File([await response.blob()], as);
}

async function read(file: File, change?: PlanChange): Promise<Ingested> {
  const found: FilePlan = await engine.sniff(file);
  const plan = change ? await engine.refine(file, found, change) : found;
  return engine.ingest(`read ${file.name}`, file, plan, () => {});
}

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
