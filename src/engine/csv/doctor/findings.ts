import { capital } from '../../../base/capital';
import { listed as inSentence } from '../../../base/listed';
import type { ByKey, ColumnReading, CsvPlan, Finding, PlannedColumn } from '../../engine';
import { columnReader, USUAL_NULLS } from '../columns';
import { offsetOf } from '../dates';
import { readingOf } from './reading';

/** What was looked at, beside the plan that came of it. */
export interface Looked {
  /** Columns as found, whatever was settled. */
  readonly found: readonly PlannedColumn[];
  /** The sampled rows of the table. */
  readonly rows: readonly (readonly string[])[];
  /** The rows of totals, as they stand in the file. */
  readonly totals: readonly (readonly string[])[];
  readonly twoHeaders: boolean;
  readonly byKey: { readonly fill?: ByKey; readonly once?: ByKey };
  /** Remarks that leave nothing to decide. */
  readonly told: readonly string[];
  /** Those of them that say how something was read that could as well be read otherwise. */
  readonly doubts: ReadonlySet<string>;
}

const TEXT: ColumnReading = { type: 'VARCHAR', chosen: true };

/** What the doctor says of a file: each finding with what is done about it and how the reader would have it otherwise. */
export function findingsOf(plan: CsvPlan, looked: Looked): Finding[] {
  return [
    ...headers(plan, looked),
    ...totals(plan, looked),
    ...orders(plan, looked),
    ...missing(plan, looked),
    ...KINDS.flatMap((kind) => columnFinding(plan, looked, kind)),
    ...looked.told.map((found): Finding => ({
      kind: 'told',
      found,
      ...(looked.doubts.has(found) && { doubtful: true as const }),
    })),
  ];
}

function headers(plan: CsvPlan, { twoHeaders }: Looked): Finding[] {
  if (!twoHeaders) return [];
  const example = plan.columns.find(({ source }) => source.includes(' – '))?.source ?? plan.columns[0]!.source;
  return [
    {
      kind: 'headers',
      found: 'The column names stand in two rows.',
      proposed: 'Join the two into one name',
      before: example.split(' – ').join(' / '),
      after: plan.columns.find(({ source }) => source === example)!.name,
      accepted: plan.headerRows === 2,
      accept: { headerRows: 2 },
      decline: { headerRows: 1 },
    },
  ];
}

function totals(plan: CsvPlan, { totals }: Looked): Finding[] {
  if (totals.length === 0) return [];
  return [
    {
      kind: 'totals',
      found: totals.length === 1 ? 'One row holds totals.' : `${totals.length} rows hold totals.`,
      proposed: 'Set aside, so that no sum counts twice',
      before: totals[0]!
        .filter((field) => field.trim() !== '')
        .slice(0, 4)
        .join(', '),
      after: 'set aside',
      accepted: plan.totals !== 'keep',
      accept: { totals: 'set-aside' },
      decline: { totals: 'keep' },
    },
  ];
}

function orders(plan: CsvPlan, { byKey }: Looked): Finding[] {
  const names = (of: ByKey): string => listed(of.columns);
  const { fill, once } = byKey;
  return [
    ...(fill
      ? [
          {
            kind: 'fill' as const,
            found: `Orders take several rows, and only the first of each holds ${names(fill)}.`,
            proposed: `Fill them in below, by ${fill.by}; amounts stay on the first row`,
            before: '(blank)',
            after: 'as in the row above',
            accepted: Boolean(plan.fill),
            accept: { fill },
            decline: { fill: false as const },
          },
        ]
      : []),
    ...(once
      ? [
          {
            kind: 'once' as const,
            found: `Orders take several rows, and each repeats ${names(once)} of the whole order.`,
            proposed: `Keep them on the first row of each ${once.by}, so that sums count an order once`,
            before: 'on every row',
            after: 'on the first',
            accepted: Boolean(plan.once),
            accept: { once },
            decline: { once: false as const },
          },
        ]
      : []),
  ];
}

function missing(plan: CsvPlan, { rows, found }: Looked): Finding[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    row.slice(0, found.length).forEach((field) => {
      const text = field.trim();
      if (text !== '' && (USUAL_NULLS.includes(text) || plan.nulls.includes(text)))
        counts.set(text, (counts.get(text) ?? 0) + 1);
    });
  }
  if (counts.size === 0) return [];
  const texts = [...counts.keys()];
  const cells = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [
    {
      kind: 'missing',
      found: `${texts.map((text) => `“${text}”`).join(' and ')} ${texts.length === 1 ? 'stands' : 'stand'} for no value (${cells === 1 ? '1 cell' : `${cells.toLocaleString('en')} cells`} looked at).`,
      proposed: 'Read as empty',
      before: texts[0]!,
      after: '(empty)',
      accepted: texts.some((text) => plan.nulls.includes(text)),
      accept: { nulls: [...new Set([...USUAL_NULLS, ...texts])] },
      decline: { nulls: [''] },
    },
  ];
}

/** A kind of column that is not read as it is written. */
interface Kind {
  readonly kind: Finding['kind'];
  readonly is: (column: PlannedColumn, value: string) => boolean;
  readonly found: (names: string, several: boolean) => string;
  readonly proposed: string;
  /** What declining reads such a column as; text where nothing is said. */
  readonly otherwise?: (column: PlannedColumn) => ColumnReading;
  /** Whether a column is read as proposed; by its type where nothing is said. */
  readonly done?: (planned: PlannedColumn) => boolean;
}

const CURRENCY = /[^\s.,'’%\u00a0\u202f]/;

const KINDS: readonly Kind[] = [
  {
    kind: 'bounds',
    is: (column, value) => column.bounds === true && /^[<>]/.test(value),
    found: (names) => `${names} says of some values only that they are below or above a bound.`,
    proposed: 'Read just inside the bound, as Google Ads does',
  },
  {
    kind: 'percent',
    is: (column) => column.percent === true && !column.bounds,
    found: (names, several) => `${names} ${several ? 'are' : 'is'} written in percent.`,
    proposed: 'Read as shares of 1',
  },
  {
    kind: 'money',
    is: (column) => column.percent !== true && CURRENCY.test(column.strip ?? ''),
    found: (names, several) => `${names} ${several ? 'carry' : 'carries'} currency signs.`,
    proposed: 'Read as numbers',
  },
  {
    kind: 'numbers',
    is: (column, value) => isPlain(column) && [...(column.strip ?? '')].some((mark) => value.includes(mark)),
    found: (names, several) => `${names} ${several ? 'have' : 'has'} numbers in groups of three digits.`,
    proposed: 'Read as plain numbers',
  },
  {
    kind: 'commas',
    is: (column, value) => isPlain(column) && !column.strip && value.includes(','),
    found: (names, several) => `${names} ${several ? 'have' : 'has'} numbers with a decimal comma.`,
    proposed: 'Read as plain numbers',
  },
  {
    kind: 'dates',
    is: (column) => column.format !== undefined,
    found: (names, several) => `${names} ${several ? 'hold' : 'holds'} dates in a local form.`,
    proposed: 'Read as dates',
  },
  {
    kind: 'clock',
    is: (column, value) => column.clock !== undefined && Boolean(offsetOf(value)),
    found: (names, several) => `${names} ${several ? 'say' : 'says'} how far the clock was from UTC.`,
    proposed: 'Keep the local time, so that days are those of the shop’s own reports; cleared, it becomes UTC',
    otherwise: (column) => {
      const { clock: _clock, ...inUtc } = readingOf(column);
      return inUtc;
    },
    done: (planned) => planned.clock !== undefined,
  },
  {
    kind: 'apostrophes',
    is: (column, value) => column.apostrophe === true && value.startsWith("'"),
    found: (names, several) => `${names} ${several ? 'have' : 'has'} an apostrophe before the value.`,
    proposed: 'Take it off and keep the text',
  },
  {
    kind: 'ids',
    is: (column, value) => column.type === 'VARCHAR' && !column.apostrophe && /^\d{12,}$/.test(value),
    found: (names, several) => `${names} ${several ? 'are' : 'is'} numbers that name a thing.`,
    proposed: 'Keep as text, so that nothing rounds or adds them up',
    otherwise: () => ({ type: 'BIGINT', chosen: true }),
  },
];

/** Whether a column holds numbers that are neither amounts of a currency nor shares. */
const isPlain = ({ type, strip, percent }: ColumnReading): boolean =>
  !percent && !CURRENCY.test(strip ?? '') && /BIGINT|DOUBLE/.test(type);

function columnFinding(plan: CsvPlan, { found, rows }: Looked, kind: Kind): Finding[] {
  const nulls = new Set(plan.nulls);
  const exampleOf = (column: PlannedColumn, i: number): string | undefined => {
    const read = columnReader(column, plan);
    for (const row of rows) {
      const text = (row[i] ?? '').trim();
      if (text !== '' && kind.is(column, text) && !nulls.has(text) && read(text) !== null) return text;
    }
    return undefined;
  };
  const hits = found.flatMap((column, i) => {
    const value = exampleOf(column, i);
    return value === undefined ? [] : [{ column, value, planned: plan.columns[i] ?? column }];
  });
  if (hits.length === 0) return [];
  const { column, value } = hits[0]!;
  const readings = (of: (column: PlannedColumn) => ColumnReading) =>
    Object.fromEntries(hits.map(({ column }) => [column.source, of(column)]));
  return [
    {
      kind: kind.kind,
      found: capital(kind.found(listed(hits.map(({ column }) => column.source || column.name)), hits.length > 1)),
      proposed: kind.proposed,
      before: value,
      after:
        kind.kind === 'apostrophes'
          ? value.slice(1)
          : kind.kind === 'ids'
            ? `“${value}”`
            : plainly(columnReader(column, plan)(value)),
      accepted: hits.some(({ column, planned }) =>
        kind.done ? kind.done(planned) : planned.type === column.type && !planned.chosen,
      ),
      accept: { readings: readings(readingOf) },
      decline: { readings: readings(kind.otherwise ?? (() => TEXT)) },
    },
  ];
}

/** `1012.40` is the number 1012.4. */
const plainly = (text: string | null): string =>
  text === null ? '' : /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text;

/** `Cost, Clicks and 3 more`. */
function listed(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return inSentence(shown);
}
