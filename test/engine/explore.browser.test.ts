import { describe, expect, it } from 'vitest';
import { correlationsOf } from '../../src/session/explore/correlations';
import { duplicatesOf } from '../../src/session/explore/duplicates';
import { filterQuery } from '../../src/session/explore/sql';
import { barsOf } from '../../src/table/bars';
import type { Filter } from '../../src/table/filter';
import { openedEngine } from './engine-page';

const { engine, rows, value, define } = openedEngine();

const ORDERS = `SELECT i AS id, CASE WHEN i % 10 = 0 THEN NULL ELSE (hash(i) % 9000)::DOUBLE / 100 - 5 END AS amount,
  (hash(i + 7) % 400)::DECIMAL(9, 2) / 100 AS price, CASE WHEN i % 13 = 0 THEN NULL ELSE 'c''' || hash(i) % 12 END AS channel,
  DATE '2023-02-11' + (i % 700)::INT AS day, TIMESTAMP '2024-01-01' + INTERVAL (hash(i) % 7200) SECOND AS moment,
  i % 2 = 0 AS even, NULL::INT AS nothing, 5 AS same FROM range(5000) t(i)`;

describe('an explored table', () => {
  it('counts by each bar what its filter finds, alone and among what passes other filters', async () => {
    const { columns } = await define('orders', ORDERS);
    const whole = await engine.profile('r', 'orders', { explore: true });
    const filters: Filter[] = [
      {
        column: 'channel',
        op: 'any',
        of: [
          { column: 'channel', op: 'is', value: "c'3" },
          { column: 'channel', op: 'is', value: null },
        ],
      },
      { column: 'amount', op: 'range', min: 0, below: 60 },
    ];
    const passing = await engine.profile('r', 'orders', { explore: true, within: { filters, whole } });
    expect(passing.rows).toBe(await value(`SELECT count(*)::INT FROM (${filterQuery('orders', filters, columns)})`));
    expect(passing.rows).toBeGreaterThan(100);
    const bars = barsOf(whole, passing).flat();
    expect(bars.length).toBeGreaterThan(60);
    for (const bar of bars) {
      expect([bar, await engine.count('orders', [bar.filter])]).toEqual([bar, bar.all]);
      expect([bar, await engine.count('orders', [...filters, bar.filter])]).toEqual([bar, bar.passing]);
    }
    // Every row stands under one bar of each column.
    barsOf(whole, passing).forEach((of, i) => {
      const sum = of.reduce((all, bar) => all + bar.all, 0);
      expect([columns[i]!.name, sum]).toEqual([columns[i]!.name, 5000]);
    });
    const amount = whole.columns.find(({ name }) => name === 'amount')!;
    expect(amount.edges!.every((edge) => edge % 5 === 0)).toBe(true);
    const [plain] = await rows('SELECT stddev_samp(amount) AS d, quantile_cont(amount, 0.5) AS m FROM orders');
    expect(amount.deviation).toBeCloseTo(plain!.d as number, 9);
    expect(amount.quartiles![1]).toBeCloseTo(plain!.m as number, 9);
  });

  it('tells how columns of numbers go together, with its interval, and leaves out keys', async () => {
    const { columns } = await define(
      'ads',
      `SELECT i AS id, i::DOUBLE AS spend, 3 * i + 7 AS clicks, (hash(i) % 100)::DOUBLE AS luck,
       CASE WHEN i = 5 THEN 'Infinity'::DOUBLE ELSE -i END AS loss FROM range(100) t(i)`,
    );
    const whole = await engine.profile('r', 'ads', { explore: true });
    const { columns: names, pairs } = await correlationsOf(engine, 'r', 'ads', { whole, columns, filters: [] });
    expect(names).toEqual(['spend', 'luck', 'loss']);
    const pair = (a: string, b: string) => pairs.find((each) => each.a === a && each.b === b)!;
    expect(pair('spend', 'loss')).toMatchObject({ rows: 99 });
    expect(pair('spend', 'loss').r).toBeCloseTo(-1, 12);
    expect(pair('spend', 'luck').r).toBeCloseTo((await value('SELECT corr(spend, luck) FROM ads')) as number, 9);
    expect(pair('spend', 'luck').lower).toBeLessThan(pair('spend', 'luck').r);
  });

  it('counts whole rows and keys that occur more than once, exactly', async () => {
    const { columns } = await define(
      'twice',
      `SELECT i % 40 AS id, i % 2 AS side, NULL::VARCHAR AS note FROM range(100) t(i)
       UNION ALL SELECT NULL, 0, NULL UNION ALL SELECT NULL, 1, NULL`,
    );
    const of = { columns, filters: [] };
    expect(await duplicatesOf(engine, 'r', 'twice', { ...of, key: [] })).toMatchObject({ kinds: 40, surplus: 60 });
    const byId = await duplicatesOf(engine, 'r', 'twice', { ...of, key: ['id'] });
    expect(byId).toMatchObject({ kinds: 40, surplus: 60, columns: ['id'] });
    expect(byId.examples[0]).toEqual({ values: ['0'], times: 3 });
    const some: Filter[] = [{ column: 'id', op: 'range', min: 30 }];
    expect(await duplicatesOf(engine, 'r', 'twice', { columns, filters: some, key: [] })).toMatchObject({
      kinds: 10,
      surplus: 10,
    });
    await define('once', 'SELECT i FROM range(10) t(i)');
    const none = await duplicatesOf(engine, 'r', 'once', {
      columns: [{ name: 'i', type: 'BIGINT' }],
      filters: [],
      key: [],
    });
    expect(none).toMatchObject({ kinds: 0, surplus: 0, examples: [] });
  });
});
