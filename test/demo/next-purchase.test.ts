import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { Element } from '../../src/kernel/worker/dom/node';
import { RichText } from '../../src/kernel/worker/markdown';
import { runNotebook, type Ran } from './run-notebook';

const notebook = resolve(import.meta.dirname, '../../notebooks/next-purchase.nb.md');
const data = resolve(import.meta.dirname, '../../../shared/data');

/**
 * The notebook as a reader has it with a file of their own: the first cell's columns mapped anew, the bakery's truth deleted,
 * and what follows `end` as well where it is given. Runs it on that file's tables.
 */
async function runOn(tables: Record<string, string>, mapping: string, end = '## Beside the truth'): Promise<Ran[]> {
  const text = readFileSync(notebook, 'utf8');
  const mapped = text.replace(/(```sql id=lines name=lines\n)[^`]*/, (_, fence: string) => `${fence}${mapping}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'next-purchase-'));
  const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  try {
    writeFileSync(join(folder, 'own.nb.md'), mapped.slice(0, mapped.indexOf(end)));
    for (const [name, source] of Object.entries(tables)) await db.run(`CREATE TABLE ${name} AS ${source}`);
    return await runNotebook(join(folder, 'own.nb.md'), db);
  } finally {
    db.closeSync();
    rmSync(folder, { recursive: true });
  }
}

const valueOf = (ran: readonly Ran[], id: string): unknown => ran.find(({ cell }) => cell.id === id)!.value;
const prose = (ran: readonly Ran[]): string =>
  ran
    .map(({ value }) => (typeof value === 'string' ? value : value instanceof RichText ? value.source : ''))
    .join('\n');
const titleOf = (ran: readonly Ran[], id: string): string => (valueOf(ran, id) as Element).textContent ?? '';

describe('the next purchase notebook on a file of one’s own', { timeout: 120_000 }, () => {
  const mapping = 'SELECT basket, customer, day, item, amount, true AS may_write FROM own';

  it('says what is missing where no customer came back, after the rules', async () => {
    const own = `SELECT i // 2 AS basket, i // 2 AS customer, DATE '2025-01-01' + (i // 2)::INTEGER AS day,
      CASE WHEN i % 2 = 0 THEN 'tea' ELSE 'scone' END AS item, 1 AS amount FROM range(800) t(i)`;
    const ran = await runOn({ own: `FROM (${own})` }, mapping, '## Which way');
    expect(titleOf(ran, 'rules')).toContain('1.0 times as often as by chance');
    await expect(runOn({ own: `FROM (${own})` }, mapping)).rejects.toThrow(
      /No customer of before the split bought something they had not bought before after it/,
    );
  });

  it('offers everybody the same where nobody has a taste, and says that choosing brings nothing', async () => {
    const own = `SELECT i AS basket, i % 200 AS customer, DATE '2025-01-01' + (i // 12)::INTEGER AS day,
      'p' || (hash(i * 7 + 1) % 12)::VARCHAR AS item, CASE WHEN i % 40 = 3 THEN -1 ELSE 1 END AS amount FROM range(4000) t(i)`;
    const ran = await runOn({ own: `FROM (${own})` }, mapping);
    expect(titleOf(ran, 'rules')).toContain('No two products come together often enough for a rule');
    expect(prose(ran)).toContain('**Offer everybody what most buy.**');
    expect(prose(ran)).toContain('**No bundle yet.**');
    expect(prose(ran)).toContain('were wholly returned');
    for (const { because } of valueOf(ran, 'list') as { because: string }[])
      expect(because).toBe('most customers buy it');
  });

  it.skipIf(!existsSync(data))('runs on a year of a grocer’s households (shared/data/completejourney)', async () => {
    const folder = join(data, 'completejourney');
    const ran = await runOn(
      {
        transactions: `FROM read_csv('${folder}/transactions_sample.csv')`,
        products: `FROM read_csv('${folder}/products.csv')`,
      },
      `SELECT basket_id AS basket, household_id AS customer, transaction_timestamp::DATE AS day, product_category AS item, 1 AS amount, true AS may_write
       FROM transactions JOIN products USING (product_id)`,
    );
    const measures = valueOf(ran, 'measures') as Record<string, number>[];
    expect(measures).toHaveLength(3);
    for (const row of measures) {
      expect(row['hit rate']).toBeGreaterThan(0.1);
      expect(row['hit rate']).toBeLessThan(0.9);
    }
    expect((valueOf(ran, 'list') as unknown[]).length).toBeGreaterThan(500);
    expect(prose(ran)).not.toMatch(/undefined|NaN|null|Infinity/);
  });

  it.skipIf(!existsSync(data))('runs on a grocer’s receipts, up to the customers (shared/data/groceries)', async () => {
    const ran = await runOn(
      { receipts: `FROM read_csv('${join(data, 'groceries/groceries_long.csv')}')` },
      // Receipts stand in the sequence of time, and their day is not known: forty of them a day.
      `SELECT transaction_id AS basket, NULL::INTEGER AS customer, DATE '2025-01-01' + (transaction_id // 40)::INTEGER AS day, item, 1 AS amount, true AS may_write
       FROM receipts`,
      '## Which way',
    );
    const checked = valueOf(ran, 'checked') as Record<string, unknown>[];
    expect(checked).toHaveLength(12);
    expect(checked.filter((row) => row['held up'] === 'yes').length).toBeGreaterThan(8);
    expect(prose(ran)).not.toMatch(/undefined|NaN|null|Infinity/);
  });
});
