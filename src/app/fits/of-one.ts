import type { DataEntry } from '../../session/data-files';
import { writtenIdentifier } from '../../session/written-identifier';
import { halfOf, type Half, type Part } from './parts';

/** A template whose first query turns one table of orders into the columns that the rest of it works with. */
export interface Fit {
  readonly template: string;
  /** The cell of that query. */
  readonly cell: string;
  readonly parts: readonly Part[];
  /** It works with the lines of orders and not with amounts: what one row says of an order holds for all of its rows. */
  readonly lines?: boolean;
  /** What files of ads beside it say of the spend is read, too. */
  readonly ads?: boolean;
}

export interface Found {
  readonly fit: Fit;
  readonly half: Half;
}

const customer: Part = { name: 'customer', roles: ['customer', 'email'] };
const day: Part = { name: 'day', roles: ['date'], as: 'DATE' };
const revenue: Part = { name: 'revenue', roles: ['revenue'], booked: true };
const orderNo: Part = { name: 'order_no', roles: ['order'], otherwise: '{day}' };
const moment: Part = { name: 'moment', roles: ['date'] };
/** An order by the hour; of those without a number, one a day is counted. */
const byMoment: readonly Part[] = [customer, { ...orderNo, otherwise: '{moment}::DATE' }, moment, revenue];
const margin: Part = { name: 'margin', roles: [], otherwise: 'NULL::DOUBLE', booked: true };
const product: Part = { name: 'product', roles: ['product'], otherwise: 'NULL::VARCHAR' };
const channel: Part = { name: 'channel', roles: ['channel'], otherwise: 'NULL::VARCHAR' };
/** Where nothing is known of it, nobody has agreed. */
const mayWrite: Part = { name: 'may_write', roles: ['consent'], otherwise: 'NULL::BOOLEAN', consent: true };

/** 1 for a line that was bought, -1 for one that came back, which some exports say by the amount alone. */
const signOf = (column: string, { revenue }: Half['roles']): string => {
  const paid = revenue && writtenIdentifier(revenue);
  return paid && paid !== column ? `CASE WHEN ${paid} < 0 THEN -1 ELSE sign(${column}) END` : `sign(${column})`;
};

export const FITS: readonly Fit[] = [
  {
    template: 'retention-cohorts',
    cell: 'map',
    parts: [
      customer,
      orderNo,
      day,
      revenue,
      { name: 'began', roles: ['channel'], otherwise: "'all'", apart: true },
      mayWrite,
    ],
  },
  { template: 'customer-value', cell: 'map', parts: [customer, orderNo, day, revenue, mayWrite] },
  { template: 'rfm-audiences', cell: 'mapped', parts: [...byMoment, margin, product, channel, mayWrite] },
  { template: 'key-figures', cell: 'mapped', ads: true, parts: [...byMoment, margin, channel] },
  { template: 'churn-score', cell: 'map', parts: [customer, orderNo, day, revenue, mayWrite] },
  { template: 'lead-score', cell: 'mapped', parts: [...byMoment, product, channel, mayWrite] },
  {
    template: 'next-purchase',
    cell: 'lines',
    lines: true,
    parts: [
      { name: 'basket', roles: ['order'] },
      customer,
      day,
      { name: 'item', roles: ['product'] },
      { name: 'amount', roles: ['quantity', 'revenue'], otherwise: '1', write: signOf },
      mayWrite,
    ],
  },
];

/** The templates that a file has the columns for, each with the column that seems to be each of its own. */
export function fitsOf(entry: DataEntry): readonly Found[] {
  return FITS.flatMap((fit) => {
    const half = halfOf(entry, fit.parts);
    return half ? [{ fit, half }] : [];
  });
}
