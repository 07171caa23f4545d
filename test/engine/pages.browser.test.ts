import { describe, expect, it } from 'vitest';
import { decodeTable } from '../../src/table/decode';
import type { PageRequest } from '../../src/engine/engine';
import { openedEngine } from './engine-page';

const { engine, rows, define, execute } = openedEngine();

const page = async (relation: string, request: PageRequest): Promise<Record<string, unknown>[]> =>
  decodeTable(await engine.page(relation, request)).toArray();

/** Rows in an order with ties, gaps and nulls. */
const SHOP = `SELECT i AS id, CASE WHEN i % 7 = 0 THEN NULL ELSE hash(i) % 50 END AS k, 'Item ' || (i % 13) AS name,
  DATE '2024-01-01' + (i % 90)::INT AS day FROM range(20000) t(i)`;

describe('pages', () => {
  it('walk through a table in its order, without gaps or repeats', async () => {
    await define('shop', SHOP);
    const walked: unknown[] = [];
    for (let offset = 0; offset < 20000; offset += 3000) {
      walked.push(...(await page('shop', { offset, limit: 3000 })).map(({ id }) => id));
    }
    expect(walked).toEqual(Array.from({ length: 20000 }, (_, i) => i));
    expect(await page('shop', { offset: 20000, limit: 10 })).toEqual([]);
  });

  it.each([true, false])('sort with ties in table order and nulls last (descending: %s)', async (descending) => {
    await define('shop', SHOP);
    const all = await rows('FROM shop');
    const sign = descending ? -1 : 1;
    const expected = all.toSorted((a, b) => {
      if (a.k === b.k) return Number(a.id) - Number(b.id);
      if (a.k === null) return 1;
      return b.k === null ? -1 : sign * (Number(a.k) - Number(b.k));
    });
    const sort = { column: 'k', descending };
    const found = [];
    for (const offset of [0, 7000, 14000]) found.push(...(await page('shop', { offset, limit: 7000, sort })));
    expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  it('filter as the rows read', async () => {
    await define('shop', SHOP);
    const all = await rows('FROM shop');
    const filters = [
      { column: 'name', op: 'contains', value: 'ITEM 1' } as const,
      { column: 'day', op: 'range', min: '2024-02-01', max: '2024-02-10' } as const,
      { column: 'k', op: 'range', min: 10 } as const,
    ];
    const expected = all.filter(
      ({ name, day, k }) =>
        String(name).startsWith('Item 1') &&
        (day as Date) >= new Date('2024-02-01') &&
        (day as Date) <= new Date('2024-02-10') &&
        Number(k ?? -1) >= 10,
    );
    expect(await page('shop', { offset: 0, limit: 20000, filters })).toEqual(expected);
    expect(await engine.count('shop', filters)).toBe(expected.length);
    expect(await engine.count('shop', [{ column: 'k', op: 'is', value: null }])).toBe(Math.ceil(20000 / 7));
    expect(await engine.count('shop', [{ column: 'name', op: 'is', value: "Item ' OR true --" }])).toBe(0);
  });

  it('follow a relation that changes, also below a view and after rows are deleted', async () => {
    await define('base', 'SELECT i AS n FROM range(10) t(i)');
    await define('seen', 'SELECT n * 10 AS n FROM base', [], true);
    const sort = { column: 'n', descending: true };
    expect((await page('seen', { offset: 0, limit: 2, sort })).map(({ n }) => n)).toEqual([90, 80]);
    await define('base', 'SELECT i AS n FROM range(5) t(i)');
    expect((await page('seen', { offset: 0, limit: 2, sort })).map(({ n }) => n)).toEqual([40, 30]);
    await execute('DELETE FROM base WHERE n = 2');
    expect((await page('base', { offset: 0, limit: 9 })).map(({ n }) => n)).toEqual([0, 1, 3, 4]);
    expect((await page('seen', { offset: 0, limit: 9 })).map(({ n }) => n)).toEqual([0, 10, 30, 40]);
  });

  it('read 100 rows at 3.9 million of 4 million as quickly as at the start', async () => {
    await define(
      'big',
      "SELECT i AS id, hash(i) % 1000 AS k, (hash(i) % 100000) / 7.0 AS v, 'n' || (i % 5000) AS s FROM range(4000000) t(i)",
    );
    const median = async (offset: number, sort?: PageRequest['sort']): Promise<number> => {
      const times: number[] = [];
      for (let i = 0; i < 9; i++) {
        const begun = performance.now();
        const found = await page('big', { offset: offset + i, limit: 100, ...(sort && { sort }) });
        times.push(performance.now() - begun);
        expect(found).toHaveLength(100);
        if (!sort) expect(found[0]!.id).toBe(offset + i);
      }
      return times.toSorted((a, b) => a - b)[4]!;
    };
    const begun = performance.now();
    await page('big', { offset: 0, limit: 100 });
    const first = performance.now() - begun;
    const [near, deep] = [await median(0), await median(3_900_000)];
    const sort = { column: 'v', descending: true };
    const sorting = performance.now();
    await page('big', { offset: 0, limit: 100, sort });
    const index = performance.now() - sorting;
    const [nearSorted, deepSorted] = [await median(0, sort), await median(3_900_000, sort)];
    console.log(JSON.stringify({ first, near, deep, index, nearSorted, deepSorted }));
    expect(deep).toBeLessThan(Math.max(20 * near, 500));
  });
});
