import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Element } from '../../src/kernel/worker/dom/node';
import { RichText } from '../../src/kernel/worker/markdown';
import type { Rows } from '../../src/kernel/worker/rows';
import { runNotebook, type Ran } from './run-notebook';

const shared = resolve(import.meta.dirname, '../../../shared');
const reference = resolve(shared, 'reference/customers');
const journey = resolve(shared, 'data/completejourney/transactions_sample.csv');
const notebooks = resolve(import.meta.dirname, '../../notebooks');

let folder: string;
let db: DuckDBConnection;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'own-files-'));
  db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
});
afterAll(() => {
  db.closeSync();
  rmSync(folder, { recursive: true });
});

/** The template with its mapping changed to a file of one's own, and without the section about the sample's truth. */
function mapped(template: string, sql: string): string {
  const text = readFileSync(join(notebooks, `${template}.nb.md`), 'utf8');
  const own = text
    .replace(/(```sql id=map name=sales\n)[^`]*/, `$1SELECT *, NULL::BOOLEAN AS may_write FROM (${sql})\n`)
    .replace(/\n## Beside the truth[^]*$/, '\n');
  expect(own).not.toBe(text);
  const file = join(folder, `${template}.nb.md`);
  writeFileSync(file, own);
  return file;
}

const rowsOf = (ran: readonly Ran[], id: string): Record<string, unknown>[] =>
  (ran.find(({ cell }) => cell.id === id)!.value as Rows).toArray();
const prose = (ran: readonly Ran[]): string =>
  ran
    .map(({ value }) => (typeof value === 'string' ? value : value instanceof RichText ? value.source : ''))
    .join('\n');

/** Every cell ran, drew what it draws, and no sentence has a hole. */
function expectWhole(ran: readonly Ran[], charts: readonly string[]): void {
  for (const id of charts) expect(ran.find(({ cell }) => cell.id === id)!.value, id).toBeInstanceOf(Element);
  expect(prose(ran)).not.toMatch(/undefined|NaN|null|Infinity/);
}

describe.skipIf(!existsSync(reference))(
  'CDNOW’s orders in the templates (shared/reference/customers)',
  { timeout: 120_000 },
  () => {
    const all = join(reference, 'in/cdnow_master.csv');
    const sample = join(reference, 'in/cdnow_sample.csv');
    const selectFrom = (file: string, customer: string, until = '1998-06-30'): string =>
      `SELECT ${customer} AS customer, row_number() OVER () AS order_no, date AS day, amt AS revenue, 'all' AS began
     FROM read_csv('${file}') WHERE date <= DATE '${until}'`;

    it('give the cohort triangle of case 04 exactly', async () => {
      const ran = await runNotebook(mapped('retention-cohorts', selectFrom(all, 'cid')), db);
      expectWhole(ran, ['heatmap', 'change', 'curves', 'cox']);
      const { triangle } = JSON.parse(readFileSync(join(reference, 'out/04_cohorts_cdnow_master.json'), 'utf8')) as {
        triangle: Record<string, Record<'customers' | 'orders' | 'revenue', number[]>>;
      };
      const rows = rowsOf(ran, 'triangle');
      expect([...new Set(rows.map(({ cohort }) => cohort))]).toEqual(Object.keys(triangle));
      for (const [cohort, columns] of Object.entries(triangle)) {
        const own = rows.filter((row) => row.cohort === cohort);
        expect(own.map(({ age }) => age)).toEqual(columns.customers.map((_, age) => age));
        expect(own.map(({ customers }) => customers)).toEqual(columns.customers);
        expect(own.map(({ orders }) => orders)).toEqual(columns.orders);
        own.forEach(({ revenue }, age) => expect(revenue).toBeCloseTo(columns.revenue[age]!, 6));
      }
    });

    it('give the summary of case 06 exactly, and a model of what came after', async () => {
      const until = mapped('customer-value', selectFrom(sample, 'id', '1997-09-30'));
      const [known, later] = [
        rowsOf(await runNotebook(until, db, { 'Weeks held back': 0 }), 'histories'),
        // 1998-06-30 is 39 weeks after the end of the summary.
        await runNotebook(mapped('customer-value', selectFrom(sample, 'id')), db, { 'Weeks held back': 39 }),
      ];
      expectWhole(later, ['matrix', 'tracking']);
      const after = new Map(rowsOf(later, 'histories').map((row) => [row.customer, row]));
      const lines = readFileSync(join(reference, 'out/06_clv_summary_days.csv'), 'utf8').trim().split('\n').slice(1);
      expect(known.length).toBe(lines.length);
      const summary = new Map(lines.map((line) => [Number(line.split(',')[0]), line.split(',').map(Number)]));
      for (const row of known) {
        const [, frequency, recency, age, monetary, holdout] = summary.get(Number(row.customer))!;
        expect(
          [row.frequency, Number(row.recency) * 7, Number(row.age) * 7].map((x) => Math.round(Number(x) * 1e6) / 1e6),
        ).toEqual([frequency, recency, age]);
        expect(Math.abs(Number(row.spend) - monetary!)).toBeLessThan(1e-6);
        const trial = after.get(row.customer)!;
        expect([trial.frequency_before, trial.later]).toEqual([frequency, holdout]);
        expect(Number(trial.recency_before)).toBeCloseTo(Number(row.recency), 9);
        expect(Number(trial.age_before)).toBeCloseTo(Number(row.age), 9);
      }
    });
  },
);

describe.skipIf(!existsSync(journey))(
  'grocery baskets in the templates (shared/data/completejourney)',
  { timeout: 120_000 },
  () => {
    const sql = `SELECT household_id AS customer, basket_id AS order_no, transaction_timestamp::DATE AS day, sales_value AS revenue, store_id % 2 AS began
     FROM read_csv('${journey}')`;

    it('run through customer value', async () => {
      const ran = await runNotebook(mapped('customer-value', sql), db);
      expectWhole(ran, ['matrix', 'tracking']);
      expect(prose(ran)).toMatch(/Of 2,\d{3} customers, about \*\*[\d,]+\*\* are still there/);
    });

    it('run through retention', async () => {
      expectWhole(await runNotebook(mapped('retention-cohorts', sql), db), ['heatmap', 'curves', 'cox']);
    });
  },
);

describe('orders that say little, in the templates', { timeout: 120_000 }, () => {
  const rows = (values: string): string =>
    `SELECT c AS customer, o AS order_no, d::DATE AS day, r AS revenue, 'all' AS began FROM (VALUES ${values}) t(c, o, d, r)`;

  it.each([
    ['one customer', "(1, 1, '2026-01-05', 9.0), (1, 2, '2026-02-05', 9.0)"],
    ['one order', "(1, 1, '2026-01-05', 9.0)"],
    ['refunds alone', "(1, 1, '2026-01-05', -9.0), (2, 2, '2026-01-05', -9.0)"],
  ])('are refused with a reason: %s', async (_, values) => {
    await expect(runNotebook(mapped('customer-value', rows(values)), db)).rejects.toThrow(/There are \d customers/);
  });

  it('are refused, or read as they are, where nobody came back', async () => {
    const once = `SELECT i AS customer, i AS order_no, DATE '2026-01-05' + i::INTEGER AS day, 5.0 AS revenue, 'all' AS began FROM range(40) t(i)`;
    await expect(runNotebook(mapped('customer-value', once), db, { 'Weeks held back': 0 })).rejects.toThrow(
      'None of the 40 customers bought on a second day',
    );
    const ran = await runNotebook(mapped('retention-cohorts', once), db);
    expectWhole(ran, ['heatmap', 'change', 'curves', 'cox']);
    expect(prose(ran)).toContain('nobody came back, or all first orders are alike');
    expect(prose(ran)).toContain('0 % of new customers come back within half a year');
  });

  it('count those who did not come back among those who began, month by month', async () => {
    // Of ten in January two came back in February, of ten in February none; March had nobody new and is not over.
    const few = `SELECT i AS customer, i AS order_no, DATE '2025-01-05' + (i // 10)::INTEGER * 31 AS day, 5.0 AS revenue, 'all' AS began FROM range(20) t(i)
      UNION ALL SELECT i, 100 + i, DATE '2025-02-20', 5.0, 'all' FROM range(2) t(i)
      UNION ALL SELECT 11, 111, DATE '2025-04-02', 5.0, 'all'`;
    const ran = await runNotebook(mapped('retention-cohorts', few), db);
    expect((ran.find(({ cell }) => cell.id === 'heatmap')!.value as Element).textContent).toContain(
      '10 % of new customers buy in the month after their first',
    );
    const triangle = rowsOf(ran, 'triangle').map(({ cohort, age, customers }) => `${cohort} ${age}: ${customers}`);
    expect(triangle).toEqual([
      ...['2025-01 0: 10', '2025-01 1: 2', '2025-01 2: 0', '2025-01 3: 0'],
      ...['2025-02 0: 10', '2025-02 1: 0', '2025-02 2: 1'],
    ]);
  });

  it('count a refund against its order, leave the nameless out, and name orders in the future', async () => {
    const some = `SELECT i % 60 AS customer, i AS order_no, DATE '2025-01-05' + (i * 3)::INTEGER AS day, 5.0 + i % 7 AS revenue, 'all' AS began
      FROM range(180) t(i)
      UNION ALL SELECT 7, 7, DATE '2025-02-01', -(5.0 + 7 % 7), 'all'
      UNION ALL SELECT NULL, 900, DATE '2025-02-01', 5.0, 'all'
      UNION ALL SELECT 8, 901, DATE '2999-01-01', 5.0, 'all'`;
    const ran = await runNotebook(mapped('customer-value', some), db, { 'Weeks held back': 0 });
    expect(prose(ran)).toContain(
      '182 orders until 2999-01-01. Left out: 1 paid back in full, 1 without a customer, a day or an amount.',
    );
    expect(prose(ran)).toContain('the file has orders in the future');
    expect(rowsOf(ran, 'histories').find(({ customer }) => customer === 7)!.frequency).toBe(1);
  });
});
