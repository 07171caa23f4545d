import type { DataEntry } from '../../session/data-files';
import type { ColumnMapping } from '../../session/relink';
import { parseNotebook } from '../../notebook/parse';
import { printNotebook } from '../../notebook/print';
import type { Cell } from '../../notebook/model';
import { leftOut } from './left-out';
import { mappingSource } from './mapping';
import { mixOfAnyShop, MOST_CHANNELS } from './mix';
import { withoutTruth } from './of-one';
import { halfOf, rolesOfFile, type Half, type Part } from './parts';

const NO_MARGIN: Cell = {
  id: 'nomargin',
  kind: 'md',
  source: `**Nothing is known of your margin**, so below a euro of sales counts as a euro earned, and every channel seems to pay for itself
sooner than it does. If you keep 40 cents of each euro, write \`0.4 * …\` for what stands before \`AS margin\` in the query \`orders\`.`,
};

/** A template over orders and what was spent on advertising, which may stand in several files. */
export interface TwoFit {
  readonly template: string;
  readonly orders: readonly Part[];
  /** Its text over other files than the bakery's: what rests on further files goes, and channels are the reader's. */
  readonly adapt: (text: string, channels: readonly string[]) => string;
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
    otherwise: alone ? "'advertising'" : `'${table}'`,
  },
  { name: 'spend', roles: ['cost'] },
];

export const TWO_FITS: readonly TwoFit[] = [
  { template: 'marketing-mix', orders: [moment, revenue, margin], adapt: mixOfAnyShop },
  {
    template: 'weekly-performance',
    orders: [
      { name: 'order_id', roles: ['order'], otherwise: 'row_number() OVER ()' },
      { name: 'customer_id', roles: ['customer', 'email'] },
      moment,
      revenue,
      margin,
    ],
    adapt: (text) =>
      without(text, '## What the clicks say of each channel', '## What this page cannot tell').replace(
        /Last-click credit flatters[^]*?or offline\. The shop-wide figures have no such bias, yet they mix/,
        'The figures mix',
      ),
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

/** A template's text over files of the reader's: queries at its beginning turn them into the two tables that it reads. */
export function fittedTwo(text: string, { fit, orders, spends }: TwoFound, mapped: TwoMapped): string {
  const spent = spends.flatMap((half, i) => {
    const mapping = mapped.spends[i];
    return mapping?.spend === undefined ? [] : [{ half, mapping }];
  });
  const alone = spends.length === 1;
  const channels = spent.flatMap(({ half, mapping }) => channelsOf(half.entry, mapping.channel, alone));
  const { notebook } = parseNotebook(fit.adapt(text, [...new Set(channels)].slice(0, MOST_CHANNELS)));
  const [first, ...rest] = notebook.cells;
  const used = [orders, ...spent.map(({ half }) => half)];
  const files = used.map(({ entry }) => ({ ...entry.known, name: entry.fileName, table: tableOf(entry) }));
  const spendSource = spent
    .map(({ half, mapping }) => mappingSource(spendParts(half.entry.table, alone), half, tableOf(half.entry), mapping))
    .join('\nUNION ALL\n');
  const cells: Cell[] = [
    {
      id: 'mappedorders',
      kind: 'sql',
      name: 'orders',
      source: mappingSource(fit.orders, orders, tableOf(orders.entry), mapped.orders),
    },
    ...leftOut(orders, 'leftoutorders'),
    { id: 'mappedspend', kind: 'sql', name: 'ad_spend', source: spendSource },
    ...spent.flatMap(({ half }, i) => leftOut(half, `leftoutspend${i + 1}`, orders)),
    ...(fit.template === 'marketing-mix' && mapped.orders.margin === undefined ? [NO_MARGIN] : []),
  ];
  return printNotebook({
    ...notebook,
    title: `${notebook.title}: ${orders.entry.table}`,
    files,
    cells: [first!, ...cells, ...withoutTruth(rest)],
  });
}

/** The template's own tables keep their names. */
function tableOf({ table }: DataEntry): string {
  return /^(?:orders|ad_spend|sold|spent|weekly|weeks|days)$/i.test(table) ? `${table}_file` : table;
}

/** The channels of a file of ads, the most frequent first, as far as they are known. */
function channelsOf({ profile, table }: DataEntry, column: string | undefined, alone: boolean): readonly string[] {
  const top = profile?.columns.find(({ name }) => name === column)?.top ?? [];
  return top.length > 0 ? top.map(({ value }) => value) : [alone ? 'advertising' : table];
}

/** A text without what stands from one heading to another. */
function without(text: string, from: string, to: string): string {
  const start = text.indexOf(`\n${from}\n`);
  const end = text.indexOf(`\n${to}\n`, start);
  return start < 0 || end < 0 ? text : text.slice(0, start) + text.slice(end);
}
