import type { DataEntry } from '../../session/data-files';
import type { ColumnMapping } from '../../session/relink';
import { writtenText } from '../../session/written-text';
import { halfOf, rolesOfFile, type Half, type Part } from './parts';

/** A template over orders and what was spent on advertising, which may stand in several files. */
export interface TwoFit {
  readonly template: string;
  readonly orders: readonly Part[];
}

export interface TwoFound {
  readonly fit: TwoFit;
  readonly orders: Half;
  readonly spends: readonly Half[];
}

/** The column chosen for each part of each file; a file of ads of which no cost is chosen is left out. */
export interface TwoMapped {
  readonly orders: ColumnMapping;
  readonly spends: readonly ColumnMapping[];
}

const moment: Part = { name: 'ordered_at', roles: ['date'] };
const revenue: Part = { name: 'revenue', roles: ['revenue'], booked: true };
/** Without a margin, a euro of sales counts as one earned, and the notebook says so. */
const margin: Part = { name: 'margin', roles: [], otherwise: '{revenue}', booked: true };

/** One file of ads is told apart by its campaigns; several are the channels themselves, unless a file has channels of its own. */
export const spendParts = (table: string, alone: boolean): readonly Part[] => [
  { name: 'day', roles: ['date'], as: 'DATE' },
  {
    name: 'channel',
    roles: alone ? ['channel', 'campaign'] : ['channel'],
    otherwise: alone ? "'advertising'" : writtenText(table),
  },
  { name: 'spend', roles: ['cost'] },
];

export const TWO_FITS: readonly TwoFit[] = [
  { template: 'marketing-mix', orders: [moment, revenue, margin] },
  {
    template: 'weekly-performance',
    orders: [
      { name: 'order_id', roles: ['order'], otherwise: 'row_number() OVER ()' },
      { name: 'customer_id', roles: ['customer', 'email'] },
      moment,
      revenue,
    ],
  },
];

/** What a file can be opened with together with others that are here: every file of ads counts, so that no spend is forgotten. */
export function twoFitsOf(entry: DataEntry, entries: readonly DataEntry[]): readonly TwoFound[] {
  const ready = entries.filter((other) => other.status === 'ready' && other.profile);
  return TWO_FITS.flatMap((fit) => {
    // A file of orders may have columns of both.
    const sold = ready.flatMap((other) => (rolesOfFile(other).cost ? [] : (halfOf(other, fit.orders) ?? [])));
    const orders = sold.find((half) => half.entry === entry) ?? sold[0];
    const others = ready.filter((other) => other !== orders?.entry);
    const ads = others.filter((other) => halfOf(other, spendParts(other.table, true)));
    const spends = ads.flatMap((other) => halfOf(other, spendParts(other.table, ads.length === 1)) ?? []);
    const takesPart = orders?.entry === entry || ads.includes(entry);
    return orders && spends.length > 0 && takesPart ? [{ fit, orders, spends }] : [];
  });
}
