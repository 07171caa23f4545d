import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedElsewhere } from '../../src/app/fits/consent';
import { FITS, fitsOf } from '../../src/app/fits/of-one';
import { adsOf, twoFitsOf } from '../../src/app/fits/of-two';
import { fitted, fittedTwo } from '../../src/app/fits/write';
import { currenciesOf } from '../../src/app/fits/parts';
import { seededRandom } from '../../src/base/random';
import { Element } from '../../src/kernel/worker/dom/node';
import { RichText } from '../../src/kernel/worker/markdown';
import type { Rows } from '../../src/kernel/worker/rows';
import { define } from '../../src/language/define';
import { parseNotebook } from '../../src/notebook/parse';
import type { DataEntry } from '../../src/session/data-files';
import { rhythmOf, rhythmQuery } from '../../src/session/rhythm';
import type { ColumnMapping } from '../../src/session/relink';
import { database, rowsOf } from '../demo/native';
import { runNotebook, type Ran } from '../demo/run-notebook';

const DAY = 86_400_000;
const BEGUN = Date.UTC(2025, 0, 6);
const WEEKS = 60;
const PRODUCTS = ['Espresso', 'Filter', 'Decaf', 'Grinder', 'Cups', 'Filters'];

interface Order {
  readonly no: string;
  readonly customer: string;
  readonly at: Date;
  readonly total: number;
  readonly refund: number;
  readonly currency: string;
  readonly status: string;
  readonly lines: readonly string[];
}

/** A shop whose customers come again, with orders paid back, never paid, and paid in another currency. */
function shop(): readonly Order[] {
  const random = seededRandom(11);
  const orders: Order[] = [];
  for (let person = 0; person < 260; person++) {
    const favourite = PRODUCTS[person % PRODUCTS.length]!;
    let at = BEGUN + (person / 260) * WEEKS * 5 * DAY;
    while (at < BEGUN + WEEKS * 7 * DAY) {
      const total = Math.round(1000 + 6000 * random.uniform()) / 100;
      const fate = random.uniform();
      const lines = [favourite, ...PRODUCTS.filter(() => random.uniform() < 0.2)];
      orders.push({
        no: `#${1001 + orders.length}`,
        customer: `c${person}@example.com`,
        at: new Date(Math.floor(at / 60_000) * 60_000),
        total,
        refund: fate < 0.05 ? total : fate < 0.1 ? Math.round(total * 30) / 100 : 0,
        currency: fate > 0.97 ? 'CHF' : 'EUR',
        status: fate > 0.93 && fate < 0.96 ? 'voided' : fate < 0.05 ? 'refunded' : 'paid',
        lines,
      });
      if (random.uniform() < 0.15) break;
      at += (10 + 60 * random.uniform()) * DAY;
    }
  }
  return orders;
}

const stamp = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** An address as it is typed at one time and another. */
const typed = (address: string, at: number): string => [address, address.toUpperCase(), ` ${address} `][at % 3]!;

/** As such an export stands in the table: a row a line, the order's amounts on its first. */
function shopCsv(orders: readonly Order[], consent: boolean): string {
  const header = [
    'name',
    'email',
    'financial_status',
    'currency',
    'total',
    'created_at',
    'refunded_amount',
    'lineitem_name',
    'lineitem_quantity',
    'source',
    ...(consent ? ['accepts_marketing'] : []),
  ];
  const rows = orders.flatMap((order, at) =>
    order.lines.map((line, i) => [
      order.no,
      typed(order.customer, at),
      order.status,
      order.currency,
      i === 0 ? order.total : '',
      stamp(order.at),
      i === 0 ? order.refund : '',
      line,
      1,
      'web',
      ...(consent ? [Number(order.customer.replace(/\D/g, '')) % 2 ? 'yes' : 'no'] : []),
    ]),
  );
  return [header, ...rows].map((row) => row.join(',')).join('\n');
}

const ADS = {
  meta: Array.from({ length: WEEKS * 7 }, (_, i) => ({
    day: dayOf(new Date(BEGUN + i * DAY)),
    name: i % 2 ? 'Prospecting' : 'Retargeting',
    cost: 20 + (i % 11),
  })),
  // Paused on each ninth day.
  google: Array.from({ length: WEEKS * 7 }, (_, i) => ({
    day: dayOf(new Date(BEGUN + i * DAY)),
    name: 'Brand',
    cost: 30 + ((i * 7) % 13),
  })).filter((_, i) => i % 9 !== 0),
};

/** A table of the database as the page knows a file that it has read. */
async function entryOf(db: DuckDBConnection, table: string): Promise<DataEntry> {
  // Where a template has a cell of the table's name, the page gives the table another.
  await db.run(`CREATE OR REPLACE VIEW ${table}_file AS FROM ${table}`);
  const described = await rowsOf(db, `DESCRIBE ${table}`);
  const columns = described.map((row) => ({
    name: String(row.column_name),
    source: String(row.column_name),
    type: String(row.column_type),
  }));
  const profiled = await Promise.all(
    columns.map(async ({ name, type }) => {
      const counted = await rowsOf(
        db,
        `SELECT ${name}::VARCHAR AS v, count(*) AS n FROM ${table} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY n DESC, v`,
      );
      const [least] = await rowsOf(db, `SELECT min(${name})::VARCHAR AS v FROM ${table}`);
      const top = counted.slice(0, 8).map(({ v, n }) => ({ value: String(v), count: Number(n) }));
      return {
        name,
        type,
        nulls: 0,
        distinct: counted.length,
        approximate: false,
        min: String(least!.v),
        ...(type === 'VARCHAR' && { top }),
      };
    }),
  );
  const [{ n: rows }] = (await rowsOf(db, `SELECT count(*) AS n FROM ${table}`)) as [{ n: number }];
  return {
    node: table,
    fileName: `${table}.csv`,
    table,
    status: 'ready',
    revision: 1,
    plan: { columns },
    profile: { rows, columns: profiled },
    ingested: { relation: { name: table, columns, rows } },
  } as unknown as DataEntry;
}

const templateOf = (name: string): string =>
  readFileSync(join(import.meta.dirname, `../../notebooks/${name}.nb.md`), 'utf8');

describe('templates over another shop’s files', { timeout: 120_000 }, () => {
  const orders = shop();
  const paid = orders.filter(({ status, currency }) => status !== 'voided' && currency === 'EUR');
  const counted = paid.filter(({ total, refund }) => total - refund > 0.005);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  let db: DuckDBConnection;
  let folder: string;
  let entries: Record<'shop' | 'asking' | 'meta' | 'google', DataEntry>;

  beforeAll(async () => {
    db = await database();
    folder = mkdtempSync(join(tmpdir(), 'fits-'));
    const files = {
      shop: shopCsv(orders, false),
      asking: shopCsv(orders, true),
      meta: ['day,campaign_name,amount_spent', ...ADS.meta.map(({ day, name, cost }) => `${day},${name},${cost}`)].join(
        '\n',
      ),
      google: ['day,campaign,cost', ...ADS.google.map(({ day, name, cost }) => `${day},${name},${cost}`)].join('\n'),
    };
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, `${name}.csv`), text);
      await db.run(`CREATE TABLE ${name} AS FROM read_csv('${join(folder, name)}.csv')`);
    }
    entries = {
      shop: await entryOf(db, 'shop'),
      asking: await entryOf(db, 'asking'),
      meta: await entryOf(db, 'meta'),
      google: await entryOf(db, 'google'),
    };
  });
  afterAll(() => {
    db.closeSync();
    rmSync(folder, { recursive: true });
  });

  async function run(text: string): Promise<readonly Ran[]> {
    const path = join(folder, 'fitted.nb.md');
    writeFileSync(path, text);
    return runNotebook(path, db);
  }
  const over = async (entry: DataEntry, template: string, chosen: ColumnMapping = {}): Promise<readonly Ran[]> => {
    const found = fitsOf(entry).find(({ fit }) => fit.template === template)!;
    return run(fitted(templateOf(template), found, { ...found.half.proposed, ...chosen }));
  };
  const overAll = async (template: string, without?: string): Promise<readonly Ran[]> => {
    const found = twoFitsOf(
      entries.shop,
      Object.values(entries).filter(({ table }) => table !== 'asking'),
    ).find(({ fit }) => fit.template === template)!;
    const spends = found.spends.map(({ entry, proposed }) =>
      entry.table === without ? { ...proposed, spend: undefined } : proposed,
    );
    return run(fittedTwo(templateOf(template), found, { orders: found.orders.proposed, spends }));
  };
  const rows = (ran: readonly Ran[], id: string) => (ran.find(({ cell }) => cell.id === id)!.value as Rows).toArray();
  const text = (ran: readonly Ran[], id: string): string => {
    const { value } = ran.find(({ cell }) => cell.id === id)!;
    return value instanceof RichText ? value.source : value instanceof Element ? value.textContent : String(value);
  };

  it('have every kind of order in the made-up shop', () => {
    expect(paid.length - counted.length).toBeGreaterThan(20);
    expect(orders.length - paid.length).toBeGreaterThan(40);
    expect(currenciesOf(entries.shop).map(({ code }) => code)).toEqual(['EUR', 'CHF']);
    expect(fitsOf(entries.shop).map(({ fit }) => fit.template)).toEqual(FITS.map(({ template }) => template));
  });

  it('count an order that was paid back in full as none, and leave out what was never paid or is in another currency', async () => {
    const back = paid.length - counted.length;
    const retention = await over(entries.shop, 'retention-cohorts');
    expect(rows(retention, 'placed')).toHaveLength(counted.length);
    expect(sum(rows(retention, 'placed').map(({ revenue }) => Number(revenue)))).toBeCloseTo(
      sum(counted.map(({ total, refund }) => total - refund)),
      6,
    );
    expect(text(retention, 'checked')).toContain(`${paid.length.toLocaleString('en')} orders`);
    expect(text(retention, 'checked')).toContain(`${back} paid back in full, 0 without`);
    expect(text(retention, 'leftout')).toMatch(
      /^\*\*Only amounts in EUR are counted\.\*\* shop\.csv also holds \d+ rows in CHF/,
    );
    expect(text(retention, 'leftout')).toContain('Customers are told apart by their e-mail addresses in `email`');
    // A source that is the same for all compares nothing.
    expect(new Set(rows(retention, 'placed').map(({ began }) => began))).toEqual(new Set(['all']));

    const value = await over(entries.shop, 'customer-value');
    expect(text(value, 'checked')).toContain(`${back} paid back in full, 0 without`);
    expect(rows(value, 'histories')).toHaveLength(new Set(counted.map(({ customer }) => customer)).size);
    expect(text(value, 'leftout')).toContain('`refunded_amount`, is taken off on the day of its order');
    expect(value.find(({ cell }) => cell.source.includes('last four lines'))).toBeUndefined();
  });

  it('make RFM audiences without a file of customers, and write to nobody of whom no consent is known', async () => {
    const unasked = await over(entries.shop, 'rfm-audiences');
    expect(rows(unasked, 'bought')).toHaveLength(counted.length);
    const people = new Set(counted.map(({ customer }) => customer)).size;
    expect(text(unasked, 'warnings')).toContain(`of ${people} customers nothing says whether they may be written to`);
    expect(text(unasked, 'warnings')).not.toContain('incomplete');
    expect(text(unasked, 'warnings')).toContain(`${paid.filter(({ refund }) => refund > 0).length} rows are negative`);
    expect(rows(unasked, 'list')).toHaveLength(0);
    expect(text(unasked, 'recommendation')).toContain('nothing says whether they agreed');
    // Each line of an order counts for what is bought, not only the one that has its amount.
    const kinds = rows(unasked, 'kinds');
    expect(kinds).toHaveLength(people);
    const right = kinds.filter(({ customer, kind }) => {
      const favourite = PRODUCTS[Number(String(customer).replace(/\D/g, '')) % PRODUCTS.length];
      return kind === favourite;
    });
    expect(right.length / kinds.length).toBeGreaterThan(0.6);

    const asked = await over(entries.asking, 'rfm-audiences');
    const list = rows(asked, 'list');
    expect(list.length).toBeGreaterThan(5);
    expect(list.every(({ customer }) => Number(String(customer).replace(/\D/g, '')) % 2 === 1)).toBe(true);
    expect(text(asked, 'warnings')).not.toContain('no-consent-known');
  });

  it('score who falls silent and who buys again, from orders alone', async () => {
    // Those who stopped are many here, and each customer comes for long enough to be learnt from.
    await db.run(`CREATE OR REPLACE TABLE long_shop AS
      SELECT 'o' || c || '-' || k AS order_no, 'c' || c AS customer_id, TIMESTAMP '2023-01-02 10:00:00' + INTERVAL (c % 120 + k * (15 + c % 30)) DAY AS ordered_at,
        20 + (c * 7 + k) % 30 AS revenue, ['Espresso', 'Filter', 'Decaf'][1 + (c + k) % 3] AS product, CASE WHEN c % 2 = 0 THEN 'yes' ELSE 'no' END AS newsletter
      FROM range(900) AS cs(c), range(40) AS ks(k)
      WHERE k <= (c * 13) % 29 AND c % 120 + k * (15 + c % 30) < 700`);
    const entry = await entryOf(db, 'long_shop');
    const churn = await over(entry, 'churn-score');
    const listed = churn.find(({ cell }) => cell.id === 'list')!.value as { customer: string }[];
    expect(listed.length).toBeGreaterThan(5);
    expect(listed.every(({ customer }) => Number(customer.slice(1)) % 2 === 0)).toBe(true);
    expect(text(churn, 'advice')).toMatch(/Write to \d+ customers/);
    const quiet = await over(entry, 'churn-score', { may_write: undefined });
    expect(text(quiet, 'advice')).toMatch(/Write to nobody yet\.\*\* A letter would pay with [\d,]+ customers/);

    // New customers come all along, of whom every third stays away.
    await db.run(`CREATE OR REPLACE TABLE new_buyers AS
      SELECT 'o' || c || '-' || k AS order_no, 'c' || c AS customer_id, DATE '2023-01-02' + (c * 7 % 680 + k * (5 + hash(c + 7) % 40))::INTEGER AS date,
        20 + hash(c * 9 + k) % 30 AS revenue, CASE WHEN c % 2 = 0 THEN 'yes' ELSE 'no' END AS newsletter
      FROM range(1500) AS cs(c), range(3) AS ks(k)
      WHERE (k = 0 OR hash(c) % 3 > 0) AND c * 7 % 680 + k * (5 + hash(c + 7) % 40) < 700`);
    const leads = await over(await entryOf(db, 'new_buyers'), 'lead-score');
    expect(rows(leads, 'map')).toHaveLength(1500);
    expect(text(leads, 'advice')).not.toMatch(/undefined|NaN|Infinity/);
    for (const ran of [churn, quiet, leads]) expect(ran.some(({ cell }) => cell.id === 'truth')).toBe(false);
  });

  it('read a file that is called as one of their own cells', async () => {
    await db.run('CREATE OR REPLACE TABLE sales AS FROM shop');
    const value = await over(await entryOf(db, 'sales'), 'customer-value');
    expect(rows(value, 'histories')).toHaveLength(new Set(counted.map(({ customer }) => customer)).size);
  });

  it('add up the key figures of orders alone', async () => {
    const figures = await over(entries.shop, 'key-figures');
    const shopOf = rows(figures, 'figures').find(({ kind }) => kind === 'shop')!;
    expect(shopOf.orders).toBe(counted.length);
    expect(shopOf.revenue).toBeCloseTo(sum(counted.map(({ total, refund }) => total - refund)), 1);
    expect(text(figures, 'recommendation')).toContain('Bring the spend of each channel');
    expect(figures.map(({ cell }) => cell.source).join('\n')).toContain('No file of ads is read here');
    expect(figures.map(({ cell }) => cell.source).join('\n')).not.toMatch(/bakery|leaflets/);
  });

  it('set what was spent on some days against the new customers of those days', async () => {
    const until = dayOf(new Date(BEGUN + 20 * 7 * DAY));
    await db.run(`CREATE OR REPLACE TABLE half_year AS FROM meta WHERE day <= '${until}'`);
    const found = fitsOf(entries.shop).find(({ fit }) => fit.template === 'key-figures')!;
    const ads = adsOf([await entryOf(db, 'half_year')]);
    const mapped = { spends: ads.spends.map(({ proposed }) => proposed) };
    const written = fitted(templateOf('key-figures'), found, found.half.proposed, { ads: { found: ads, mapped } });
    const ran = await run(written.replaceAll('NULL::DOUBLE AS margin', '10 AS margin'));
    const list = ran.find(({ cell }) => cell.id === 'list')!.value as Record<string, unknown>[];
    const firsts = new Map(
      counted
        .toSorted((one, other) => Number(other.at) - Number(one.at))
        .map(({ customer, at }) => [customer, dayOf(at)]),
    );
    const come = [...firsts.values()].filter((day) => day <= until).length;
    expect(come).toBeLessThan(firsts.size);
    const spend = sum(ADS.meta.filter(({ day }) => day <= until).map(({ cost }) => cost));
    expect(list.map(({ channel }) => channel)).toEqual(['all channels']);
    expect(list[0]).toMatchObject({ 'spend (€)': spend, 'new customers': come });
    expect(list[0]!['CAC (€)']).toBeCloseTo(spend / come, 2);
    expect(text(ran, 'recommendation')).toMatch(/^- \*\*A new customer costs €[\d.]+\*\* and brings back €/);
    expect(ran.map(({ cell }) => cell.source).join('\n')).not.toContain('No file of ads');
  });

  it('choose a next purchase, with a third of a short file held back', async () => {
    const next = await over(entries.asking, 'next-purchase');
    expect(text(next, 'split')).toMatch(/^\d[\d,]* baskets before, \d+ held back, 6 products/);
    expect(text(next, 'advice')).not.toMatch(/undefined|NaN|Infinity/);
    expect(rows(next, 'people').filter(({ may_write }) => may_write).length).toBeGreaterThan(50);
  });

  it('take no line of an order that was voided or paid back in full, as an export says on its first row alone', async () => {
    const path = join(folder, 'baskets.csv');
    const lines = [
      '#1001,ann@example.com,paid,EUR,20,0,Loaf',
      '#1001,ann@example.com,,,,,Roll',
      '#1002,ann@example.com,voided,EUR,30,0,Cake',
      '#1002,ann@example.com,,,,,Tart',
      '#1003,bo@example.com,refunded,EUR,12,12,Loaf',
      '#1003,bo@example.com,,,,,Cake',
      '#1004,bo@example.com,partially_refunded,EUR,12,5,Roll',
      '#1005,bo@example.com,paid,CHF,0,0,Gift',
    ].map((line, i) => `${line},2026-03-0${i + 1},1`);
    const header =
      'name,email,financial_status,currency,total,refunded_amount,lineitem_name,created_at,lineitem_quantity';
    writeFileSync(path, [header, ...lines].join('\n'));
    await db.run(`CREATE TABLE baskets AS FROM read_csv('${path}')`);
    const found = fitsOf(await entryOf(db, 'baskets')).find(({ fit }) => fit.template === 'next-purchase')!;
    const { notebook } = parseNotebook(fitted(templateOf('next-purchase'), found, found.half.proposed));
    const sourceOf = (id: string): string => notebook.cells.find((cell) => cell.id === id)!.source;
    const taken = await rowsOf(db, `SELECT basket, item FROM (${sourceOf('lines')}) ORDER BY ALL`);
    expect(taken.map(({ basket, item }) => `${basket} ${item}`)).toEqual([
      '#1001 Loaf',
      '#1001 Roll',
      '#1004 Roll',
      '#1005 Gift',
    ]);
    expect(sourceOf('leftout')).toContain(
      'Orders of which all of `total` was paid back in `refunded_amount` are left out.',
    );
    expect(sourceOf('leftout')).not.toContain('Only amounts in');
  });

  it.each([
    ['USD', 'Total', '$', 'Cost per order ($)', 'each $1'],
    ['GBP', 'Total', '£', 'Cost per order (£)', 'each £1'],
    ['CHF', 'Total', 'CHF\u00a0', 'Cost per order (CHF)', 'each CHF\u00a01'],
    ['', 'Total (SEK)', 'SEK\u00a0', 'Cost per order (SEK)', 'each SEK\u00a01'],
  ])('write amounts in %s, or as %s says', async (code, header, amount, name, prose) => {
    const columns = code === '' ? 'EXCLUDE (currency)' : `REPLACE ('${code}' AS currency)`;
    await db.run(`CREATE OR REPLACE TABLE abroad AS SELECT * ${columns} FROM shop`);
    const entry = await entryOf(db, 'abroad');
    const plan = entry.plan!.columns.map((column) =>
      column.name === 'total' ? { ...column, source: header } : column,
    );
    const abroad = { ...entry, plan: { ...entry.plan, columns: plan } } as DataEntry;
    const found = twoFitsOf(abroad, [abroad, entries.meta]);
    const textOf = (template: string): string => {
      const two = found.find(({ fit }) => fit.template === template)!;
      const mapped = { orders: two.orders.proposed, spends: two.spends.map(({ proposed }) => proposed) };
      return fittedTwo(templateOf(template), two, mapped);
    };
    const weekly = await run(textOf('weekly-performance'));
    expect(weekly.map(({ value }) => value).join('\n')).toContain(`: ${amount}`);
    expect(weekly.find(({ cell }) => cell.id === 'figures')!.cell.source).toContain(name);
    const mix = textOf('marketing-mix');
    expect(mix).toContain(`Before the data, ${prose} is believed`);
    expect(mix).toContain(`currency: '${code || 'SEK'}'`);
    expect(`${textOf('weekly-performance')}${mix}`).not.toMatch(/€|Nothing in .* says which currency/);
  });

  it('say where nothing tells the currency, and that sales may hold tax and postage', async () => {
    const path = join(folder, 'plain.csv');
    writeFileSync(path, 'order_no,customer,date,total,taxes,shipping\n1,ann,2026-03-01,20,1.2,4.95\n');
    await db.run(`CREATE TABLE plain AS FROM read_csv('${path}')`);
    const found = fitsOf(await entryOf(db, 'plain')).find(({ fit }) => fit.template === 'customer-value')!;
    const noteOf = (mapping: ColumnMapping): string => {
      const { notebook } = parseNotebook(fitted(templateOf('customer-value'), found, mapping));
      return notebook.cells.find(({ id }) => id === 'leftout')!.source;
    };
    expect(noteOf(found.half.proposed)).toContain('Nothing in plain.csv says which currency its amounts are in.');
    expect(noteOf(found.half.proposed)).toContain(
      'Where that holds `taxes` and `shipping`, so do the figures below; write `total - taxes - shipping` for `total`',
    );
  });

  it('set the sales against the spend of every file of ads, days without any included', async () => {
    const weekly = await overAll('weekly-performance');
    const week = rows(weekly, 'weeks').at(-1)!;
    const from = (week.week as Date).getTime();
    const within = (at: number): boolean => at >= from && at < from + 7 * DAY;
    expect(rows(weekly, 'weeks')).toHaveLength(WEEKS);
    const spent = (ads: (typeof ADS)['meta']): number =>
      sum(ads.filter(({ day }) => within(Date.parse(day))).map(({ cost }) => cost));
    expect(week.spend).toBe(spent(ADS.meta) + spent(ADS.google));
    const inWeek = paid.filter(({ at }) => within(at.getTime()));
    expect(week.sales).toBeCloseTo(sum(inWeek.map(({ total, refund }) => total - refund)), 6);
    expect(week.orders).toBe(counted.filter(({ at }) => within(at.getTime())).length);

    const left = rows(await overAll('weekly-performance', 'google'), 'weeks').at(-1)!;
    expect(left.spend).toBe(spent(ADS.meta));
  });

  it('spread what was spent in a week or a month over its days, and count Google’s millionths', async () => {
    const sundays = Array.from({ length: WEEKS - 1 }, (_, i) => dayOf(new Date(BEGUN + (7 * i - 1) * DAY)));
    const firsts = Array.from({ length: 14 }, (_, i) => dayOf(new Date(Date.UTC(2025, i, 1))));
    for (const [name, text] of Object.entries({
      by_week: ['week,campaign,cost', ...sundays.map((day, i) => `${day},Brand,${700 + 7 * i}`)].join('\n'),
      by_month: ['month,campaign_name,metrics_cost_micros', ...firsts.map((day) => `${day},Brand,${310e6}`)].join('\n'),
      by_day: [
        'reporting_starts,reporting_ends,campaign_name,amount_spent_gbp',
        ...ADS.meta.map(({ day, name, cost }) => `${day},${day},${name},${cost}`),
      ].join('\n'),
      by_span:
        'span,campaign_name,amount_spent_gbp\n2025-01-06 - 2025-02-05,Brand,300\n2025-02-06 - 2025-03-05,Brand,300',
    })) {
      writeFileSync(join(folder, `${name}.csv`), text);
      await db.run(`CREATE OR REPLACE TABLE ${name} AS FROM read_csv('${join(folder, name)}.csv', header = true)`);
    }
    const ads = await Promise.all(['by_week', 'by_month', 'by_day', 'by_span'].map((name) => entryOf(db, name)));
    const found = twoFitsOf(entries.shop, [entries.shop, ...ads]).find(
      ({ fit }) => fit.template === 'weekly-performance',
    )!;
    expect(found.spends.map(({ entry }) => entry.table)).toEqual(['by_week', 'by_month', 'by_day']);
    expect(found.undated.map(({ table }) => table)).toEqual(['by_span']);
    const rhythms = await Promise.all(
      found.spends.map(async ({ entry, proposed }) => {
        const [row] = await rowsOf(db, rhythmQuery(entry.table, proposed.day!));
        return rhythmOf(row as Parameters<typeof rhythmOf>[0]);
      }),
    );
    expect(rhythms).toEqual(['week', 'month', 'day']);
    const mapped = { orders: found.orders.proposed, spends: found.spends.map(({ proposed }) => proposed), rhythms };
    const ran = await run(fittedTwo(templateOf('weekly-performance'), found, mapped));
    // The second week, in January: six days of one week of Sundays and one of the next.
    const week = rows(ran, 'weeks')[1]!;
    const meta = ADS.meta.slice(7, 14).map(({ cost }) => cost);
    expect(week.spend).toBeCloseTo((6 * 707 + 714) / 7 + 7 * 10 + sum(meta), 6);
    expect(text(ran, 'leftoutspend1')).toContain(
      'by_week.csv has one day a week: what was spent is spread evenly over the seven days',
    );
    expect(text(ran, 'leftoutspend2')).toContain('by_month.csv has one day a month');
    expect(text(ran, 'notcounted')).toContain('**by_span.csv is not counted.** It looks like advertising');
  });

  it('say where ads are paid in another currency than the orders', async () => {
    const [found] = twoFitsOf(entries.shop, [entries.shop, entries.meta]);
    const dollars = { ...entries.meta, plan: { columns: [{ name: 'amount_spent', source: 'Amount spent (USD)' }] } };
    const noteOf = (entry: DataEntry): string | undefined => {
      const spends = [{ ...found!.spends[0]!, entry }];
      const mapped = { orders: found!.orders.proposed, spends: spends.map(({ proposed }) => proposed) };
      const { notebook } = parseNotebook(fittedTwo(templateOf(found!.fit.template), { ...found!, spends }, mapped));
      return notebook.cells.find(({ id }) => id === 'leftoutspend1')?.source;
    };
    expect(noteOf(entries.meta)).toBeUndefined();
    expect(noteOf(dollars as unknown as DataEntry)).toMatch(/^\*\*meta\.csv is in USD, the orders are in EUR\.\*\*/);
  });

  it('make each file of ads a channel of the mix, and keep weeks in which one was paused', async () => {
    const mix = await overAll('marketing-mix');
    const weekly = rows(mix, 'weekly');
    expect(weekly).toHaveLength(WEEKS);
    expect(sum(weekly.map(({ meta }) => Number(meta)))).toBe(sum(ADS.meta.map(({ cost }) => cost)));
    expect(sum(weekly.map(({ google }) => Number(google)))).toBe(sum(ADS.google.map(({ cost }) => cost)));
    expect(sum(weekly.map(({ sales }) => Number(sales)))).toBeCloseTo(
      sum(paid.map(({ total, refund }) => total - refund)),
      4,
    );
    expect(text(mix, 'nomargin')).toContain('margin');
  });

  it('run the mix over ten weeks, and say that they are too few', async () => {
    const until = dayOf(new Date(BEGUN + 70 * DAY));
    await db.run(`CREATE TABLE young AS FROM shop WHERE created_at < '${until}'`);
    await db.run(`CREATE TABLE young_ads AS FROM meta WHERE day < '${until}'`);
    const young = [await entryOf(db, 'young'), await entryOf(db, 'young_ads')];
    const found = twoFitsOf(young[0]!, young).find(({ fit }) => fit.template === 'marketing-mix')!;
    const mapped = { orders: found.orders.proposed, spends: found.spends.map(({ proposed }) => proposed) };
    const mix = await run(fittedTwo(templateOf('marketing-mix'), found, mapped));
    expect(rows(mix, 'weekly')).toHaveLength(10);
    const { shown } = mix.find(({ cell }) => cell.id === 'short')!;
    expect((shown[0] as RichText).source).toContain('**10 weeks are too few to go by.**');
    expect(text(mix, 'forecast')).toMatch(/Of the 2 weeks/);
    // The section that holds the bakery's truth alone goes.
    expect(text(mix, 'advice')).toContain('Be ready to be wrong');
    expect(mix.some(({ value }) => String(value).includes('Beside the truth'))).toBe(false);
    expect(mix.at(-1)!.value).toMatch(/would change this plan more than another year/);
  });

  it('go by the status where no column says what was paid back, and say what it does not tell', async () => {
    const states = ['Abgeschlossen', 'In Bearbeitung', 'Storniert', 'Rückerstattet', 'Teilweise erstattet'];
    const lines = states.map((status, i) => `${10001 + i},2024-03-0${i + 1},${status},k${i}@example.de,${10 ** i}`);
    const path = join(folder, 'woo.csv');
    writeFileSync(path, ['bestellnummer,bestelldatum,status,kunde,gesamtbetrag', ...lines].join('\n'));
    await db.run(`CREATE TABLE woo AS FROM read_csv('${path}')`);
    const found = fitsOf(await entryOf(db, 'woo')).find(({ fit }) => fit.template === 'customer-value')!;
    const { notebook } = parseNotebook(fitted(templateOf('customer-value'), found, found.half.proposed));
    const sourceOf = (id: string): string => notebook.cells.find((cell) => cell.id === id)!.source;
    const counted = await rowsOf(db, `SELECT revenue::INTEGER AS revenue FROM (${sourceOf('map')}) ORDER BY 1`);
    expect(counted.map(({ revenue }) => revenue)).toEqual([1, 10, 10_000]);
    expect(sourceOf('leftout')).toContain(
      'were cancelled, voided, never placed or paid back in full are left out: `Storniert` and `Rückerstattet`. Counted are orders that are `Teilweise erstattet`, `Abgeschlossen` and `In Bearbeitung`',
    );
    expect(sourceOf('leftout')).toContain('**Some orders were paid back in part, and woo.csv does not say how much.**');
  });

  it('take off what is paid back in rows of its own, and count it with the order or line that it belongs to', async () => {
    const lines = [
      // Paid back as a whole, in part by a line, by the status alone, and by a note that cancels it.
      'b1,ann,2026-01-01,Loaf,20,paid',
      'b1,ann,2026-01-09,Loaf,-20,refund',
      'b2,ann,2026-01-02,Loaf,30,paid',
      'b2,ann,2026-01-02,Cake,12,paid',
      'b2,ann,2026-01-08,Cake,-12,refund',
      'b3,bo,2026-01-03,Loaf,40,refunded',
      'b4,bo,2026-01-04,Roll,50,paid',
      'b4,bo,2026-01-05,Roll,-50,storno',
      'b5,bo,2026-01-06,Roll,60,cancelled',
      'b6,cy,2026-01-07,Roll,70,paid',
      'b6,cy,2026-01-07,Cake,,returned',
    ];
    const path = join(folder, 'rowed.csv');
    writeFileSync(path, ['order_no,customer,date,product,revenue,status', ...lines].join('\n'));
    await db.run(`CREATE OR REPLACE TABLE rowed AS FROM read_csv('${path}')`);
    const entry = await entryOf(db, 'rowed');
    const sourceOf = (template: string, cell: string): string => {
      const found = fitsOf(entry).find(({ fit }) => fit.template === template)!;
      const { notebook } = parseNotebook(fitted(templateOf(template), found, found.half.proposed));
      return notebook.cells.find(({ id }) => id === cell)!.source;
    };
    const sums = await rowsOf(
      db,
      `SELECT order_no, sum(revenue)::INTEGER AS paid FROM (${sourceOf('customer-value', 'map')}) GROUP BY ALL ORDER BY ALL`,
    );
    expect(sums.map(({ order_no, paid }) => `${order_no} ${paid}`)).toEqual(['b1 0', 'b2 30', 'b4 0', 'b6 70']);
    const kept = await rowsOf(
      db,
      `SELECT basket, item, sum(amount)::INTEGER AS n FROM (${sourceOf('next-purchase', 'lines')}) GROUP BY ALL HAVING n > 0 ORDER BY ALL`,
    );
    expect(kept.map(({ basket, item }) => `${basket} ${item}`)).toEqual(['b2 Loaf', 'b6 Roll']);
    expect(sourceOf('customer-value', 'leftout')).toContain('are left out: `cancelled`, ');
    expect(sourceOf('customer-value', 'leftout')).toContain(
      ', unless rows below 0 take them off. Counted are orders that are `paid`',
    );

    // With an amount of things beside the money, the money says what came back.
    await db.run(`CREATE OR REPLACE TABLE rowed AS SELECT *, 1 AS quantity FROM rowed`);
    const counted = fitsOf(await entryOf(db, 'rowed')).find(({ fit }) => fit.template === 'next-purchase')!;
    expect(counted.half.proposed.amount).toBe('quantity');
    const { notebook } = parseNotebook(fitted(templateOf('next-purchase'), counted, counted.half.proposed));
    const [loaf] = await rowsOf(
      db,
      `SELECT sum(amount)::INTEGER AS n FROM (${notebook.cells.find(({ id }) => id === 'lines')!.source}) WHERE basket = 'b1'`,
    );
    expect(loaf!.n).toBe(0);
  });

  it('count what is still to be paid, as shops do that send invoices, and say so', async () => {
    const states = ['Paid', 'Pending', 'Unpaid', 'Draft', 'Pending payment', 'On hold', 'offen', 'Zahlung ausstehend'];
    const path = join(folder, 'states.csv');
    const lines = states.map((status, i) => `${10001 + i},2024-03-0${i + 1},${status},k${i},${2 ** i}`);
    writeFileSync(path, ['order_no,date,status,customer,revenue', ...lines].join('\n'));
    await db.run(`CREATE TABLE states AS FROM read_csv('${path}')`);
    const found = fitsOf(await entryOf(db, 'states')).find(({ fit }) => fit.template === 'customer-value')!;
    const { notebook } = parseNotebook(fitted(templateOf('customer-value'), found, found.half.proposed));
    const sourceOf = (id: string): string => notebook.cells.find((cell) => cell.id === id)!.source;
    const counted = await rowsOf(db, `SELECT revenue::INTEGER AS revenue FROM (${sourceOf('map')}) ORDER BY 1`);
    expect(counted.map(({ revenue }) => revenue)).toEqual([1, 2, 4, 32, 64]);
    expect(sourceOf('leftout')).toContain('are left out: `Draft`, `Pending payment` and `Zahlung ausstehend`.');
    expect(sourceOf('leftout')).toContain('Counted are orders that are `Paid`.');
    expect(sourceOf('leftout')).toMatch(
      /\*\*Orders that are not paid yet count as sales: (`[\w ]+`(, | and |\.)){4}\*\*/,
    );
  });

  it('write to nobody who said no, in whatever words, in this file or in the one of customers', async () => {
    const orders = ['ann', 'bo', 'cy', 'di', 'ed', 'flo'].map((who, i) => `${i + 1},${who},2026-01-0${i + 1},10`);
    const people = [
      'flo,SUBSCRIBED,',
      'flo,,',
      'Ann,SUBSCRIBED,',
      'bo,UNSUBSCRIBED,',
      'cy,NEVER_SUBSCRIBED,',
      'di,SUBSCRIBED,x',
      'ed,maybe,',
    ];
    for (const [name, text] of Object.entries({
      bought: ['order_no,customer_id,date,revenue', ...orders].join('\n'),
      people: ['customer_id,email_marketing_consent,gesperrt', ...people.map((row) => row.toLowerCase())].join('\n'),
      unwilling: [
        'order_no,customer_id,date,revenue,newsletter_unsubscribed',
        ...orders.map((row, i) => `${row},${i % 2 ? 'yes' : 'no'}`),
      ].join('\n'),
      lettered: [
        'order_no,customer_id,date,revenue,opt_in,suppressed',
        ...orders.map((row, i) => `${row},${i % 2 ? 'Y' : 'N'},${i === 3}`),
      ].join('\n'),
    })) {
      writeFileSync(join(folder, `${name}.csv`), text);
      await db.run(`CREATE OR REPLACE TABLE ${name} AS FROM read_csv('${join(folder, name)}.csv')`);
    }
    const rfm = async (name: string, others: readonly DataEntry[] = []) => {
      const found = fitsOf(await entryOf(db, name)).find(({ fit }) => fit.template === 'rfm-audiences')!;
      const asked = askedElsewhere(found.fit.parts, found.half, found.half.proposed, others);
      const { notebook } = parseNotebook(fitted(templateOf('rfm-audiences'), found, found.half.proposed, { asked }));
      const sourceOf = (id: string): string | undefined => notebook.cells.find((cell) => cell.id === id)?.source;
      const rows = await rowsOf(db, `SELECT customer, may_write FROM (${sourceOf('mapped')}) ORDER BY 1`);
      return { notebook, said: rows.map(({ may_write }) => may_write), note: sourceOf('leftout') ?? '' };
    };

    const customers = await entryOf(db, 'people');
    const joined = await rfm('bought', [customers]);
    // Of Flo one row says yes, and one says nothing.
    expect(joined.said).toEqual([true, false, false, false, false, false]);
    expect(joined.notebook.files.map(({ table }) => table)).toEqual(['bought_file', 'people_file']);
    expect(joined.note).toContain('read from `email_marketing_consent` in people.csv, by `customer_id`');
    expect(joined.note).toContain('Customers of whom `gesperrt` in people.csv says anything but no are in no list');
    expect(joined.note).toContain(
      '**`maybe` in `email_marketing_consent` is not known to mean yes, and counts as no.**',
    );
    expect((await rfm('bought')).said).toEqual([null, null, null, null, null, null]);

    // Who did not say no has not said yes.
    expect((await rfm('unwilling')).said).toEqual([null, false, null, false, null, false]);
    expect((await rfm('lettered')).said).toEqual([false, true, false, false, false, true]);
    // Who must not be written to by the one file must not by the other, whose rows have states, too.
    await db.run(`CREATE OR REPLACE TABLE stated AS SELECT * EXCLUDE (suppressed), 'paid' AS status FROM lettered WHERE customer_id <> 'bo'
      UNION ALL SELECT 9, 'di', DATE '2026-02-01', 10, 'Y', 'cancelled'`);
    const taken = await rfm('stated', [customers]);
    expect(taken.said).toEqual([false, false, false, false, true]);
    expect(taken.note).toContain('Customers of whom `gesperrt` in people.csv says anything but no');
    // Both files say who agreed: who did not in either is in no list.
    await db.run(`CREATE OR REPLACE TABLE willing AS SELECT * EXCLUDE (opt_in, suppressed), 'yes' AS opt_in FROM lettered
      UNION ALL SELECT 9, 'zoe', DATE '2026-02-01', 10, 'yes'`);
    const both = await rfm('willing', [customers]);
    expect(both.said).toEqual([true, false, false, false, false, true, true]);
    expect(both.note).toContain(
      'read from `opt_in` here and from `email_marketing_consent` in people.csv, by `customer_id`',
    );
    expect(both.note).toContain('**`maybe` in `email_marketing_consent` is not known to mean yes');
  });

  it('read nothing that is not there', () => {
    const found = fitsOf(entries.shop);
    for (const each of found) {
      const { notebook, problems } = parseNotebook(fitted(templateOf(each.fit.template), each, each.half.proposed));
      expect(problems).toEqual([]);
      const definitions = notebook.cells.map((cell) => define(cell));
      const given = definitions.flatMap(({ outputs }) => outputs);
      // No table has a cell's name: the cell would read itself.
      const table = given.includes('shop') ? 'shop_file' : 'shop';
      expect(notebook.files).toEqual([{ name: 'shop.csv', table }]);
      expect(definitions.flatMap((definition) => definition.problems)).toEqual([]);
      const defined = new Set([...given, table]);
      expect(definitions.flatMap(({ inputs }) => inputs).filter((name) => !defined.has(name))).toEqual([]);
    }
  });
});
