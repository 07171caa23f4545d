import { locale } from '../../base/locale';

/** The templates and files that fit what is here. */
export const fits = {
  recognised: 'Recognised:',
  is: (role: string) => `is ${role}`,
  offer: 'With these columns you can open',
  over: (title: string, table: string) => `${title} over ${table}`,
  withOrders: (templates: readonly string[]) =>
    `Drop a file of orders beside it, and you can open ${templates.join(' and ')}.`,
  roles: {
    date: 'the date',
    revenue: 'the revenue',
    refund: 'what was paid back',
    tax: 'the tax',
    shipping: 'the shipping',
    cost: 'the cost',
    channel: 'the channel',
    campaign: 'the campaign',
    customer: 'the customer',
    order: 'the order',
    email: 'the e-mail address',
    consent: 'the consent',
    suppressed: 'who must not be written to',
    product: 'the product',
    quantity: 'the quantity',
    impressions: 'the impressions',
    clicks: 'the clicks',
    currency: 'the currency',
    status: 'how the order stands',
  },
  confirm: (title: string, file: string) => `${title}: which column of ${file} is which?`,
  text: 'The template works with these. Look whether the columns are the right ones; the query that says so stands at its beginning and can be changed.',
  action: 'Open and run',
  leaveOut: 'To leave this file out, choose no column for the spend.',
  noSpend: 'No column was chosen for the spend of any file.',
  noSpendHint: 'Open the template again, and say which column holds what was spent.',
  parts: {
    customer: 'Who bought: a number or an e-mail address',
    customer_id: 'Who bought: a number or an e-mail address',
    order_no: 'The order’s number, the same on each of its lines',
    order_id: 'The order’s number, the same on each of its lines',
    basket: 'The order’s number, the same on each of its lines',
    day: 'The date',
    moment: 'When it was ordered',
    ordered_at: 'When it was ordered',
    revenue: 'What was paid',
    margin: 'What of it you keep',
    began: 'What first orders are compared by',
    product: 'What was bought',
    item: 'What was bought',
    amount: 'How many, below 0 for returns',
    channel: 'Where it came from, or was advertised',
    may_write: 'Whether they agreed to be written to',
    spend: 'What was spent',
  } as Readonly<Record<string, string>>,
  currencies: (all: readonly { readonly code: string; readonly rows: number }[]) => {
    const rowsIn = all.map(
      ({ code, rows }) => `${code} in ${rows.toLocaleString(locale())} ${rows === 1 ? 'row' : 'rows'}`,
    );
    return `Amounts are in more than one currency (${rowsIn.join(', ')}). A sum over all rows adds different money: filter by one, or convert.`;
  },
} as const;
