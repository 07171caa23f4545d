import { describe, expect, it } from 'vitest';
import type { FilePlan, Ingested } from '../../src/engine/engine';
import { openedEngine, problem } from './engine-page';

const addresses = import.meta.glob<string>('../fixtures/formats/*.duckdb', {
  query: '?url',
  import: 'default',
  eager: true,
});
const { engine, rows, value, define } = openedEngine();

async function fixture(name: string, as = name): Promise<File> {
  const response = await fetch(addresses[`../fixtures/formats/${name}`]!);
  return new File([await response.blob()], as);
}

async function read(file: File): Promise<Ingested> {
  return engine.ingest(`read ${file.name}`, file, await engine.sniff(file), () => {});
}

const tablesOf = (plan: FilePlan): unknown => 'tables' in plan && plan.tables;

describe('a DuckDB file', () => {
  it('says what it holds, and its longest table is read, of both formats', async () => {
    const { relation, plan, rejected } = await read(await fixture('shop.duckdb'));
    expect(tablesOf(plan)).toEqual([
      { name: 'customers', columns: 2, rows: 50 },
      { name: 'kinds', columns: 20, rows: 2 },
      { name: 'orders', columns: 4, rows: 990 },
      { name: 'stock.items', columns: 2, rows: 3 },
      { name: 'by_town', columns: 2 },
    ]);
    expect(relation).toEqual({
      name: 'orders',
      columns: [
        { name: 'order_id', type: 'BIGINT' },
        { name: 'day', type: 'DATE' },
        { name: 'revenue', type: 'DECIMAL(10,2)' },
        { name: 'town', type: 'VARCHAR' },
      ],
      rows: 990,
    });
    expect(rejected).toBe(0);
    const sums =
      'SELECT count(*) AS n, sum(order_id)::BIGINT AS ids, sum(revenue)::VARCHAR AS revenue, max(day)::VARCHAR AS last';
    // As native DuckDB computes them.
    const expected = { n: 990, ids: 1484930, revenue: '54587.50', last: '2024-12-30' };
    expect(await rows(`${sums} FROM orders`)).toEqual([expected]);
    const newer = await read(await fixture('shop-1.4.duckdb', 'newer.duckdb'));
    expect(newer.relation.rows).toBe(1000);
  });

  it('gives the table that its name asks for, in the types it has or as text with a note', async () => {
    const { plan } = await read(await fixture('shop.duckdb', 'shop.kinds.duckdb'));
    const [first, second] = await rows('SELECT COLUMNS(*)::VARCHAR FROM kinds');
    expect(first).toEqual({
      kind: 'rye',
      huge: '170141183460469231731687303715884105727',
      uhuge: '340282366920938463463374607431768211455',
      uid: '00000000-0000-0000-0000-000000000001',
      dec: '12345678901234567890123.45',
      nested: '[[1], [2, NULL]]',
      pair: "{'HUGEINT': 1, 'in\\'t': [{'x y': a}]}",
      map_: '{k=1.5}',
      three: '[1, 2, 3]',
      zoned: '2024-03-05 08:00:00',
      zoned_time: '10:00:00+02',
      ns: '2024-03-05 10:00:00.123456789',
      span: '1 month 3 days 00:00:01.5',
      bits: '101',
      raw: '\\xAB',
      either: '3',
      tiny: '250',
      yes: 'true',
      clock: '10:11:12.5',
      words: "Köln 'x'",
    });
    expect(Object.values(second!).every((cell) => cell === null)).toBe(true);
    expect(plan.columns.filter(({ type }) => type === 'VARCHAR').map(({ name }) => name)).toEqual([
      'kind',
      'zoned_time',
      'bits',
      'either',
      'words',
    ]);
    expect(plan.notes.slice(1)).toEqual([
      'kind has a fixed list of values (ENUM), which are read as text.',
      'pair has a fixed list of values (ENUM), which are read as text.',
      'zoned holds moments with a time zone, which are read as UTC.',
      'zoned_time is of type TIME WITH TIME ZONE, which is read as text.',
      'bits is of type BIT, which is read as text.',
      'either is of type UNION(n INTEGER), which is read as text.',
    ]);
  });

  it('gives views, tables of other schemas, and a column called rowid', async () => {
    const file = await fixture('shop.duckdb', 'shop.by_town.duckdb');
    const { relation } = await read(file);
    expect(relation.rows).toBe(7);
    expect(await rows('SELECT town, revenue::VARCHAR AS revenue FROM by_town LIMIT 1')).toEqual([
      { town: 'town 0', revenue: '7733.75' },
    ]);
    const items = await engine.refine(file, await engine.sniff(file), { part: 'stock.items' });
    await engine.ingest('items', file, { ...items, table: 'items' }, () => {});
    expect(await rows('SELECT sku, rowid AS n FROM items')).toEqual([0, 1, 2].map((sku) => ({ sku, n: sku * 2 })));
    expect(await problem(engine.refine(file, items, { part: 'gone' }))).toMatchObject({
      code: 'duckdb-no-table',
      message: expect.stringContaining('has no table gone any more. It has customers, kinds, orders') as string,
    });
  });
});

describe('a damaged DuckDB file', () => {
  it('is refused wherever it was cut', async () => {
    const file = await fixture('shop.duckdb');
    for (const share of [0.01, 0.07, 0.2, 0.5, 0.8, 0.999]) {
      const cut = new File([file.slice(0, Math.floor(file.size * share))], 'cut.duckdb');
      expect((await problem(engine.sniff(cut))).message).toMatch(
        /^cut\.duckdb cannot be read as a DuckDB database: it is cut short/,
      );
    }
    const { code } = await problem(engine.sniff(new File([file.slice(0, file.size - 1)], 'cut.duckdb')));
    expect(code).toBe('duckdb-damaged');
    expect(await value('SELECT 42')).toBe(42);
  });

  it('is refused or read, and never waited for, with other bytes in it', async () => {
    const bytes = new Uint8Array(await (await fixture('shop.duckdb')).arrayBuffer());
    const whole = await value('SELECT sum(order_id)::BIGINT FROM orders');
    let refused = 0;
    // A prime, so that headers, lists of tables and rows are all met.
    for (let at = 4_200; at < bytes.length; at += 61_001) {
      const changed = bytes.slice();
      changed[at]! ^= 0x5a;
      try {
        const { relation } = await read(new File([changed], 'changed.duckdb'));
        expect(await value(`SELECT sum(order_id)::BIGINT FROM ${relation.name}`)).toBe(whole);
      } catch (error) {
        expect(await problem(Promise.reject(error as Error))).toMatchObject({ code: 'duckdb-damaged' });
        refused++;
      }
      expect(await value('SELECT 42')).toBe(42);
    }
    expect(refused).toBeGreaterThan(2);
  });
});

describe('a hostile DuckDB file', () => {
  it('reaches nothing but itself', async () => {
    const csv = new File(['a\n7\n'], 'in-place.csv');
    await engine.ingest('csv', csv, { ...(await engine.sniff(csv)), inPlace: true } as FilePlan, () => {});
    await define('secrets', "SELECT 'secret' AS word");
    // What the views want is there, and the notebook's own SQL gets it.
    expect(await value("SELECT count(*) FROM read_csv('user/load-1.csv')")).toBe(1);
    expect(await value('SELECT word FROM memory.main.secrets')).toBe('secret');
    const plan = await engine.sniff(await fixture('hostile.duckdb'));
    expect(tablesOf(plan)).toEqual([{ name: 'plain', columns: 1, rows: 1 }]);
    const [fetches, file, notebook] = plan.notes.slice(1);
    expect(fetches).toMatch(/^The view fetches cannot be computed from the file alone: .*127\.0\.0\.1/);
    expect(file).toMatch(/^The view reads_file .*No files found/);
    expect(notebook).toMatch(/^The view reads_notebook .*secrets does not exist/);
  });

  it('is told from other databases', async () => {
    const sqlite = new File(['SQLite format 3\0', new Uint8Array(4096)], 'shop.db');
    expect(await problem(engine.sniff(sqlite))).toMatchObject({ code: 'sqlite' });
  });
});
