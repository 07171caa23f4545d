import type { CsvPlan, PlannedColumn } from '../engine';
import { HUGE, LEADING_ZERO, columnReader, decimalOf, type Reader } from './columns';
import { inForm, timestampReader } from './dates';
import { numberParts } from './numbers';

/** Values of a column that do not fit its type, by what they are instead. */
export interface Misfits {
  count: number;
  decimals: number;
  long: number;
  zeros: number;
  /** Numbers but for the marks between and around their digits (`1,204`, `€ 5`), and those marks. */
  grouped: number;
  readonly groups: Set<string>;
  readonly currencies: Set<string>;
  /** Whether a grouped one is not whole. */
  fractions: boolean;
  /** Times of another clock than the column's. */
  elsewhere: number;
  example: string;
  line: number;
}

/** One typed column as the judge looks at it. */
export interface Check {
  readonly column: PlannedColumn;
  readonly index: number;
  readonly read: Reader;
  readonly quick: ((bytes: Uint8Array, from: number, to: number) => boolean) | null;
  /** Whether DuckDB's own reader takes a fitting value for what it is. */
  readonly native: (text: string) => boolean;
  readonly misfits: Misfits;
}

function checkOf(column: PlannedColumn, index: number, plan: CsvPlan): Check {
  const misfits: Misfits = {
    count: 0,
    decimals: 0,
    long: 0,
    zeros: 0,
    grouped: 0,
    groups: new Set(),
    currencies: new Set(),
    fractions: false,
    elsewhere: 0,
    example: '',
    line: 0,
  };
  return {
    column,
    index,
    read: remembering(columnReader(column, plan)),
    quick: quickOf(column, plan),
    native: nativeOf(column),
    misfits,
  };
}

/** Every typed column of a plan. */
export const checksOf = (plan: CsvPlan): Check[] =>
  plan.columns.flatMap((column, index) => (column.type === 'VARCHAR' ? [] : [checkOf(column, index, plan)]));

/** Notes a value that does not fit. Returns the sentence that rejects its row. */
export function misfit({ misfits, column }: Check, value: string, line: number, plan: CsvPlan): string {
  if (misfits.count++ === 0) {
    misfits.example = value;
    misfits.line = line;
  }
  const whole = column.type === 'BIGINT' || column.type === 'HUGEINT';
  const reads = (change: Partial<PlannedColumn>): boolean =>
    columnReader({ ...column, ...change }, plan)(value) !== null;
  if (column.clock !== undefined && timestampReader(column.format)(value) !== null) misfits.elsewhere++;
  else if (whole && LEADING_ZERO.test(value)) misfits.zeros++;
  else if (whole && HUGE.test(value)) misfits.long++;
  else if (whole && reads({ type: 'DOUBLE' })) misfits.decimals++;
  else if ((whole || column.type === 'DOUBLE') && !column.percent) {
    const { currency, groups } = marksOf(value, decimalOf(column, plan));
    const strip = (column.strip ?? '') + currency + groups;
    if (reads({ type: 'DOUBLE', strip })) {
      misfits.grouped++;
      for (const mark of groups) misfits.groups.add(mark);
      if (currency) misfits.currencies.add(currency);
      if (whole && !reads({ strip })) misfits.fractions = true;
    }
  }
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  const form = column.format ? ` written like ${inForm(column.format)}` : '';
  return `Row ${line.toLocaleString('en')}: "${shown}" in column ${column.name} is not ${column.percent ? 'a percentage' : KINDS[column.type]}${form}.`;
}

/** What stands around and between a number's digits, less its sign and its decimal mark. */
function marksOf(value: string, decimal: CsvPlan['decimal']): { currency: string; groups: string } {
  const parts = numberParts(value);
  if (!parts) return { currency: '', groups: '' };
  return { currency: parts.currency, groups: parts.digits.replace(/\d/g, '').replaceAll(decimal, '') };
}

const KINDS: Record<PlannedColumn['type'], string> = {
  VARCHAR: 'text',
  BIGINT: 'a whole number',
  HUGEINT: 'a whole number',
  DOUBLE: 'a number',
  BOOLEAN: 'true or false',
  DATE: 'a date',
  TIMESTAMP: 'a date and time',
  TIME: 'a time',
};

/** DuckDB's CSV reader ignores an offset from UTC without a word: it never sees one. */
function nativeOf(column: PlannedColumn): Check['native'] {
  if (column.format !== undefined) return () => true;
  if (column.type === 'DATE') return (text) => /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (column.type !== 'TIMESTAMP') return () => true;
  if (column.clock !== undefined) return () => false;
  return (text) => /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z?)?$/.test(text);
}

/** Values repeat, dates above all: the last few thousand answers are kept. */
function remembering(read: Reader): Reader {
  let known = new Map<string, string | null>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      if (known.size > 4000) known = new Map();
      known.set(text, (answer = read(text)));
    }
    return answer;
  };
}

/** A look at the bytes that settles nearly every value of the plain types; what it does not know the reader decides. */
function quickOf(column: PlannedColumn, plan: CsvPlan): Check['quick'] {
  if (column.strip || column.percent || column.clock !== undefined) return null;
  if (column.type === 'BIGINT' || column.type === 'HUGEINT') return isInteger;
  if (column.type === 'DOUBLE') return decimalTest(decimalOf(column, plan).charCodeAt(0));
  if (column.type === 'DATE') return dateTest(column.format ?? '%Y-%m-%d');
  if (column.type !== 'TIMESTAMP') return null;
  if (column.format !== undefined) return dateTest(column.format);
  const [spaced, zulu] = [dateTest('%Y-%m-%d %H:%M:%S'), dateTest('%Y-%m-%dT%H:%M:%SZ')];
  return spaced && zulu && ((bytes, from, to) => spaced(bytes, from, to) || zulu(bytes, from, to));
}

function isInteger(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > 18 || (bytes[from] === 48 && to - from > 1)) return false;
  for (let i = from; i < to; i++) if (bytes[i]! < 48 || bytes[i]! > 57) return false;
  return true;
}

/** Digits, perhaps with a mark and more digits. */
function decimalTest(mark: number): Check['quick'] {
  return (bytes, from, to) => {
    let i = bytes[from] === 45 ? from + 1 : from;
    const digits = i;
    while (i < to && bytes[i]! >= 48 && bytes[i]! <= 57) i++;
    if (i === digits || i === to) return i > digits;
    if (bytes[i] !== mark) return false;
    const fraction = ++i;
    while (i < to && bytes[i]! >= 48 && bytes[i]! <= 57) i++;
    return i === to && i > fraction;
  };
}

/** Least and greatest value of two digits, by their part; days beyond the 28th are left to the calendar. */
const RANGES: Record<string, readonly [number, number]> = {
  m: [1, 12],
  d: [1, 28],
  H: [0, 23],
  M: [0, 59],
  S: [0, 59],
};

/** Dates and times of fixed width in a format made of digits and marks. Null where the format is not. */
function dateTest(format: string): Check['quick'] {
  const steps: { at: number; byte: number; low: number; high: number }[] = [];
  let width = 0;
  for (const [token] of format.matchAll(/%.|[^%]/g)) {
    const range = token.length === 2 ? RANGES[token[1]!] : undefined;
    if (token === '%Y') {
      steps.push({ at: width, byte: -1, low: 1, high: 98 }, { at: width + 2, byte: -1, low: 0, high: 99 });
      width += 4;
    } else if (range) {
      steps.push({ at: width, byte: -1, low: range[0], high: range[1] });
      width += 2;
    } else if (token.length === 1) steps.push({ at: width++, byte: token.charCodeAt(0), low: 0, high: 0 });
    else return null;
  }
  return (bytes, from, to) => {
    if (to - from !== width) return false;
    for (const { at, byte, low, high } of steps) {
      const first = bytes[from + at]!;
      if (byte >= 0) {
        if (first !== byte) return false;
        continue;
      }
      const [tens, ones] = [first - 48, bytes[from + at + 1]! - 48];
      const value = tens * 10 + ones;
      if (tens < 0 || tens > 9 || ones < 0 || ones > 9 || value < low || value > high) return false;
    }
    return true;
  };
}
