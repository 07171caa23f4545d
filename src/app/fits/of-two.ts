import type { DataEntry } from '../../session/data-files';
import type { ColumnMapping } from '../../session/relink';
import { writtenText } from '../../session/written-text';
import { writtenIdentifier } from '../../session/written-identifier';
import type { Rhythm } from '../../session/rhythm';
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
  /** Files that look like ads, of which nobody knows when what was spent. */
  readonly undated: readonly DataEntry[];
}

/** The column chosen for each part of each file of ads; one of which no cost is chosen is left out. */
export interface SpendMapped {
  readonly spends: readonly ColumnMapping[];
  /** How much time a row of each stands for; days where it is not said. */
  readonly rhythms?: readonly Rhythm[];
}

/** The column chosen for each part of each file. */
export interface TwoMapped extends SpendMapped {
  readonly orders: ColumnMapping;
}

/** Files of ads, and those that look like ads and tell no days. */
export type Ads = Pick<TwoFound, 'spends' | 'undated'>;

const moment: Part = { name: 'ordered_at', roles: ['date'] };
const revenue: Part = { name: 'revenue', roles: ['revenue'], booked: true };
/** Without a margin, a euro of sales counts as one earned, and the notebook says so. */
const margin: Part = { name: 'margin', roles: [], otherwise: '{revenue}', booked: true };

/** One file of ads is told apart by its campaigns; several are the channels themselves, unless a file has channels of its own. */
export const spendParts = (
  table: string,
  alone: boolean,
  { rhythm = 'day', day = '' }: { readonly rhythm?: Rhythm; readonly day?: string } = {},
): readonly Part[] => [
  { name: 'day', roles: ['date'], as: 'DATE', write: EACH_DAY[rhythm] },
  {
    name: 'channel',
    roles: alone ? ['channel', 'campaign'] : ['channel'],
    otherwise: alone ? "'advertising'" : writtenText(table),
  },
  { name: 'spend', roles: ['cost'], write: (cost) => `${inUnits(cost)}${SHARE[rhythm](writtenIdentifier(day))}` },
];

/** What stands for a week or a month becomes as many days, */
const EACH_DAY: Readonly<Record<Rhythm, (day: string) => string>> = {
  day: (day) => day,
  week: (day) => `(${day}::DATE + unnest(range(7))::INTEGER)`,
  month: (day) => `(${day}::DATE + unnest(range(day(last_day(${day}::DATE))))::INTEGER)`,
};
/** each with its part of what was spent. */
const SHARE: Readonly<Record<Rhythm, (day: string) => string>> = {
  day: () => '',
  week: () => ' / 7',
  month: (day) => ` / day(last_day(${day}::DATE))`,
};

/** Google's own interface counts in millionths. */
const inUnits = (cost: string): string => (/micros/i.test(cost) ? `${cost} / 1e6` : cost);

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

/** The files of ads among those that are here, and those that look like ads and tell no days. */
export function adsOf(entries: readonly DataEntry[]): Ads {
  const ads = entries.filter((other) => halfOf(other, spendParts(other.table, true)));
  const spends = ads.flatMap((other) => halfOf(other, spendParts(other.table, ads.length === 1)) ?? []);
  return { spends, undated: entries.filter((other) => !ads.includes(other) && looksLikeAds(other)) };
}

/** What a file can be opened with together with others that are here: every file of ads counts, so that no spend is forgotten. */
export function twoFitsOf(entry: DataEntry, entries: readonly DataEntry[]): readonly TwoFound[] {
  const ready = entries.filter((other) => other.status === 'ready' && other.profile);
  return TWO_FITS.flatMap((fit) => {
    // A file of orders may have columns of both.
    const sold = ready.flatMap((other) => (rolesOfFile(other).cost ? [] : (halfOf(other, fit.orders) ?? [])));
    const orders = sold.find((half) => half.entry === entry) ?? sold[0];
    const { spends, undated } = adsOf(ready.filter((other) => other !== orders?.entry));
    const takesPart = orders?.entry === entry || spends.some((half) => half.entry === entry);
    return orders && spends.length > 0 && takesPart ? [{ fit, orders, spends, undated }] : [];
  });
}

function looksLikeAds(entry: DataEntry): boolean {
  const { cost, impressions, clicks } = rolesOfFile(entry);
  return cost !== undefined || impressions !== undefined || clicks !== undefined;
}
