import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
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
    ['shopify-orders.csv', { currency: 'currency', status: 'financial_status', refund: 'refunded_amount' }],
    ['shopify-customers.csv', { customer: 'customer_id', email: 'email', consent: 'accepts_email_marketing' }],
    [
      'hubspot-contacts.csv',
      { email: 'email', consent: 'marketing_contact_status', channel: 'original_source', date: 'create_date' },
    ],
  ])('of %s are recognised', async (name, expected) => {
    expect(rolesOf((await planOf(name)).columns)).toMatchObject(expected);
  });

  it('take what customers spent for no cost, and the shop’s costs of orders for none of advertising', () => {
    const named = (...names: string[]) =>
      rolesOf(names.map((name) => ({ name, source: name, type: /mail|camp/i.test(name) ? 'VARCHAR' : 'DOUBLE' })));
    expect(named('Customer ID', 'Email', 'Total Spent')).toEqual({ customer: 'Customer ID', email: 'Email' });
    expect(named('Email', 'Total', 'Cost').cost).toBeUndefined();
    expect(named('Customer ID', 'Campaign', 'Clicks', 'Cost').cost).toBe('Cost');
    expect(named('Campaign', 'Total Spent').cost).toBe('Total Spent');
  });

  it.each<[string, string[], 'consent' | 'suppressed' | undefined]>([
    ['Newsletter', ['ja', 'nein'], 'consent'],
    ['Email Marketing Consent', ['SUBSCRIBED', 'UNSUBSCRIBED', 'NEVER_SUBSCRIBED'], 'consent'],
    ['Opt-in', ['Y', 'N'], 'consent'],
    ['Email Opt In', ['opted_in', 'opted_out'], 'consent'],
    ['Newsletter', ['Weekly tips', 'Offers'], undefined],
    ['Newsletter unsubscribed', ['yes', 'no'], 'suppressed'],
    ['No consent', ['true', 'false'], 'suppressed'],
    ['Keine Werbung', ['x'], 'suppressed'],
    ['Opted out', ['yes', 'no'], 'suppressed'],
    ['Consent withdrawn', ['yes'], 'suppressed'],
    ['Abgemeldet am', ['2026-01-04'], 'suppressed'],
    ['Gesperrt', ['x'], 'suppressed'],
    ['Suppressed', ['TRUE', 'FALSE'], 'suppressed'],
    ['Do not email', ['0', '1'], 'suppressed'],
    ['Unsubscribes', ['12'], undefined],
  ])('of %s with %j tell who agreed from who must not be written to', (name, values, role) => {
    const roles = rolesOf([{ name, source: name, type: 'VARCHAR' }], top(name, ...values));
    expect(roles).toEqual(role === undefined ? {} : { [role]: name });
  });

  it('take what an order came to without its tax, then with it, where nothing is called revenue', () => {
    const of = (...names: string[]) => rolesOf(names.map((name) => ({ name, source: name, type: 'DOUBLE' }))).revenue;
    expect(of('gross', 'net')).toBe('net');
    expect(of('Brutto (EUR)', 'MwSt')).toBe('Brutto (EUR)');
    expect(of('net', 'Grand Total')).toBe('Grand Total');
    expect(of('net weight', 'gross margin')).toBeUndefined();
  });

  it('take the beginning of what a row of ads reports for its day', () => {
    const column = (name: string, type: string) => ({ name, source: name, type });
    const meta = [
      column('Reporting starts', 'DATE'),
      column('Reporting ends', 'DATE'),
      column('Amount spent (GBP)', 'DOUBLE'),
    ];
    expect(rolesOf(meta)).toEqual({ date: 'Reporting starts', cost: 'Amount spent (GBP)' });
    const google = [column('segments.date', 'DATE'), column('metrics.cost_micros', 'BIGINT')];
    expect(rolesOf(google)).toEqual({ date: 'segments.date', cost: 'metrics.cost_micros' });
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
    expect(rolesOf(column('name'), top('name', '#1', '#12'))).toEqual({ order: 'name' });
    expect(rolesOf(column('name'), top('name', 'Ann', 'Bo'))).toEqual({});
    expect(rolesOf(column('currency'), top('currency', 'EUR', 'CHF'))).toEqual({ currency: 'currency' });
    expect(rolesOf(column('currency'), top('currency', 'Brot', 'Kuchen'))).toEqual({});
  });
});
