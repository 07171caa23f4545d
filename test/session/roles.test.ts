import { fittedTwo, twoFitsOf } from '../../src/app/fits-of-two';
import { define } from '../../src/language/define';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitsOf, fitted, mappingSource } from '../../src/app/fits';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
import { parseNotebook } from '../../src/notebook/parse';
import type { DataEntry } from '../../src/session/data-files';
import { rolesOf, type Role } from '../../src/session/roles';
import type { Profile } from '../../src/table/profile';

async function planOf(name: string) {
  const file = new File([readFileSync(join(import.meta.dirname, '../fixtures/exports', name))], name);
  return sniffCsv(await sampleFile(file), []);
}

const top = (name: string, ...values: string[]): Profile => ({
  rows: values.length,
  columns: [
    {
      name,
      type: 'VARCHAR',
      nulls: 0,
      distinct: values.length,
      approximate: false,
      top: values.map((value) => ({ value, count: 1 })),
    },
  ],
});

describe('the roles of columns', () => {
  it.each<[string, Partial<Record<Role, string>>]>([
    [
      'google-ads-campaigns.csv',
      { date: 'day', cost: 'cost', campaign: 'campaign', impressions: 'impr', clicks: 'clicks', revenue: 'conv_value' },
    ],
    [
      'google-ads-kampagnen.csv',
      {
        date: 'tag',
        cost: 'kosten',
        campaign: 'kampagne',
        impressions: 'impressionen',
        clicks: 'klicks',
        revenue: 'conv_wert',
      },
    ],
    [
      'meta-ads-tage.csv',
      { date: 'tag', cost: 'ausgegebener_betrag_eur', campaign: 'name_der_kampagne', impressions: 'impressionen' },
    ],
    [
      'linkedin-campaigns.csv',
      { date: 'start_date_in_utc', cost: 'total_spent', campaign: 'campaign_name', clicks: 'clicks' },
    ],
    [
      'woocommerce-orders.csv',
      {
        date: 'order_date',
        revenue: 'order_total_amount',
        refund: 'order_refund_amount',
        order: 'order_number',
        email: 'email_billing',
        product: 'item_name',
        quantity: 'quantity',
      },
    ],
    [
      'square-items.csv',
      { date: 'date', revenue: 'net_sales', customer: 'customer_id', order: 'transaction_id', product: 'item' },
    ],
    ['shopify-sales-uebersicht.csv', { date: 'tag', revenue: 'nettoumsatz' }],
    [
      'stripe-payments.csv',
      {
        date: 'created_date_utc',
        revenue: 'amount',
        refund: 'amount_refunded',
        customer: 'customer_id',
        email: 'customer_email',
      },
    ],
    ['shopify-customers.csv', { customer: 'customer_id', email: 'email', consent: 'accepts_email_marketing' }],
    [
      'hubspot-contacts.csv',
      { email: 'email', consent: 'marketing_contact_status', channel: 'original_source', date: 'create_date' },
    ],
  ])('of %s are recognised', async (name, expected) => {
    expect(rolesOf((await planOf(name)).columns)).toMatchObject(expected);
  });

  it('of other columns are nobody’s', async () => {
    const roles = rolesOf((await planOf('google-ads-campaigns.csv')).columns);
    for (const role of ['customer', 'email', 'order', 'consent', 'product', 'channel'] as const)
      expect(roles[role]).toBeUndefined();
  });

  it('follow what a column holds where its name does not tell, or tells wrong', () => {
    const column = (name: string) => [{ name, source: name, type: 'VARCHAR' }];
    expect(rolesOf(column('contact'), top('contact', 'ann@example.com', 'bo@example.com'))).toEqual({
      email: 'contact',
    });
    expect(rolesOf(column('email'), top('email', 'opened', 'clicked'))).toEqual({});
    expect(rolesOf(column('name'), top('name', '#1001', '#1002'))).toEqual({ order: 'name' });
    expect(rolesOf(column('name'), top('name', 'Ann', 'Bo'))).toEqual({});
  });
});

describe('templates that fit', () => {
  it('are offered with their columns mapped, and their first query reads the file', async () => {
    const { columns } = await planOf('woocommerce-orders.csv');
    const roles = rolesOf(columns);
    const fits = fitsOf(roles);
    expect(fits.map(({ fit }) => fit.template)).toEqual([
      'retention-cohorts',
      'customer-value',
      'rfm-audiences',
      'next-purchase',
    ]);
    const { fit, proposed } = fits[0]!;
    const source = mappingSource(fit, 'woo', proposed, roles.refund);
    expect(source).toBe(
      `SELECT
  email_billing AS customer,
  order_number AS order_no,
  order_date::DATE AS day,
  order_total_amount - abs(coalesce(order_refund_amount, 0)) AS revenue,
  'all' AS began
FROM woo`,
    );
    const text = readFileSync(join(import.meta.dirname, '../../notebooks/retention-cohorts.nb.md'), 'utf8');
    const entry = { fileName: 'woo.csv', table: 'woo' } as DataEntry;
    const { notebook, problems } = parseNotebook(fitted(text, fit, entry, source));
    expect(problems).toEqual([]);
    expect(notebook.files).toEqual([{ name: 'woo.csv', table: 'woo' }]);
    expect(notebook.cells.find(({ id }) => id === 'map')?.source).toBe(source);
  });

  it('are not offered to a file that lacks what they need', async () => {
    expect(fitsOf(rolesOf((await planOf('google-ads-campaigns.csv')).columns))).toEqual([]);
  });

  it('name only cells that the templates have', async () => {
    for (const { template, cell } of (await import('../../src/app/fits')).FITS) {
      const text = readFileSync(join(import.meta.dirname, `../../notebooks/${template}.nb.md`), 'utf8');
      expect(parseNotebook(text).notebook.cells.map(({ id }) => id)).toContain(cell);
    }
  });
});

describe('templates over two files', () => {
  const entryOf = async (file: string, table: string, channels: readonly string[] = []): Promise<DataEntry> => {
    const plan = await planOf(file);
    const profile = {
      rows: 100,
      columns: plan.columns.map(({ name, type }) => ({
        name,
        type,
        nulls: 0,
        distinct: 2,
        approximate: false,
        ...(type === 'VARCHAR' &&
          /campaign|kampagne/i.test(name) && { top: channels.map((value) => ({ value, count: 9 })) }),
      })),
    };
    const relation = { name: table, columns: plan.columns, rows: 100 };
    return {
      node: table,
      fileName: file,
      table,
      status: 'ready',
      revision: 1,
      plan,
      profile,
      ingested: { relation },
    } as unknown as DataEntry;
  };

  it('are offered where one holds orders and the other what was spent, and read both', async () => {
    const orders = await entryOf('woocommerce-orders.csv', 'orders');
    const ads = await entryOf('meta-ads-tage.csv', 'meta', ['Brot & Brötchen', "Bäcker's Best"]);
    expect(twoFitsOf(orders, [orders])).toEqual([]);
    for (const from of [orders, ads]) {
      expect(twoFitsOf(from, [ads, orders]).map(({ fit }) => fit.template)).toEqual([
        'marketing-mix',
        'weekly-performance',
      ]);
    }
    for (const found of twoFitsOf(orders, [orders, ads])) {
      const text = readFileSync(join(import.meta.dirname, `../../notebooks/${found.fit.template}.nb.md`), 'utf8');
      const mapped = { orders: found.orders.proposed, spend: found.spend.proposed };
      const { notebook, problems } = parseNotebook(fittedTwo(text, found, mapped));
      expect(problems).toEqual([]);
      expect(notebook.files.map(({ name, table }) => [name, table])).toEqual([
        ['woocommerce-orders.csv', 'orders_file'],
        ['meta-ads-tage.csv', 'meta'],
      ]);
      const source = (name: string): string => notebook.cells.find((cell) => cell.name === name)!.source;
      expect(source('orders')).toContain('order_total_amount - abs(coalesce(order_refund_amount, 0)) AS revenue');
      expect(source('ad_spend')).toMatch(/::DATE AS day,\n.* AS channel,\n.* AS spend\nFROM meta$/);
      // Nothing of it reads what is not there.
      const definitions = notebook.cells.map((cell) => define(cell));
      expect(definitions.flatMap((definition) => definition.problems)).toEqual([]);
      const defined = new Set([...definitions.flatMap(({ outputs }) => outputs), 'orders_file', 'meta']);
      expect(definitions.flatMap(({ inputs }) => inputs).filter((name) => !defined.has(name))).toEqual([]);
    }
  });

  it('give the mix model each of the reader’s channels, and what is spent beside them', async () => {
    const orders = await entryOf('woocommerce-orders.csv', 'shop');
    const ads = await entryOf('meta-ads-tage.csv', 'meta', ['Brot & Brötchen', "Bäcker's Best"]);
    const [mix] = twoFitsOf(orders, [orders, ads]);
    const text = readFileSync(join(import.meta.dirname, '../../notebooks/marketing-mix.nb.md'), 'utf8');
    const { notebook } = parseNotebook(
      fittedTwo(text, mix!, { orders: mix!.orders.proposed, spend: mix!.spend.proposed }),
    );
    const weekly = notebook.cells.find(({ name }) => name === 'weekly')!.source;
    expect(weekly).toContain("coalesce(sum(spend) FILTER (channel = 'Bäcker''s Best'), 0) AS b_cker_s_best");
    expect(weekly).toMatch(
      /NOT IN \('Brot & Brötchen', 'Bäcker''s Best'\)\), 0\) AS other_channels\n {2}FROM ad_spend/,
    );
    expect(weekly).not.toContain('radio');
    expect(notebook.cells.find(({ id }) => id === 'prepared')!.source).toContain(
      'const channels = ["brot_br_tchen", "b_cker_s_best", "other_channels"]',
    );
    expect(notebook.cells.some(({ id }) => id === 'truth')).toBe(false);
    // No column is taken as the margin by itself: the notebook says what that means, and not where there is one.
    expect(notebook.cells.find(({ id }) => id === 'nomargin')!.source).toMatch(/margin/);
    expect(notebook.cells.find(({ name }) => name === 'orders')!.source).toMatch(/ AS margin\nFROM /);
    const known = { orders: { ...mix!.orders.proposed, margin: 'Profit' }, spend: mix!.spend.proposed };
    const { notebook: withMargin } = parseNotebook(fittedTwo(text, mix!, known));
    expect(withMargin.cells.find(({ name }) => name === 'orders')!.source).toMatch(/Profit"? AS margin\nFROM /);
    expect(withMargin.cells.some(({ id }) => id === 'nomargin')).toBe(false);
  });
});
