import { parseRecords, type TextRecord } from './records';
import { looksTyped } from './infer';

export interface FoundDialect {
  readonly delimiter: string;
  readonly quote: string;
  /** How many fields most records have. */
  readonly width: number;
  readonly records: readonly TextRecord[];
}

const DELIMITERS = [',', ';', '\t', '|', '^', '~', '\u0001', ':'];
const ROWS = 400;

/** Delimiter and quote of a text, by which of them cuts most records into the same number of fields. */
export function detectDialect(text: string, fixed: { delimiter?: string; quote?: string } = {}): FoundDialect {
  const named = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const delimiters = fixed.delimiter !== undefined ? [fixed.delimiter] : named ? [named] : DELIMITERS;
  const sample = firstLines(text, ROWS);
  const wrapped = wrappedFields(text, delimiters);
  const quotes =
    fixed.quote !== undefined ? [fixed.quote] : [wrapped.single > 2 && wrapped.double === 0 ? "'" : '"', ''];
  let chosen = bestDelimiter(sample, delimiters, quotes[0]!);
  // Nothing is quoted (`"6 inch`) where quotes that do not match up spoil many rows, and the rows are regular without.
  if (quotes.length > 1 && wrapped.double === 0 && chosen.flawed > 0.1) {
    const bare = bestDelimiter(sample, delimiters, '');
    if (bare.share > chosen.share + 0.2) chosen = bare;
  }
  const { delimiter, quote, width } = chosen;
  return { delimiter, quote, width, records: parseRecords(text, delimiter, quote) };
}

interface Scored {
  readonly delimiter: string;
  readonly quote: string;
  /** How many fields most rows have, and the share of rows that have as many. */
  readonly width: number;
  readonly share: number;
  /** Share of cells that are numbers, dates and the like. */
  readonly typed: number;
  /** Share of rows whose quotes do not match up. */
  readonly flawed: number;
}

function bestDelimiter(sample: string, delimiters: readonly string[], quote: string): Scored {
  const scored = delimiters.map((delimiter) => score(sample, delimiter, quote));
  const best = Math.max(...scored.map((one) => one.share));
  const close = scored.filter((one) => one.width > 1 && one.share >= best - 0.08 && one.share >= 0.3);
  const first = (one: Scored): number => Number(one.share >= best - 0.001);
  close.sort((a, b) => first(b) - first(a) || b.typed - a.typed || b.width - a.width);
  return close[0] ?? { ...scored[0]!, width: 1 };
}

function score(text: string, delimiter: string, quote: string): Scored {
  const all = parseRecords(text, delimiter, quote);
  const flaws = all.filter((record) => record.flaw === 'stray-quote' || record.flaw === 'unclosed-quote').length;
  const records = all.filter((record) => record.flaw !== 'none' || record.fields.some((field) => field.trim() !== ''));
  const counts = new Map<number, number>();
  for (const { fields } of records)
    if (fields.length > 1) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let [width, most] = [1, 0];
  for (const [fields, count] of counts)
    if (count > most || (count === most && fields > width)) [width, most] = [fields, count];
  const regular = records.filter((record) => record.fields.length === width).slice(0, 100);
  const cells = regular.flatMap((record) => record.fields).filter((cell) => cell !== '');
  const typed = cells.length ? cells.filter(looksTyped).length / cells.length : 0;
  // Lines of prose hold a colon or a comma now and then: an exotic mark must beat the usual ones clearly.
  const handicap = DELIMITERS.indexOf(delimiter) > 3 ? 0.1 : 0;
  const share = records.length ? most / records.length - handicap : 0;
  return { delimiter, quote, width, share, typed, flawed: flaws / Math.max(records.length, 1) };
}

/** How many fields at the beginning stand whole between quotes of either kind, on one line. */
function wrappedFields(text: string, delimiters: readonly string[]): { single: number; double: number } {
  const marks = `[${delimiters.map((mark) => mark.replace(/[\^\]\\]/g, '\\$&')).join('')}\\r\\n]`;
  const start = text.slice(0, 200_000);
  const wrapped = (quote: string): number =>
    (start.match(new RegExp(`(?:^|${marks})${quote}[^${quote}\\r\\n]*${quote} *(?=${marks}|$)`, 'g')) ?? []).length;
  return { single: wrapped("'"), double: wrapped('"') };
}

function firstLines(text: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count && at >= 0; i++) at = text.indexOf('\n', at) + 1 || -1;
  return at < 0 ? text : text.slice(0, at);
}
