import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { truthOf } from '../../src/demo/truth';
import { Element } from '../../src/kernel/worker/dom/node';
import { RichText } from '../../src/kernel/worker/markdown';
import type { Rows } from '../../src/kernel/worker/rows';
import { bakery, bakeryDatabase } from './bakery-database';
import { database, rowsOf, runCells, withCells } from './native';
import { runNotebook, type Ran } from './run-notebook';

const notebook = resolve(import.meta.dirname, '../../notebooks/key-figures.nb.md');
const shared = resolve(import.meta.dirname, '../../../shared');
const cdnow = join(shared, 'reference/customers/in/cdnow_master.csv');
const NO_SPEND =
  'SELECT NULL::VARCHAR AS channel, NULL::DOUBLE AS spend, NULL::DATE AS first_day, NULL::DATE AS last_day WHERE false';

const valueOf = (ran: readonly Ran[], id: string): unknown => ran.find(({ cell }) => cell.id === id)!.value;
const textOf = (ran: readonly Ran[]): string =>
  ran
    .map(({ value }) => (value instanceof RichText ? value.source : value instanceof Element ? value.textContent : ''))
    .join('\n');

/** The notebook on an orders file of one's own: lines of `customer, order_no, moment, revenue, margin`. */
async function runOn(lines: string, controls = {}): Promise<Ran[]> {
  const folder = mkdtempSync(join(tmpdir(), 'figures-'));
  const db = await database();
  try {
    await db.run(`CREATE TABLE own AS ${lines}`);
    const mapped = `SELECT customer, order_no, moment, revenue, margin, NULL AS channel FROM own`;
    const text = withCells(readFileSync(notebook, 'utf8'), { mapped, spend: NO_SPEND });
    writeFileSync(join(folder, 'own.nb.md'), text.replace(/files:\n( .*\n)+/, ''));
    return await runNotebook(join(folder, 'own.nb.md'), db, controls);
  } finally {
    db.closeSync();
    rmSync(folder, { recursive: true });
  }
}

describe('the notebook of key figures on the bakery', { timeout: 120_000 }, () => {
  it('adds up to the files by segment, channel and month, and compares channels', async () => {
    const { db, close } = await bakeryDatabase(['orders', 'customers', 'ad_spend']);
    try {
      const ran = await runNotebook(notebook, db);
      const [all] = await rowsOf(db, 'SELECT sum(revenue) AS revenue, sum(margin) AS margin FROM orders');
      const rows = (valueOf(ran, 'figures') as Rows).toArray();
      for (const kind of ['shop', 'segment', 'channel']) {
        const some = rows.filter((row) => row.kind === kind);
        const sum = (column: string): number => some.reduce((total, row) => total + Number(row[column]), 0);
        expect(sum('revenue'), kind).toBeCloseTo(Number(all!.revenue), 1);
        expect(sum('margin'), kind).toBeCloseTo(Number(all!.margin), 1);
        expect(sum('customers'), kind).toBe((valueOf(ran, 'buyers') as Rows).length);
      }
      for (const id of ['chart', 'channels']) expect(valueOf(ran, id), id).toBeInstanceOf(Element);
      const list = valueOf(ran, 'list') as Record<string, unknown>[];
      expect(list).toHaveLength(6);
      const [spent] = await rowsOf(db, 'SELECT sum(spend) AS spend, min(day) AS first, max(day) AS last FROM ad_spend');
      const come = (valueOf(ran, 'buyers') as Rows)
        .toArray()
        .filter(
          ({ first_at }) => Number(first_at) >= Number(spent!.first) && Number(first_at) < Number(spent!.last) + 864e5,
        );
      expect(list[0]).toMatchObject({
        channel: 'all channels',
        'spend (€)': Number(Number(spent!.spend).toFixed(2)),
        'new customers': come.length,
      });
      for (const row of list) {
        expect(Number(row['CAC (€)'])).toBeCloseTo(Number(row['spend (€)']) / Number(row['new customers']), 1);
        const ltv = Number(row['their margin of that year (€)']) / Number(row['watched for a year']);
        expect(row['LTV of a year (€)']).toBeCloseTo(ltv, 1);
      }
      expect(textOf(ran)).toContain('**Keep search and social**');
      expect(textOf(ran)).not.toMatch(/undefined|NaN|null|Infinity/);

      // What is said of the truth is true, and is not what is recorded.
      const { media } = truthOf(bakery);
      const prose = readFileSync(notebook, 'utf8').replace(/\s+/g, ' ');
      const cost = ({ spend, newCustomers }: { spend: number; newCustomers: number }): string =>
        (spend / newCustomers).toFixed(0);
      expect(prose).toContain(`leaflets brought ${media.leaflets.newCustomers} new customers`);
      expect(prose).toContain(`at €${cost(media.leaflets)} each`);
      const searched = media.search.newCustomers.toLocaleString('en');
      expect(prose).toContain(`search brought ${searched} at €${cost(media.search)}`);
      const leaflets = list.find(({ channel }) => channel === 'leaflets')!;
      expect(Number(leaflets['new customers']) * 2).toBeLessThan(media.leaflets.newCustomers);
    } finally {
      close();
    }
  });
});

describe('the notebook of key figures on faulty orders', { timeout: 60_000 }, () => {
  const good = `SELECT i % 40 AS customer, i AS order_no, DATE '2025-01-01' + i::INTEGER AS day, 10.0 + i % 7 AS revenue FROM range(200) t(i)`;

  it('names refunds, free orders, days to come, rows that lack something and a missing margin, and goes on', async () => {
    const ran = await runOn(`SELECT customer, order_no, day::TIMESTAMP AS moment, revenue, NULL AS margin FROM (
      ${good}
      UNION ALL SELECT 1, 1, DATE '2025-01-05', -11.0
      UNION ALL SELECT 2, 2, DATE '2025-01-05', -2.0
      UNION ALL SELECT 3, 900, DATE '2999-01-01', 10.0
      UNION ALL SELECT 3, 901, DATE '2025-02-01', 0.0
      UNION ALL SELECT NULL, 902, DATE '2025-02-01', 5.0)`);
    const { source } = valueOf(ran, 'warnings') as RichText;
    for (const name of ['incomplete-rows', 'refunds', 'free-orders', 'future-dates', 'no-margin']) {
      expect(source).toContain(`**${name}**`);
    }
    // Order 1 is gone, order 2 is less; 201 orders are left of 40 customers.
    const [shop] = (valueOf(ran, 'figures') as Rows).toArray().filter((row) => row.kind === 'shop');
    expect(shop).toMatchObject({ customers: 40, orders: 201 });
    expect(source).toMatch(/^201 orders of 40 customers/);
    expect(valueOf(ran, 'list')).toEqual([]);
    expect(textOf(ran)).toContain('**Bring the spend of each channel**');
    expect(textOf(ran)).not.toMatch(/undefined|NaN|null|Infinity/);
  });

  it('says that one customer is too few', async () => {
    const one = `SELECT 7 AS customer, 1 AS order_no, TIMESTAMP '2025-01-01' AS moment, 5.0 AS revenue, 1.0 AS margin`;
    await expect(runOn(one)).rejects.toThrow('Key figures need at least two customers; there are 1.');
  });

  it('says of a figure that needs a missing column that there is nothing to show', async () => {
    const ran = await runOn(
      `SELECT customer, order_no, day::TIMESTAMP AS moment, revenue, NULL AS margin FROM (${good})`,
      {
        Figure: 'Margin of revenue (%)',
      },
    );
    expect(textOf(ran)).toContain('**Margin of revenue (%)** needs a column that is empty here');
  });
});

describe.skipIf(!existsSync(cdnow))('its SQL on CDNOW (shared/reference/customers, case 05)', () => {
  it('has the key figures of the shop and of each month', async () => {
    const reference = JSON.parse(
      readFileSync(join(shared, 'reference/customers/out/05_kpi_cdnow_master.json'), 'utf8'),
    ) as {
      overall: Record<string, number>;
      monthly: Record<string, Record<string, number>>;
      pareto: { top20pct_revenue_share: number };
    };
    const db = await database();
    try {
      await db.run(`CREATE TABLE mapped AS SELECT cid AS customer, row_number() OVER () AS order_no, date AS moment,
        amt AS revenue, NULL::DOUBLE AS margin, NULL AS channel FROM read_csv('${cdnow}')`);
      await runCells(db, notebook, ['bought', 'checks', 'buyers', 'figures', 'overall', 'months'], '');
      const { overall: shop } = reference;
      const [figures] = await rowsOf(db, "FROM figures WHERE kind = 'shop'");
      expect(figures).toMatchObject({ orders: shop.orders, customers: shop.customers });
      expect(Number(figures!.revenue)).toBeCloseTo(shop.revenue!, 2);
      expect(Number(figures!.order_value)).toBeCloseTo(shop.aov!, 8);
      expect(Number(figures!.frequency)).toBeCloseTo(shop.frequency!, 8);
      expect(Number(figures!.revenue_a_customer)).toBeCloseTo(shop.arpc!, 8);
      expect(Number(figures!.repeat_rate)).toBeCloseTo(shop.repeat_customer_rate!, 10);
      const [overall] = await rowsOf(db, 'FROM overall');
      expect(overall!.days_between_orders).toBe(shop.median_interpurchase_days);
      expect(Number(overall!.share_of_top_fifth)).toBeCloseTo(reference.pareto.top20pct_revenue_share, 8);
      expect((await rowsOf(db, 'FROM checks'))[0]).toMatchObject({ free_orders: shop.zero_value_orders, refunds: 0 });

      // The segments are those of the RFM notebook.
      const { segments_cumedist: known } = JSON.parse(
        readFileSync(join(shared, 'reference/customers/out/03_rfm_cdnow_master.json'), 'utf8'),
      ) as { segments_cumedist: { segment: string; n: number; revenue: number }[] };
      const segments = await rowsOf(db, "FROM figures WHERE kind = 'segment' ORDER BY name");
      expect(segments.map(({ name, customers }) => [name, customers])).toEqual(
        known.map(({ segment, n }) => [segment, n]),
      );

      const months = await rowsOf(db, 'FROM months');
      expect(months.map(({ month }) => month)).toEqual(Object.keys(reference.monthly));
      for (const row of months) {
        const { aov, arpc, revenue, frequency, ...counts } = reference.monthly[row.month as string]!;
        expect(row).toMatchObject(counts);
        expect(Number(row.revenue)).toBeCloseTo(revenue!, 2);
        expect(Number(row.order_value)).toBeCloseTo(aov!, 8);
        expect(Number(row.frequency)).toBeCloseTo(frequency!, 8);
        expect(Number(row.revenue_a_customer)).toBeCloseTo(arpc!, 8);
      }
    } finally {
      db.closeSync();
    }
  });
});
