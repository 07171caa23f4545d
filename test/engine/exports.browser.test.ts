import { describe, expect, it } from 'vitest';
import expectations from '../fixtures/exports/expected.json';
import { openedEngine } from './engine-page';

interface Expected {
  readonly rows: number;
  /** SQL over the table, and what it gives; texts for dates. */
  readonly facts: Readonly<Record<string, number | string>>;
}

const exports = Object.entries(expectations as unknown as Record<string, Expected>);
const addresses = import.meta.glob<string>('../fixtures/exports/*.csv', {
  query: '?url',
  import: 'default',
  eager: true,
});

const { engine, rows } = openedEngine();

async function ingest(name: string, change = {}): Promise<string> {
  const file = new File([await (await fetch(addresses[`../fixtures/exports/${name}`]!)).blob()], name);
  const found = await engine.sniff(file);
  const plan = await engine.refine(file, found, change);
  return (await engine.ingest(`read ${name}`, file, plan, () => {})).relation.name;
}

async function facts(table: string, wanted: Expected['facts']): Promise<Record<string, unknown>> {
  const texts = Object.keys(wanted).map((sql, i) => `(${sql})::VARCHAR AS f${i}`);
  const [row] = await rows(`SELECT ${texts.join(', ')} FROM "${table}"`);
  return Object.fromEntries(
    Object.entries(wanted).map(([sql, value], i) => [
      sql,
      typeof value === 'number' ? Number(row![`f${i}`]) : row![`f${i}`],
    ]),
  );
}

describe('exports in DuckDB', () => {
  it.each(exports)('%s: the numbers are those of the export', async (name, expected) => {
    const table = await ingest(name);
    expect(await facts(table, { 'count(*)': expected.rows, ...expected.facts })).toEqual({
      'count(*)': expected.rows,
      ...expected.facts,
    });
  });

  it('what is declined stands as it is in the file', async () => {
    const shopify = await ingest('shopify-orders.csv', { fill: false });
    expect(await facts(shopify, { 'count(financial_status)': 4, 'min(billing_zip)': '01000' })).toEqual({
      'count(financial_status)': 4,
      'min(billing_zip)': '01000',
    });
    const woo = await ingest('woocommerce-orders.csv', { once: false });
    const twice = { 'round(sum(order_total_amount), 2)': 72.55 };
    expect(await facts(woo, twice)).toEqual(twice);
    const meta = await ingest('meta-ads-campaigns.csv', { totals: 'keep' });
    const doubled = { 'round(sum(amount_spent_eur), 2)': 1624.88 };
    expect(await facts(meta, doubled)).toEqual(doubled);
  });
});
