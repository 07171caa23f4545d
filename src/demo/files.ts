import { isoDay, isoTime } from './calendar';
import { toCsv, type CsvValue } from './csv';
import type { Moment } from './emails';
import { channels } from './parameters';
import type { Bakery } from './simulate';

/** The bakery's exports: file name to CSV text. */
export function filesOf(bakery: Bakery): Record<string, string> {
  return {
    'orders.csv': orders(bakery),
    'customers.csv': customers(bakery),
    'ad_spend.csv': adSpend(bakery),
    'web_events.csv': webEvents(bakery),
    'emails.csv': emails(bakery),
    'reviews.csv': reviews(bakery),
  };
}

const euros = (cents: number): string => (cents / 100).toFixed(2);
const moment = (at: Moment | undefined): string | undefined => at && isoTime(...at);

/** One row a product of an order; a refund repeats the order's rows with negative money. In the sequence of time. */
function orders({ sales, refunds }: Bakery): string {
  const entries = [
    ...sales.orders.map((order) => ({ order, day: order.day, second: order.second, sign: 1 })),
    ...refunds.map((refund) => ({ ...refund, sign: -1 })),
  ].sort((a, b) => a.day - b.day || a.second - b.second || a.order.id - b.order.id);
  const rows = entries.flatMap(({ order, day, second, sign }) =>
    order.lines.map((line): CsvValue[] => [
      order.id,
      order.account.id,
      isoTime(day, second),
      line.product,
      order.channel,
      euros(sign * line.revenue),
      euros(sign * line.margin),
    ]),
  );
  return toCsv(['order_id', 'customer_id', 'ordered_at', 'product', 'channel', 'revenue', 'margin'], rows);
}

function customers({ sales }: Bakery): string {
  const header = [
    'customer_id',
    'first_name',
    'last_name',
    'email',
    'city',
    'postcode',
    'created_on',
    'acquisition_channel',
    'birth_year',
    'diet',
    'consent_email',
    'consent_profiling',
    'consent_on',
    'withdrawn_on',
  ];
  const rows = sales.accounts.map((account): CsvValue[] => [
    account.id,
    account.firstName,
    account.lastName,
    account.email,
    account.city,
    account.postcode,
    isoDay(account.created),
    account.acquisition,
    account.birthYear,
    account.diet,
    account.consentEmail && account.withdrawn === undefined,
    account.consentProfiling,
    account.consentEmail || account.consentProfiling ? isoDay(account.created) : undefined,
    account.withdrawn === undefined ? undefined : isoDay(account.withdrawn),
  ]);
  return toCsv(header, rows);
}

/** A row a day and channel, days without spend too; clicks are empty where nobody can click. */
function adSpend({ first, days, ads }: Bakery): string {
  const rows = Array.from({ length: days }, (_, t) =>
    channels.map((channel): CsvValue[] => {
      const { spend, impressions, clicks } = ads[channel];
      return [isoDay(first + t), channel, spend[t]!.toFixed(2), impressions[t], clicks?.[t]];
    }),
  ).flat();
  return toCsv(['day', 'channel', 'spend', 'impressions', 'clicks'], rows);
}

function webEvents({ web }: Bakery): string {
  const rows = web.map(({ visitor, account, at, touch, event, order }): CsvValue[] => [
    visitor,
    account?.id,
    moment(at),
    touch.source,
    touch.medium,
    touch.campaign,
    event,
    order?.id,
  ]);
  return toCsv(['visitor', 'customer', 'timestamp', 'source', 'medium', 'campaign', 'event', 'order_id'], rows);
}

function emails({ sales }: Bakery): string {
  const rows = sales.mails.map((mail): CsvValue[] => [
    mail.campaign,
    mail.account.id,
    mail.variant,
    moment(mail.sent),
    moment(mail.opened),
    moment(mail.clicked),
    moment(mail.unsubscribed),
  ]);
  return toCsv(['campaign', 'customer_id', 'variant', 'sent_at', 'opened_at', 'clicked_at', 'unsubscribed_at'], rows);
}

function reviews({ reviews }: Bakery): string {
  const rows = reviews.map(({ order, at, rating, text }, i): CsvValue[] => [
    i + 1,
    order.id,
    order.account.id,
    moment(at),
    rating,
    text,
  ]);
  return toCsv(['review_id', 'order_id', 'customer_id', 'reviewed_at', 'rating', 'text'], rows);
}
