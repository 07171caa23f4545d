import type { DataEntry } from '../session/data-files';
import type { ColumnMapping } from '../session/relink';
import type { Role } from '../session/roles';
import { writtenIdentifier } from '../session/written-identifier';
import { parseNotebook } from '../notebook/parse';
import { printNotebook } from '../notebook/print';
import type { Cell } from '../notebook/model';
import { mappingSource, proposalOf, rolesOfFile, withoutTruth, type Part } from './fits';

const NO_MARGIN: Cell = {
  id: 'nomargin',
  kind: 'md',
  source: `**Nothing is known of your margin**, so below a euro of sales counts as a euro earned, and every channel seems to pay for itself
sooner than it does. If you keep 40 cents of each euro, write \`0.4 * …\` for what stands before \`AS margin\` in the query \`orders\`.`,
};

/** A template over two tables: orders and what was spent on advertising. */
export interface TwoFit {
  readonly template: string;
  readonly orders: readonly Part[];
  readonly spend: readonly Part[];
  /** Its text over other files than the bakery's: what rests on further files goes, and channels are the reader's. */
  readonly adapt: (text: string, channels: readonly string[]) => string;
}

export interface TwoFound {
  readonly fit: TwoFit;
  readonly orders: Half;
  readonly spend: Half;
}

/** A file with the column that seems to be each part. */
export interface Half {
  readonly entry: DataEntry;
  readonly roles: Partial<Record<Role, string>>;
  readonly proposed: ColumnMapping;
}

const moment: Part = { name: 'ordered_at', roles: ['date'] };
const revenue: Part = { name: 'revenue', roles: ['revenue'] };
/** Without a margin, a euro of sales counts as one earned, and the notebook says so. */
const margin: Part = { name: 'margin', roles: [], otherwise: '{revenue}' };
const spend: readonly Part[] = [
  { name: 'day', roles: ['date'], as: 'DATE' },
  { name: 'channel', roles: ['channel', 'campaign'], otherwise: "'advertising'" },
  { name: 'spend', roles: ['cost'] },
];

export const TWO_FITS: readonly TwoFit[] = [
  { template: 'marketing-mix', orders: [moment, revenue, margin], spend, adapt: adaptMix },
  {
    template: 'weekly-performance',
    orders: [
      { name: 'order_id', roles: ['order'], otherwise: 'row_number() OVER ()' },
      { name: 'customer_id', roles: ['customer', 'email'] },
      moment,
      revenue,
      margin,
    ],
    spend,
    adapt: (text) =>
      without(text, '## What the clicks say of each channel', '## What this page cannot tell').replace(
        /Last-click credit flatters[^]*?or offline\. The shop-wide figures have no such bias, yet they mix/,
        'The figures mix',
      ),
  },
];

/** What a file can be opened with together with another one that is here. */
export function twoFitsOf(entry: DataEntry, entries: readonly DataEntry[]): readonly TwoFound[] {
  const ready = entries.filter((other) => other.status === 'ready' && other.profile);
  return TWO_FITS.flatMap((fit) => {
    for (const spent of ready) {
      const bySpend = half(spent, fit.spend);
      // A file of orders may have columns of both.
      const sold = ready.find((other) => other !== spent && half(other, fit.orders) && !rolesOfFile(other).cost);
      const byOrders = sold && half(sold, fit.orders);
      if (bySpend && byOrders && (spent === entry || sold === entry))
        return [{ fit, orders: byOrders, spend: bySpend }];
    }
    return [];
  });
}

function half(entry: DataEntry, parts: readonly Part[]): Half | undefined {
  const roles = rolesOfFile(entry);
  const proposed = proposalOf(parts, roles);
  return proposed && { entry, roles, proposed };
}

/** A template's text over two files of the reader's: two queries at its beginning turn them into the tables it reads. */
export function fittedTwo(
  text: string,
  { fit, orders, spend }: TwoFound,
  mapped: { readonly orders: ColumnMapping; readonly spend: ColumnMapping },
): string {
  const { notebook } = parseNotebook(fit.adapt(text, channelsOf(spend.entry, mapped.spend.channel)));
  const [first, ...rest] = notebook.cells;
  const files = [orders, spend].map(({ entry }) => ({ ...entry.known, name: entry.fileName, table: tableOf(entry) }));
  const cells: Cell[] = [
    {
      id: 'mappedorders',
      kind: 'sql',
      name: 'orders',
      source: mappingSource({ parts: fit.orders }, tableOf(orders.entry), mapped.orders, orders.roles.refund),
    },
    {
      id: 'mappedspend',
      kind: 'sql',
      name: 'ad_spend',
      source: mappingSource({ parts: fit.spend }, tableOf(spend.entry), mapped.spend),
    },
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

/** With the others together, as many as charts have colours. */
const MOST_CHANNELS = 7;

/** The channels by their rows, as far as they are known. */
function channelsOf({ profile }: DataEntry, column: string | undefined): readonly string[] {
  const top = profile?.columns.find(({ name }) => name === column)?.top ?? [];
  const known = top.slice(0, MOST_CHANNELS).map(({ value }) => value);
  return known.length > 0 ? known : ['advertising'];
}

/** A mix model over the reader's channels; those beyond the most frequent count together, so that no spend is left out. */
function adaptMix(text: string, channels: readonly string[]): string {
  const names = channels.map((channel, i) => nameOf(channel, i, channels));
  const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const listed = channels.map(
    (channel, i) =>
      `    coalesce(sum(spend) FILTER (channel = ${literal(channel)}), 0) AS ${writtenIdentifier(names[i]!)}`,
  );
  const others = `    coalesce(sum(spend) FILTER (channel IS NULL OR channel NOT IN (${channels.map(literal).join(', ')})), 0) AS other_channels`;
  return text
    .replace(
      / {4}sum\(spend\) FILTER[^]*?\n {2}FROM ad_spend/,
      () => `${[...listed, others].join(',\n')}\n  FROM ad_spend`,
    )
    .replace(
      /const channels = \[[^\]]*\];/,
      () =>
        `const channels = [${[...names, 'other_channels'].map((name) => JSON.stringify(name)).join(', ')}].filter((name) => weekly.some((row) => row[name] > 0));`,
    );
}

/** A channel's name as a column: `Google Ads` → `google_ads`. */
function nameOf(channel: string, at: number, all: readonly string[]): string {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '');
  const name = plain(channel);
  const taken = all.slice(0, at).some((other) => plain(other) === name);
  return name === '' || /^\d/.test(name) || name === 'week' || taken ? `channel_${at + 1}` : name;
}

/** A text without what stands from one heading to another. */
function without(text: string, from: string, to: string): string {
  const start = text.indexOf(`\n${from}\n`);
  const end = text.indexOf(`\n${to}\n`, start);
  return start < 0 || end < 0 ? text : text.slice(0, start) + text.slice(end);
}
