import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Element } from '../../src/kernel/worker/dom/node';
import { RichText } from '../../src/kernel/worker/markdown';
import type { Rows } from '../../src/kernel/worker/rows';
import { bakery, bakeryDatabase } from './bakery-database';
import { expectedAuc } from './expected-auc';
import { runNotebook, type Ran } from './run-notebook';

const notebooks = resolve(import.meta.dirname, '../../notebooks');
const shared = resolve(import.meta.dirname, '../../../shared');

let folder: string;
let db: DuckDBConnection;
let close: () => void;
beforeAll(async () => ({ db, folder, close } = await bakeryDatabase(['orders', 'customers', 'web_events'])), 60_000);
afterAll(() => close());

const valueOf = (ran: readonly Ran[], id: string): unknown => ran.find(({ cell }) => cell.id === id)!.value;
const listOf = (ran: readonly Ran[], id: string): Record<string, unknown>[] => {
  const value = valueOf(ran, id) as Rows | Record<string, unknown>[];
  return Array.isArray(value) ? value : value.toArray();
};
const prose = (ran: readonly Ran[]): string =>
  ran
    .map(({ value }) => (typeof value === 'string' ? value : value instanceof RichText ? value.source : ''))
    .join('\n');

/** The template with other cells in the places of some, and without the section about the sample's truth. */
function mapped(template: string, cells: Record<string, string>): string {
  let text = readFileSync(join(notebooks, `${template}.nb.md`), 'utf8').replace(/\n## Beside the truth[^]*$/, '\n');
  for (const [id, sql] of Object.entries(cells)) {
    const own = text.replace(new RegExp('(```sql id=' + id + '\\b[^\\n]*\\n)[^`]*'), `$1${sql}\n`);
    expect(own, id).not.toBe(text);
    text = own;
  }
  const file = join(folder, `${template}-mapped.nb.md`);
  writeFileSync(file, text);
  return file;
}

/** What the first comment of a cell says to take where there is no such file. */
const without = (template: string, id: string): string => {
  const text = readFileSync(join(notebooks, `${template}.nb.md`), 'utf8');
  return new RegExp('```sql id=' + id + '\\b[^\\n]*\\n-- ([^\\n]*)').exec(text)![1]!;
};

/** Every chart is drawn, and no sentence, table or chart has a hole. */
function expectWhole(ran: readonly Ran[], charts: readonly string[]): void {
  for (const id of charts) {
    expect(valueOf(ran, id), id).toBeInstanceOf(Element);
    expect((valueOf(ran, id) as Element).textContent, id).not.toMatch(/undefined|NaN|null|Infinity/);
  }
  expect(prose(ran)).not.toMatch(/undefined|NaN|null|Infinity/);
  expect(JSON.stringify(listOf(ran, 'list'))).not.toMatch(/undefined|NaN|null|Infinity/);
  expect(prose(ran)).toMatch(/# Model card[^]*Area under ROC[^]*## What it rests on[^]*## Limits/);
}

const CHURN_CHARTS = ['roc', 'calibration', 'reasons', 'gains', 'one'];
const LEAD_CHARTS = ['precision', 'calibration', 'reasons', 'gains', 'one'];

/** What is true of each account at the end of the files: how likely it orders within some days, at last year's pace. */
function chancesOfOrder(days: number): Map<number, number> {
  const end = bakery.days;
  const chances = new Map<number, number>();
  for (const person of bakery.sales.persons) {
    const pace = bakery.sales.pace[person.segment];
    let weeks = 0;
    for (let t = end - 365; t < end - 365 + days; t++) weeks += pace[t]! / 7;
    const chance = person.alive ? 1 - Math.exp(-person.rate * weeks) : 0;
    for (const { id } of person.accounts) chances.set(id, chance);
  }
  return chances;
}

describe('the churn score notebook', { timeout: 120_000 }, () => {
  it('scores each customer of today with reasons, beside the truth', async () => {
    const ran = await runNotebook(join(notebooks, 'churn-score.nb.md'), db);
    expectWhole(ran, CHURN_CHARTS);
    const today = listOf(ran, 'examples').filter(({ part }) => part === 'now');
    const chances = chancesOfOrder(90);
    const silent = today.map(({ customer }) => 1 - chances.get(Number(customer))!);
    const [count, ability] = listOf(ran, 'compare');
    expect(count!.truth).toBe(Math.round(silent.reduce((sum, p) => sum + p, 0)));
    expect(ability!.truth).toBeCloseTo(expectedAuc(silent, silent), 3);
    // Within a twentieth of the truth: who tunes by winter and scores summer is not within chance.
    expect(Number(count!['said here']) / Number(count!.truth)).toBeGreaterThan(0.95);
    expect(Number(count!['said here']) / Number(count!.truth)).toBeLessThan(1.05);
    expect(Number(ability!['said here'])).toBeLessThan(Number(ability!.truth));
    expect(Number(ability!['said here'])).toBeGreaterThan(0.8);

    const list = listOf(ran, 'list');
    expect(list.length).toBeGreaterThan(100);
    expect(list.every((row) => String(row['first reason']).length > 3)).toBe(true);
    const said = list.map((row) => Number(row['falls silent (%)']));
    expect(said).toEqual(said.toSorted((a, b) => b - a));
    expect(listOf(ran, 'fairness').map(({ group }) => group)).toEqual(
      ['30 to 60', 'missing', 'over 60', 'under 30'].map((group) => `age: ${group}`),
    );
  });

  it('chooses nobody where chance alone decides who comes back', async () => {
    const chance = mapped('churn-score', {
      // Everybody orders as often, on days drawn for each order.
      map: `SELECT 'c' || (hash(range) % 4000) AS customer, range AS order_no,
        DATE '2023-07-01' + (hash(range * 7 + 1) % 1080)::INTEGER AS day, 10 + (hash(range * 3) % 50)::DOUBLE AS revenue FROM range(24000)`,
      people: without('churn-score', 'people'),
      signs: without('churn-score', 'signs'),
    });
    const ran = await runNotebook(chance, db);
    expect(listOf(ran, 'list')).toEqual([]);
    expect(prose(ran)).toMatch(
      /\*\*Do not choose by this score\.\*\* Of two customers it puts the right one first in 4?5?\d \(90 % sure: 4\d to 5\d\) of 100/,
    );
    expect(prose(ran)).toContain('Reasons of a score that tells nothing apart mean nothing.');
    expect(prose(ran)).not.toContain('Write to ');
  });

  it('stops when a column has seen what came after the cut-off', async () => {
    const text = readFileSync(join(notebooks, 'churn-score.nb.md'), 'utf8');
    const leaking = join(folder, 'leaking.nb.md');
    writeFileSync(leaking, text.replace('JOIN sales ON sales.day < cutoff', 'JOIN sales ON sales.day < cutoff + 30'));
    await expect(runNotebook(leaking, db)).rejects.toThrow(
      /"known_until" was not known in time in [\d]+ rows: .* outcome is watched from/,
    );
  });
});

describe('the lead score notebook', { timeout: 120_000 }, () => {
  it('stops when a column tells every outcome, and names it', async () => {
    const text = readFileSync(join(notebooks, 'lead-score.nb.md'), 'utf8');
    const told = join(folder, 'told.nb.md');
    expect(text).toContain("'won', 'known_until'");
    writeFileSync(told, text.replace("'won', 'known_until'", "'known_until'"));
    await expect(runNotebook(told, db)).rejects.toThrow(/is told without fail.*Look at “won” first/);
  });

  it('puts the open leads in an order with reasons, beside the truth', async () => {
    const ran = await runNotebook(join(notebooks, 'lead-score.nb.md'), db);
    expectWhole(ran, LEAD_CHARTS);
    const open = listOf(ran, 'examples').filter(({ part }) => part === 'now');
    const known = chancesOfOrder(60);
    const chances = open.map(({ lead }) => known.get(Number(lead))!);
    const [count, ability] = listOf(ran, 'compare');
    expect(count!.truth).toBe(Math.round(chances.reduce((sum, p) => sum + p, 0)));
    expect(ability!.truth).toBeCloseTo(expectedAuc(chances, chances), 3);
    expect(Number(count!['from (90 %)'])).toBeLessThan(Number(count!.truth));
    expect(Number(count!['to (90 %)'])).toBeGreaterThan(Number(count!.truth));
    expect(Number(ability!['said here'])).toBeLessThan(Number(ability!.truth));
    // Better than chance beyond doubt, as the interval says.
    expect(Number(ability!['from (90 %)'])).toBeGreaterThan(0.55);
    const list = listOf(ran, 'list');
    expect(list.length).toBeGreaterThan(20);
    expect(list.length).toBeLessThan(open.length);
  });
});

const reference = join(shared, 'reference/customers/in');
const journey = join(shared, 'data/completejourney/transactions_sample.csv');
const telco = join(shared, 'data/telco/Telco-Customer-Churn.csv');
const SHOPS = {
  cdnow: {
    file: join(reference, 'cdnow_sample.csv'),
    columns: 'id AS customer, row_number() OVER () AS order_no, date AS day, amt AS revenue',
  },
  completejourney: {
    file: journey,
    columns:
      'household_id AS customer, basket_id AS order_no, transaction_timestamp::DATE AS day, sales_value AS revenue',
  },
};

describe('other shops’ files in both templates (shared/data)', { timeout: 180_000 }, () => {
  it.for(Object.entries(SHOPS))('%s runs once its columns are mapped', async ([, shop], { skip }) => {
    skip(!existsSync(shop.file), `${shop.file} is absent`);
    const sales = `SELECT ${shop.columns} FROM read_csv('${shop.file}')`;
    const bare = { people: without('churn-score', 'people'), signs: without('churn-score', 'signs') };
    const churn = await runNotebook(mapped('churn-score', { map: sales, ...bare }), db);
    expectWhole(churn, CHURN_CHARTS);
    expect(prose(churn)).toContain('No groups were compared.');
    // Hardly anybody new comes in these files: each order is a lead for the next.
    const leads = `SELECT order_no AS lead, min(day) AS since, true AS may_write, sum(revenue) AS revenue, dayname(min(day)) AS weekday,
        lead(min(day)) OVER (PARTITION BY customer ORDER BY min(day), order_no) AS won_on,
        row_number() OVER (PARTITION BY customer ORDER BY min(day), order_no) AS "orders so far"
      FROM (${sales}) GROUP BY customer, order_no`;
    const own = mapped('lead-score', { map: leads, signs: without('lead-score', 'signs') });
    expectWhole(await runNotebook(own, db), LEAD_CHARTS);
  });

  it.skipIf(!existsSync(telco))('a table of contracts that says who left takes the place of the query', async () => {
    const examples = `SELECT * EXCLUDE (customerID, Churn, TotalCharges, gender, part), customerID AS customer, gender AS group_gender,
        try_cast(TotalCharges AS DOUBLE) AS TotalCharges, DATE '2020-01-01' AS cutoff, NULL::DATE AS known_until, true AS may_write,
        CASE WHEN part < 12 THEN 'learn' WHEN part < 14 THEN 'tune' WHEN part < 18 THEN 'judge' ELSE 'now' END AS part,
        CASE WHEN part < 18 THEN (Churn = 'Yes')::INTEGER END AS silent
      FROM (SELECT *, hash(customerID) % 20 AS part FROM read_csv('${telco}', header = true))`;
    const sales = "SELECT 'x' AS customer, 1 AS order_no, DATE '2020-01-01' AS day, 1.0 AS revenue";
    const ran = await runNotebook(
      mapped('churn-score', { map: sales, people: without('churn-score', 'people'), signs: without('churn-score', 'signs'), examples }), // prettier-ignore
      db,
    );
    expectWhole(ran, CHURN_CHARTS);
    const [, auc] = /AUC (0\.\d+)/.exec((valueOf(ran, 'models') as RichText).source)!;
    expect(Number(auc)).toBeGreaterThan(0.82);
    expect(listOf(ran, 'fairness').map(({ group }) => group)).toEqual(['gender: Female', 'gender: Male']);
  });
});

describe('files that say little', { timeout: 120_000 }, () => {
  const sales = (values: string): Record<string, string> => ({
    map: `SELECT c AS customer, o AS order_no, d::DATE AS day, r AS revenue FROM (VALUES ${values}) t(c, o, d, r)`,
    people: without('churn-score', 'people'),
    signs: without('churn-score', 'signs'),
  });

  it.each([
    ['one customer', "(1, 1, '2025-01-05', 9.0), (1, 2, '2026-02-05', 9.0)", /of 0 customers|Of \d customers/],
    ['one order', "(1, 1, '2026-01-05', 9.0)", /No customer is left/],
    ['refunds alone', "(1, 1, '2025-01-05', -9.0), (2, 2, '2026-01-05', -9.0)", /No customer is left/],
    ['orders in the future alone', "(1, 1, '2999-01-05', 9.0), (2, 2, '2999-01-05', 9.0)", /No customer is left/],
  ])('are refused with a reason: %s', async (_, values, reason) => {
    await expect(runNotebook(mapped('churn-score', sales(values)), db)).rejects.toThrow(reason);
  });

  it('warn of columns that are constant or empty, and of days in the future, and go on, also where no letter pays', async () => {
    // A shop whose customers come every 20 days, until a day of their own.
    const made = `SELECT c AS customer, c * 100 + k AS order_no, DATE '2024-01-01' + (c % 60 + 20 * k)::INTEGER AS day, 5.0 + c % 7 AS revenue
      FROM range(400) AS cs(c), range(40) AS ks(k) WHERE k <= c % 41 AND hash(c * 100 + k) % 10 > 2
      UNION ALL SELECT 1, 999999, DATE '2999-01-01', 5.0`;
    const people = `SELECT DISTINCT customer, true AS may_write, (customer % 2)::VARCHAR AS group_side, 1.0 AS "always one", NULL::DOUBLE AS "never known" FROM sales`;
    const own = mapped('churn-score', { map: made, people, signs: without('churn-score', 'signs') });
    const ran = await runNotebook(own, db, { 'What one held back brings, after costs (€)': 10 });
    expectWhole(ran, CHURN_CHARTS);
    expect(prose(ran)).toContain('brings €1.00, so it can never pay');
    expect(prose(ran)).toContain('By side: nobody is chosen');
    expect(prose(ran)).toContain('1 rows lie in the future and were left out');
    expect(prose(ran)).toContain('Column "always one" is the same in every row');
    expect(prose(ran)).toContain('Column "never known" is empty in every row');
  });
});
