import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chartSource } from '../../src/app/chart-cell';
import type { Element } from '../../src/kernel/worker/dom/node';
import type { Filter } from '../../src/table/filter';
import { chosen, columnsFor, measureFor, suggestedChart, type ChartChoice } from '../../src/ui/chart/choice';
import { database, rowsOf } from '../demo/native';
import { runNotebook } from '../demo/run-notebook';

const COLUMNS = [
  { name: 'ordered at', type: 'TIMESTAMP' },
  { name: 'product', type: 'VARCHAR' },
  { name: "it's `new` ${x}", type: 'BOOLEAN' },
  { name: 'order_id', type: 'BIGINT' },
  { name: 'revenue', type: 'DECIMAL(18,2)' },
  { name: 'units', type: 'HUGEINT' },
  { name: 'tags', type: 'VARCHAR[]' },
];
const ODD = COLUMNS[2]!.name;

describe('what a table’s columns ask for', () => {
  const of = (...types: [string, string][]) => suggestedChart(types.map(([name, type]) => ({ name, type })));

  it('is a line along a date, bars of names, points of numbers, a histogram of one', () => {
    expect(suggestedChart(COLUMNS)).toEqual({ kind: 'line', x: 'ordered at', y: 'revenue', measure: 'sum' });
    expect(of(['channel', 'VARCHAR'], ['roas', 'DOUBLE'])).toEqual({
      kind: 'bars',
      x: 'channel',
      y: 'roas',
      measure: 'mean',
    });
    expect(of(['spend', 'DOUBLE'], ['sales', 'DOUBLE'])).toMatchObject({ kind: 'points', x: 'spend', y: 'sales' });
    expect(of(['customer_id', 'BIGINT'], ['spend', 'DOUBLE'])).toMatchObject({ kind: 'histogram', x: 'spend' });
    expect(of(['city', 'VARCHAR'])).toEqual({ kind: 'bars', x: 'city', measure: 'sum' });
    expect(of(['tags', 'VARCHAR[]'])).toBeUndefined();
  });

  it('adds up amounts, and takes the mean of shares and prices', () => {
    expect(['revenue', 'clicks', 'orders'].map(measureFor)).toEqual(['sum', 'sum', 'sum']);
    expect(['roas', 'conversion_rate', 'CTR', 'avg_order', 'price'].map(measureFor)).toEqual(Array(5).fill('mean'));
  });

  it('keeps of a choice what another kind can draw', () => {
    const wanted = { x: 'product', y: 'revenue', measure: 'mean', color: ODD } as const;
    expect(chosen('bars', COLUMNS, wanted)).toEqual({ kind: 'bars', x: 'product', y: 'revenue', measure: 'mean' });
    expect(chosen('bars', COLUMNS, { ...wanted, measure: 'sum' }).color).toBe(ODD);
    expect(chosen('line', COLUMNS, wanted)).toMatchObject({ x: 'ordered at', y: 'revenue', color: ODD });
    expect(chosen('points', COLUMNS, wanted)).toMatchObject({ x: 'order_id', y: 'revenue' });
    expect(chosen('histogram', COLUMNS, wanted)).toEqual({ kind: 'histogram', x: 'order_id', measure: 'mean' });
    expect(columnsFor('bars', COLUMNS).x.map(({ name }) => name)).not.toContain('tags');
  });
});

describe('the cell of a chart', () => {
  let db: DuckDBConnection;
  let folder: string;
  beforeAll(async () => {
    db = await database();
    folder = mkdtempSync(join(tmpdir(), 'chart-'));
    // 30 products of 2 to 61 rows, one row without a product, and one without a date.
    await db.run(`CREATE TABLE "order lines" AS
      SELECT
        CASE WHEN product = 29 AND i = 0 THEN NULL ELSE TIMESTAMP '2026-03-01 10:00' + INTERVAL (i % 5) DAY + INTERVAL (i) MINUTE END AS "ordered at",
        CASE WHEN product = 0 AND i = 0 THEN NULL ELSE 'p' || product END AS product,
        product % 2 = 0 AS "${ODD}",
        product * 100 + i AS order_id,
        (product + 1)::DECIMAL(18,2) AS revenue,
        i::HUGEINT AS units,
        ['a'] AS tags
      FROM range(30) p(product), range(61) r(i) WHERE i <= 2 * product + 1`);
  });
  afterAll(() => {
    db.closeSync();
    rmSync(folder, { recursive: true });
  });

  const draw = async (choice: ChartChoice, filters: readonly Filter[] = [], interval = 'day') => {
    const source = chartSource('order lines', COLUMNS, choice, filters, interval);
    const path = join(folder, 'chart.nb.md');
    writeFileSync(path, `---\nnotebook: 1\n---\n\n\`\`\`\`ts id=chart\n${source}\n\`\`\`\`\n`);
    const [ran] = await runNotebook(path, db);
    const drawn = ran!.value as Element;
    const sql = /sql`([^]*?[^\\])`/.exec(source)![1]!.replace(/\\(?=[`\\$])/g, '');
    return { drawn, source, rows: await rowsOf(db, sql) };
  };
  const marks = (drawn: Element, group: string, tag: string): number =>
    [...drawn.querySelectorAll('g')]
      .filter((each) => each.getAttribute('aria-label') === group)
      .flatMap((each) => [...each.querySelectorAll(tag)]).length;
  const truth = async (sql: string) => rowsOf(db, sql);

  it('adds up what its rows come to along the days, and says what it drew', async () => {
    const { drawn, rows, source } = await draw({ kind: 'line', x: 'ordered at', y: 'revenue', measure: 'sum' });
    expect(rows).toEqual(
      await truth(`SELECT "ordered at"::DATE AS "ordered at", sum(revenue)::DOUBLE AS revenue FROM "order lines"
        WHERE "ordered at" IS NOT NULL GROUP BY ALL ORDER BY ALL`),
    );
    expect(rows).toHaveLength(5);
    expect(marks(drawn, 'line', 'path')).toBe(1);
    expect(drawn.textContent).toContain('Revenue by ordered at');
    expect(source).toContain("label: 'sum of revenue'");
  });

  it('draws a line for each of the colours, the largest where they are many', async () => {
    const two = await draw({ kind: 'line', x: 'ordered at', measure: 'sum', color: ODD });
    expect(marks(two.drawn, 'line', 'path')).toBe(2);
    const many = await draw({ kind: 'line', x: 'ordered at', y: 'units', measure: 'mean', color: 'product' });
    expect(new Set(many.rows.map(({ product }) => product))).toEqual(
      new Set(Array.from({ length: 8 }, (_, i) => `p${29 - i}`)),
    );
    expect(many.drawn.textContent).toContain('The 8 largest by product, where there are more.');
  });

  it('draws the largest bars, rows without a name among them, and parts that add up', async () => {
    const bars = await draw({ kind: 'bars', x: 'product', y: 'revenue', measure: 'sum' });
    expect(marks(bars.drawn, 'bar', 'rect')).toBe(20);
    expect(bars.rows[0]).toEqual({ product: 'p29', revenue: 60 * 30 });
    const counted = await draw({ kind: 'bars', x: ODD, measure: 'sum', color: 'product' });
    const sum = counted.rows.reduce((total, row) => total + Number(row['number of rows']), 0);
    expect(sum).toBe(Number((await truth('SELECT count(*) AS n FROM "order lines"'))[0]!.n));
    expect(counted.rows.some(({ product }) => product === '(none)')).toBe(true);
  });

  it('draws bars along the time in its own order, none of them left out', async () => {
    const { drawn, rows, source } = await draw({ kind: 'bars', x: 'ordered at', measure: 'sum', color: ODD });
    expect(source).toContain("interval: 'day'");
    expect(marks(drawn, 'rect', 'rect')).toBe(10);
    const days = rows.map((row) => Number(row['ordered at']));
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    expect(rows.reduce((total, row) => total + Number(row['number of rows']), 0)).toBe(929);
  });

  it('draws bars of periods that are written as texts in the order of time', async () => {
    const { rows, drawn } = await draw({ kind: 'bars', x: 'product', y: 'revenue', measure: 'sum' }, [], 'period');
    const names = rows.map(({ product }) => String(product));
    expect(names).toEqual(names.toSorted());
    expect(names).toHaveLength(31);
    const labels = [...drawn.querySelectorAll('g')].find(
      (each) => each.getAttribute('aria-label') === 'y-axis tick label',
    )!;
    expect([...labels.querySelectorAll('text')].map((label) => label.textContent)).toEqual(names);
    expect(drawn.textContent).toContain('The last 60, where there are more.');
  });

  it('draws the rows that pass the filters of the table, and says so', async () => {
    const filters: Filter[] = [
      { column: 'product', op: 'contains', value: 'p1' },
      { column: ODD, op: 'is', value: 'true' },
    ];
    const passing = `FROM "order lines" WHERE product LIKE '%p1%' AND "${ODD}"`;
    const [all] = await truth(`SELECT count(*) AS n ${passing}`);
    for (const choice of [
      { kind: 'line', x: 'ordered at', measure: 'sum' },
      { kind: 'bars', x: 'product', measure: 'sum', color: ODD },
      { kind: 'histogram', x: 'revenue', measure: 'sum' },
    ] as const) {
      const { rows, drawn } = await draw(choice, filters);
      expect(
        rows.reduce((total, row) => total + Number(row['number of rows']), 0),
        choice.kind,
      ).toBe(Number(all!.n));
      expect(drawn.textContent).toContain('Rows that pass the filter of the table');
    }
    const points = await draw({ kind: 'points', x: 'order_id', y: 'units', measure: 'sum' }, filters);
    expect(points.rows).toHaveLength(Number(all!.n));
  });

  it('draws points and a histogram of every row', async () => {
    const points = await draw({ kind: 'points', x: 'order_id', y: 'units', measure: 'sum', color: ODD });
    expect(points.rows).toHaveLength(930);
    expect(marks(points.drawn, 'dot', 'circle')).toBe(930);
    const histogram = await draw({ kind: 'histogram', x: 'revenue', measure: 'sum' });
    expect(histogram.rows.reduce((total, row) => total + Number(row['number of rows']), 0)).toBe(930);
    expect(marks(histogram.drawn, 'rect', 'rect')).toBeGreaterThan(5);
  });
});
