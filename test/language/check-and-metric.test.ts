import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { define } from '../../src/language/define';
import type { CheckBody, MetricBody, SqlBody } from '../../src/language/definition';
import { withMetrics } from '../../src/session/with-metrics';

const check = (source: string) => define({ id: 'c', kind: 'check', source });
const metric = (source: string, name = 'roas') => define({ id: 'm', kind: 'metric', name, source });

let db: DuckDBConnection;
beforeAll(async () => {
  db = await (await DuckDBInstance.create()).connect();
  await db.run(`CREATE TABLE orders AS SELECT * FROM (VALUES
    (1, 'a', DATE '2026-01-05', 10.0, 'paid'), (2, 'b', DATE '2026-02-03', 32.0, 'open'),
    (2, NULL, DATE '2026-02-28', -1.0, 'lost')) t(id, customer, day, revenue, status)`);
  await db.run(`CREATE TABLE customers AS SELECT * FROM (VALUES ('a')) t(id)`);
  await db.run('CREATE TABLE recent AS SELECT today() - 3 AS day UNION ALL SELECT today() + 400');
}, 60_000);

/** How many break it, by a real DuckDB; the rows of the second query are as many where it is about rows. */
async function broken(source: string): Promise<number> {
  const { body, problems } = check(source);
  expect(problems).toEqual([]);
  const [statement] = (body as CheckBody).statements;
  const [row] = (await db.runAndReadAll(statement!.sql)).getRowObjectsJS();
  if (statement!.rows) expect((await db.runAndReadAll(statement!.rows)).currentRowCount).toBe(Number(row!.bad));
  return Number(row!.bad);
}

describe('a check cell', () => {
  it.each([
    ['orders.id is unique', 2],
    ['orders.id and orders.status are unique', 0],
    ['orders.customer is unique', 0],
    ['orders.customer is not null', 1],
    ['orders.id, orders.day are never empty.', 0],
    ['orders.revenue is between 0 and 32', 1],
    ['- orders.revenue >= -1', 0],
    ['orders.revenue is at most 9.5', 2],
    ['orders.day is at least 2026-02-01', 1],
    ["orders.status is one of 'paid', 'open'", 1],
    ['orders.customer is in customers.id', 1],
    ['recent.day is fresh within 7 days', 0],
    ['recent.day is fresh within 2 days', 1],
    ['orders.day is fresh within 0 days', 1],
    ['orders has rows', 0],
    ['orders has at least 4 rows', 1],
    ['sum(orders.revenue) = 41', 0],
    ['sum(orders.revenue) = 42', 1],
    ['sum(orders.revenue) matches 42 within 5%', 0],
    ['rows of customers <= rows of orders', 0],
    ['max(orders.revenue) < count(orders.id)', 1],
    ["every row of orders: status <> 'paid' OR revenue > 0", 0],
    ['orders: revenue > 0 -- always', 1],
    ['"orders"."id" is not null', 0],
  ])('%s: %i', async (source, rows) => {
    expect(await broken(source)).toBe(rows);
  });

  it('reads the tables of all its lines, passes over comments, and names the line that it does not know', () => {
    expect(check('# of the shop\n\norders.id is unique\norders.customer is in Customers.id').inputs).toEqual([
      'orders',
      'Customers',
    ]);
    expect(check('orders.id is unique\norders.id is pretty').problems).toMatchObject([{ code: 'syntax', line: 2 }]);
    expect(check('orders.id and customers.id are unique').problems[0]!.message).toMatch(/stand in one table/);
    expect(check("orders: 1 = 1); COPY orders TO 'x").problems.length).toBeGreaterThan(0);
  });
});

describe('a metric cell', () => {
  const AOV = 'from: orders\nnumerator: sum(revenue)\ndenominator: count(*)\ndate: day\nformat: 0.00\nunit: €';

  it('is the ratio of sums in any grouping, and by period beside the calendar’s period before', async () => {
    const { body, inputs, outputs, problems } = metric(`${AOV}\nwhere: status <> 'lost'\ntarget: at least 20`, 'aov');
    expect([inputs, outputs, problems]).toEqual([['orders'], ['aov'], []]);
    const { expression, query } = body as MetricBody;
    const reader = define({
      id: 's',
      kind: 'sql',
      source: "SELECT status, AOV ( ) AS v, 'aov()' AS t FROM orders GROUP BY ALL",
    });
    expect(reader.calls).toContain('AOV');
    const { statements } = withMetrics(reader.body, new Map([['aov', expression]])) as SqlBody;
    const all = (await db.runAndReadAll(`${statements[0]!.text} ORDER BY v`)).getRowObjectsJS();
    expect(all).toEqual([
      { status: 'paid', v: 10, t: 'aov()' },
      { status: 'open', v: 32, t: 'aov()' },
      { status: 'lost', v: null, t: 'aov()' },
    ]);
    const whole = (await db.runAndReadAll(`SELECT ${expression} AS v FROM orders`)).getRowObjectsJS();
    expect(whole).toEqual([{ v: 21 }]);
    const rows = (await db.runAndReadAll(query)).getRowObjectsJS();
    expect(rows.map(({ value, previous, target, complete }) => [value, previous, target, complete])).toEqual([
      [10, null, 20, true],
      [32, 10, 20, true],
    ]);
    expect(rows[1]!.change).toBeCloseTo(2.2);
  });

  it('names a column that it is alone, and no other part of a query', async () => {
    const text = `WITH a AS (SELECT status, aov() FROM orders GROUP BY ALL)
      SELECT DISTINCT aov(), /* as it is */ aov() AS named, round(aov(), 1) AS rounded, (SELECT max(aov) FROM a) AS most, "aov"()
      FROM orders HAVING aov() > 0 ORDER BY aov()`;
    const reader = define({ id: 'q', kind: 'sql', source: text });
    const { statements } = withMetrics(
      reader.body,
      new Map([['aov', '(sum(revenue) / nullif(count(*), 0))']]),
    ) as SqlBody;
    const [row] = (await db.runAndReadAll(statements[0]!.text)).getRowObjectsJS();
    expect(Object.keys(row!)).toEqual(['aov', 'named', 'rounded', 'most', 'aov:1']);
  });

  it('counts some rows alone, by itself and within what the whole metric is of', async () => {
    const paid = "count(*) FILTER (WHERE status = 'paid')";
    for (const [more, expected] of [
      ['', 0.33],
      ["\nwhere: status <> 'lost'", 0.5],
    ] as const) {
      const { body, problems } = metric(`from: orders\nnumerator: ${paid}\ndenominator: count(*)${more}`);
      expect(problems).toEqual([]);
      const { expression, query } = body as MetricBody;
      const [row] = (await db.runAndReadAll(`SELECT ${expression} AS v FROM orders`)).getRowObjectsJS();
      const [card] = (await db.runAndReadAll(query)).getRowObjectsJS();
      expect([row!.v, card!.value]).toEqual([expected, expected].map((value) => expect.closeTo(value, 2)));
    }
    expect(metric('').problems).toEqual([]);
  });

  it('refuses what is no ratio of sums, and says what it lacks', () => {
    const of = (numerator: string) => metric(`from: orders\nnumerator: ${numerator}`).problems.map(({ code }) => code);
    expect(of('avg(revenue)')).toEqual(['not-a-sum']);
    expect(of('sum(revenue) - sum(refunds)')).toEqual(['not-a-sum']);
    expect(of('sum(revenue - coalesce(refunds, 0))')).toEqual([]);
    expect(of('count(DISTINCT id)')).toEqual([]);
    expect((metric('from: orders\nnumerator: revenue').body as MetricBody).expression).toContain('sum(revenue)');
    expect(metric('from: orders').problems[0]!.message).toContain('numerator');
    expect(metric('from: orders\nnumerator: revenue\ncolour: red').problems).toMatchObject([{ line: 3 }]);
    expect(define({ id: 'm', kind: 'metric', source: AOV }).problems[0]!.code).toBe('no-name');
    expect(metric(`${AOV}\nperiod: decade\ntarget: high`).problems).toHaveLength(2);
  });
});
