import type { Cell } from '../../notebook/model';
import { parseNotebook } from '../../notebook/parse';
import { printNotebook } from '../../notebook/print';
import type { DataEntry } from '../../session/data-files';
import { definedNames } from '../../session/defined-names';
import type { ColumnMapping } from '../../session/relink';
import type { Rhythm } from '../../session/rhythm';
import { inCurrency } from './currency';
import type { Asked } from './consent';
import { leftOut, notCounted } from './left-out';
import { mappingSource } from './mapping';
import { mixOfAnyShop, MOST_CHANNELS } from './mix';
import type { Found } from './of-one';
import type { Half, Part } from './parts';
import { spendParts, type Ads, type SpendMapped, type TwoFound, type TwoMapped } from './of-two';
import { rfmOfAnyShop } from './rfm';
import { churnOfAnyShop, keyFiguresOfAnyShop, leadsOfAnyShop } from './scores';

/** A template's text over other files than the bakery's: what rests on its further files goes, and channels are the reader's. */
const ADAPTED: Readonly<Record<string, (text: string, channels: readonly string[], withAds: boolean) => string>> = {
  'customer-value': (text) => text.replace(/The last four lines leave out[^]*?where you cannot know\. /, ''),
  'rfm-audiences': rfmOfAnyShop,
  'key-figures': (text, _, withAds) => keyFiguresOfAnyShop(text, withAds),
  'churn-score': churnOfAnyShop,
  'lead-score': leadsOfAnyShop,
  'marketing-mix': mixOfAnyShop,
  'weekly-performance': (text) =>
    without(text, '## What the clicks say of each channel', '## What this page cannot tell')
      .replace(
        /Last-click credit flatters[^]*?or offline\. The shop-wide figures have no such bias, yet they mix/,
        'The figures mix',
      )
      .replace('Sales are after refunds, on the day the money moved;', 'Sales are after refunds;')
      .replace(', sum(margin) AS margin', '')
      .replace('  coalesce(margin, 0) AS margin,\n', ''),
};

const adapted = (template: string, text: string, channels: readonly string[], withAds: boolean): string =>
  ADAPTED[template]?.(text, channels, withAds) ?? text;

const noMargin = (orders: Half): Cell => ({
  id: 'nomargin',
  kind: 'md',
  source: inCurrency(
    `**Nothing is known of your margin**, so below €1 of sales counts as €1 earned, and every channel seems to pay for itself
sooner than it does. If you keep €0.40 of each €1, write \`0.4 * …\` for what stands before \`AS margin\` in the query \`orders\`.`,
    orders,
  ),
});

/** What else is read beside a template's one file. */
export interface Beside {
  /** Says who may be written to. */
  readonly asked?: Asked | undefined;
  readonly ads?: { readonly found: Ads; readonly mapped: SpendMapped };
}

/** A template's text over the reader's file, by the column chosen for each part; it names the files with what is known of them. */
export function fitted(
  text: string,
  { fit, half }: Found,
  mapping: ColumnMapping,
  { asked, ads }: Beside = {},
): string {
  const spent = ads ? spentOf(ads.found.spends, ads.mapped) : [];
  const { notebook } = parseNotebook(inCurrency(adapted(fit.template, text, [], spent.length > 0), half));
  const { entry } = half;
  const tableOf = besides(notebook.cells, spent.length > 0 ? ['ad_spend'] : []);
  const elsewhere = asked && { ...asked, table: tableOf(asked.entry) };
  const source = mappingSource(fit.parts, half, tableOf(entry), mapping, { lines: fit.lines, asked: elsewhere });
  const cells = withoutTruth(notebook.cells).flatMap((cell) =>
    cell.id === fit.cell
      ? [
          { ...cell, source },
          ...leftOut(half, fit.parts, mapping, { id: 'leftout', lines: fit.lines, asked }),
          ...(spent.length > 0 ? spendCells(spent, half, tableOf) : []),
          ...notCounted(ads?.found.undated ?? []),
        ]
      : [cell],
  );
  return printNotebook({
    ...notebook,
    title: `${notebook.title}: ${entry.table}`,
    files: filesOf([entry, ...(asked ? [asked.entry] : []), ...spent.map(({ half: { entry: of } }) => of)], tableOf),
    cells,
  });
}

/** A file of ads as it is read. */
interface Spent {
  readonly half: Half;
  readonly parts: readonly Part[];
  readonly mapping: ColumnMapping;
  readonly rhythm: Rhythm;
}

/** The files of ads of which the reader chose a column for the spend. */
function spentOf(spends: readonly Half[], { spends: mappings, rhythms }: SpendMapped): readonly Spent[] {
  return spends.flatMap((half, i) => {
    const mapping = mappings[i];
    if (mapping?.spend === undefined) return [];
    const rhythm = rhythms?.[i] ?? 'day';
    const parts = spendParts(half.entry.table, spends.length === 1, { rhythm, day: mapping.day });
    return [{ half, parts, mapping, rhythm }];
  });
}

/** The query that puts files of ads together as `ad_spend`, and what it leaves out of each. */
function spendCells(spent: readonly Spent[], orders: Half, tableOf: (entry: DataEntry) => string): readonly Cell[] {
  const source = spent
    .map(({ half, parts, mapping }) => mappingSource(parts, half, tableOf(half.entry), mapping))
    .join('\nUNION ALL\n');
  return [
    { id: 'mappedspend', kind: 'sql', name: 'ad_spend', source },
    ...spent.flatMap(({ half, parts, mapping, rhythm }, i) =>
      leftOut(half, parts, mapping, { id: `leftoutspend${i + 1}`, orders, rhythm }),
    ),
  ];
}

/** A template's cells less the section that holds the simulated shop's truth beside what was found: no other shop's is known. */
function withoutTruth(cells: readonly Cell[]): readonly Cell[] {
  const truth = cells.findIndex(({ id }) => id === 'truth');
  if (truth < 0) return cells;
  const begin = cells.slice(0, truth).findLastIndex(holdsHeading);
  const length = cells.slice(truth).findIndex(holdsHeading);
  const heading = cells[begin]!;
  // The cell of its heading may end the section before.
  const before = heading.source.slice(0, heading.source.search(HEADING)).trim();
  return [
    ...cells.slice(0, begin),
    ...(before === '' ? [] : [{ ...heading, source: before }]),
    ...(length < 0 ? [] : cells.slice(truth + length)),
  ];
}

/** The last heading of a text. */
const HEADING = /^## (?![^]*^## )/m;

const holdsHeading = (cell: Cell): boolean => cell.kind === 'md' && HEADING.test(cell.source);

/** A template's text over files of the reader's: queries at its beginning turn them into the two tables that it reads. */
export function fittedTwo(text: string, { fit, orders, spends, undated }: TwoFound, mapped: TwoMapped): string {
  const spent = spentOf(spends, mapped);
  const channels = spent.flatMap(({ half, mapping }) => channelsOf(half.entry, mapping.channel, spends.length === 1));
  const ours = adapted(fit.template, text, [...new Set(channels)].slice(0, MOST_CHANNELS), true);
  const { notebook } = parseNotebook(inCurrency(ours, orders));
  const [first, ...rest] = notebook.cells;
  const used = [orders, ...spent.map(({ half }) => half)];
  const tableOf = besides(notebook.cells, ['orders', 'ad_spend']);
  const cells: Cell[] = [
    {
      id: 'mappedorders',
      kind: 'sql',
      name: 'orders',
      source: mappingSource(fit.orders, orders, tableOf(orders.entry), mapped.orders),
    },
    ...leftOut(orders, fit.orders, mapped.orders, { id: 'leftoutorders' }),
    ...spendCells(spent, orders, tableOf),
    ...notCounted(undated),
    ...(fit.template === 'marketing-mix' && mapped.orders.margin === undefined ? [noMargin(orders)] : []),
  ];
  return printNotebook({
    ...notebook,
    title: `${notebook.title}: ${orders.entry.table}`,
    files: filesOf(
      used.map(({ entry }) => entry),
      tableOf,
    ),
    cells: [first!, ...cells, ...withoutTruth(rest)],
  });
}

/** What files' tables are called beside a template's cells, which keep their names. */
function besides(cells: readonly Cell[], more: readonly string[] = []): (entry: DataEntry) => string {
  const taken = new Set([...definedNames(cells), ...more]);
  return ({ table }) => (taken.has(table.toLowerCase()) ? `${table}_file` : table);
}

const filesOf = (entries: readonly DataEntry[], tableOf: (entry: DataEntry) => string) =>
  entries.map((entry) => ({ ...entry.known, name: entry.fileName, table: tableOf(entry) }));

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
