import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameters } from '../../src/demo/parameters';
import { truthOf } from '../../src/demo/truth';
import { bakery, bakeryDatabase, bakeryFiles } from './bakery-database';

const files = bakeryFiles();
const truth = truthOf(bakery);
let db: DuckDBConnection;
let close: () => void;
beforeAll(async () => ({ db, close } = await bakeryDatabase()), 60_000);
afterAll(() => close());

/** The one value of a query of one row and one column. */
async function one(sql: string): Promise<number> {
  const reader = await db.runAndReadAll(sql);
  return Number(reader.getRows()[0]![0]);
}

describe('the files of the bakery', { timeout: 60_000 }, () => {
  it('are the same bytes as ever', () => {
    const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
    const digests = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, digest(text)]));
    expect({ ...digests, 'truth.json': digest(JSON.stringify(truth)) }).toMatchInlineSnapshot(`
      {
        "ad_spend.csv": "f79d5ba0bcc36d0b",
        "customers.csv": "d748607a03ed88ae",
        "emails.csv": "40c23f51e1a4be39",
        "orders.csv": "382a7965c1408f90",
        "reviews.csv": "b710be17b83e6044",
        "truth.json": "61fc197b73026248",
        "web_events.csv": "e61a05c35bcd70fd",
      }
    `);
  });

  it('stay small enough to open at once', () => {
    const bytes = Object.values(files).reduce((total, text) => total + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThan(12.5e6);
  });

  it('are read by DuckDB with the types one would expect', async () => {
    const types = async (table: string): Promise<Record<string, string>> => {
      const rows = (await db.runAndReadAll(`DESCRIBE ${table}`)).getRows();
      return Object.fromEntries(rows.map((row) => [row[0], row[1]]));
    };
    expect(await types('orders')).toEqual({
      order_id: 'BIGINT',
      customer_id: 'BIGINT',
      ordered_at: 'TIMESTAMP',
      product: 'VARCHAR',
      channel: 'VARCHAR',
      revenue: 'DOUBLE',
      margin: 'DOUBLE',
    });
    expect(await types('ad_spend')).toMatchObject({
      day: 'DATE',
      spend: 'DOUBLE',
      impressions: 'BIGINT',
      clicks: 'BIGINT',
    });
    expect(await types('customers')).toMatchObject({
      consent_email: 'BOOLEAN',
      consent_on: 'DATE',
      birth_year: 'BIGINT',
    });
    expect(await types('web_events')).toMatchObject({ timestamp: 'TIMESTAMP', order_id: 'BIGINT', customer: 'BIGINT' });
  });

  it('name only customers and orders that exist', async () => {
    for (const [table, column] of [
      ['orders', 'customer_id'],
      ['web_events', 'customer'],
      ['emails', 'customer_id'],
      ['reviews', 'customer_id'],
    ]) {
      expect(
        await one(
          `SELECT count(*) FROM ${table} t WHERE ${column} IS NOT NULL AND NOT EXISTS (FROM customers c WHERE c.customer_id = t.${column})`,
        ),
        table,
      ).toBe(0);
    }
    expect(await one('SELECT count(*) - count(DISTINCT customer_id) FROM customers')).toBe(0);
    expect(await one('SELECT count(*) - count(DISTINCT email) FROM customers')).toBe(0);
    expect(await one('SELECT count(*) FROM reviews r ANTI JOIN orders o USING (order_id, customer_id)')).toBe(0);
  });

  it('count every web order once as a purchase, at its second and for its customer', async () => {
    const orders = `SELECT DISTINCT order_id, customer_id, ordered_at FROM orders WHERE channel = 'web' AND revenue > 0`;
    const purchases = `SELECT order_id, customer, timestamp FROM web_events WHERE event = 'purchase'`;
    expect(await one(`SELECT count(*) FROM (${orders})`)).toBe(await one(`SELECT count(*) FROM (${purchases})`));
    expect(await one(`SELECT count(*) FROM (${orders} EXCEPT ${purchases})`)).toBe(0);
  });

  it('add up to the truth beside them', async () => {
    expect(await one('SELECT round(sum(revenue), 2) FROM orders WHERE revenue > 0')).toBeCloseTo(
      truth.totals.realisedSales,
      2,
    );
    expect(await one('SELECT count(DISTINCT order_id) FROM orders')).toBe(truth.totals.orders);
    expect(await one('SELECT round(sum(spend), 2) FROM ad_spend')).toBeCloseTo(truth.totals.spend, 2);
    for (const { month, realised } of truth.months) {
      expect(
        await one(
          `SELECT round(sum(revenue), 2) FROM orders WHERE revenue > 0 AND strftime(ordered_at, '%Y-%m') = '${month}'`,
        ),
        month,
      ).toBeCloseTo(realised, 2);
    }
    expect(await one('SELECT count(DISTINCT order_id) FROM orders WHERE revenue < 0')).toBe(
      truth.messiness.refundedOrders,
    );
    expect(truth.segments.byCustomer.length).toBe(truth.totals.accounts);
  });

  it('pay refunds back in full and after the order', async () => {
    expect(
      await one(`SELECT count(*) FROM (SELECT order_id, abs(sum(revenue)) AS rest, min(ordered_at) FILTER (revenue < 0) AS back, max(ordered_at) FILTER (revenue > 0) AS bought
        FROM orders GROUP BY order_id HAVING back IS NOT NULL) WHERE rest > 0.005 OR back <= bought`),
    ).toBe(0);
  });

  it('hold advertising that costs nothing only while it is off', async () => {
    expect(await one('SELECT count(*) FROM ad_spend')).toBe(1096 * 5);
    expect(await one('SELECT count(*) FROM ad_spend WHERE spend = 0 AND (impressions > 0 OR clicks > 0)')).toBe(0);
    for (const { channel, from, to } of parameters.pauses) {
      expect(
        await one(`SELECT sum(spend) FROM ad_spend WHERE channel = '${channel}' AND day BETWEEN '${from}' AND '${to}'`),
      ).toBe(0);
    }
  });

  it('hold second accounts that a mistyped address gives away', async () => {
    for (const [first, second] of truth.messiness.secondAccounts) {
      const distance = `SELECT damerau_levenshtein(a.email, b.email) FROM customers a, customers b WHERE a.customer_id = ${first} AND b.customer_id = ${second}`;
      expect(await one(distance)).toBe(1);
    }
    expect(truth.messiness.secondAccounts.length).toBeGreaterThan(100);
  });

  it('state truths that hang together', () => {
    const { media, liftTests } = truth;
    expect(media.search.roi).toBeGreaterThan(2);
    expect(media.display.roi).toBeLessThan(1);
    for (const channel of Object.values(media)) expect(channel.marginalRoi).toBeLessThan(channel.roi);
    for (const test of liftTests) expect(Math.abs(test.measured - test.lift)).toBeLessThan(4 * test.standardError);
  });
});
