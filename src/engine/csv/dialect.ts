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
  const named = /^(?:﻿)?sep=(.)\r?\n/i.exec(text)?.[1];
  const delimiters = fixed.delimiter !== undefined ? [fixed.delimiter] : named ? [named] : DELIMITERS;
  const quote = fixed.quote ?? detectQuote(text, delimiters);
  const sample = firstLines(text, ROWS);
  const scored = delimiters.map((delimiter) => score(sample, delimiter, quote));
  const best = Math.max(...scored.map((one) => one.share));
  const close = scored.filter((one) => one.width > 1 && one.share >= best - 0.08 && one.share >= 0.3);
  close.sort(
    (a, b) =>
      Number(b.share >= best - 0.001) - Number(a.share >= best - 0.001) || b.typed - a.typed || b.width - a.width,
  );
  const chosen = close[0] ?? scored.find((one) => one.delimiter === delimiters[0])!;
  const width = close.length ? chosen.width : Math.max(chosen.width, 1);
  return { delimiter: chosen.delimiter, quote, width, records: parseRecords(text, chosen.delimiter, quote) };
}

function score(
  text: string,
  delimiter: string,
  quote: string,
): { delimiter: string; width: number; share: number; typed: number } {
  const records = parseRecords(text, delimiter, quote).filter((record) =>
    record.fields.some((field) => field.trim() !== ''),
  );
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
  return { delimiter, width, share: records.length ? most / records.length - handicap : 0, typed };
}

/** `"` unless single quotes wrap fields and double ones do not, or double ones are plainly not meant as quotes. */
function detectQuote(text: string, delimiters: readonly string[]): string {
  const marks = `[${delimiters.map((mark) => mark.replace(/[\^\]\\]/g, '\\$&')).join('')}\\r\\n]`;
  const wrapped = (quote: string): number =>
    (
      text
        .slice(0, 200_000)
        .match(
          new RegExp(`(?:^|${marks})${quote}(?:[^${quote}\\r\\n]|${quote}${quote})*${quote} *(?=${marks}|$)`, 'g'),
        ) ?? []
    ).length;
  const double = wrapped('"');
  if (double === 0 && wrapped("'") > 2) return "'";
  if (double > 0 || !text.includes('"')) return '"';
  // Quotes there are, but none wraps a field on one line: inches, or fields of several lines.
  return /(?:^|[,;\t|\r\n])"[^"]*[\r\n][^"]*"(?=[,;\t|\r\n]|$)/.test(text)
    ? '"'
    : /(?:^|[,;\t|\r\n])"/.test(text)
      ? ''
      : '"';
}

function firstLines(text: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count && at >= 0; i++) at = text.indexOf('\n', at) + 1 || -1;
  return at < 0 ? text : text.slice(0, at);
}
