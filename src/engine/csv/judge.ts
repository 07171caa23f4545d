import type { CsvPlan, PlannedColumn, Reject } from '../engine';
import { HUGE, LEADING_ZERO, columnReader, type Reader } from './columns';
import { fieldText, recordText } from './records';
import type { RecordView } from './tokenizer';
import { TOTALS_AT_MOST, isTotals } from './totals';

export const REJECTS_SHOWN = 1000;

/** Values of a column that do not fit its type, by what they are instead. */
export interface Misfits {
  count: number;
  decimals: number;
  long: number;
  zeros: number;
  example: string;
  line: number;
}

/** One typed column as the judge looks at it. */
interface Check {
  readonly column: PlannedColumn;
  readonly index: number;
  readonly read: Reader;
  readonly quick: ((bytes: Uint8Array, from: number, to: number) => boolean) | null;
  /** Whether DuckDB's own reader takes a fitting value for what it is. */
  readonly native: (text: string) => boolean;
  readonly misfits: Misfits;
}

/** Where good rows go. */
export interface RowSink {
  /** `plain` when the record's bytes can stand as they are. */
  row(record: RecordView, plain: boolean): void;
  /** A row of one column without a value. */
  blank(): void;
}

/**
 * Decides record by record what is a row of the table, what is left out by plan (preamble, header, blank lines) and
 * what is rejected and why. Every record that is not left out is counted, in `rows` or in `rejected`.
 */
export class Judge {
  rows = 0;
  rejected = 0;
  readonly rejects: Reject[] = [];
  /** Whether DuckDB, given the file's own bytes, would see exactly the good rows, each as it should be. */
  clean = true;
  strays = 0;
  firstStray = 0;
  trailing = 0;
  /** Set where bytes that are no UTF-8 have been met: from there on every record is looked at. */
  suspicious = false;
  readonly checks: readonly Check[];

  readonly #plan: CsvPlan;
  readonly #width: number;
  readonly #nulls: ReadonlySet<string>;
  readonly #sink: RowSink | null;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  #headerPending: boolean;
  #blanks = 0;
  #held: { reject: Reject; flush: () => void }[] = [];

  constructor(plan: CsvPlan, sink: RowSink | null) {
    this.#plan = plan;
    this.#width = plan.columns.length;
    this.#nulls = new Set(plan.nulls);
    this.#sink = sink;
    this.#headerPending = plan.header;
    this.checks = plan.columns.flatMap((column, index) =>
      column.type === 'VARCHAR' ? [] : [checkOf(column, index, plan)],
    );
  }

  judge(record: RecordView): void {
    if (record.line <= this.#plan.preamble) return;
    if (record.fields === 1 && isBlank(record)) return this.#blank();
    if (this.#headerPending) {
      this.#headerPending = false;
      return;
    }
    if (this.#blanks) this.#countBlanks();
    const { fields, flaw } = record;
    const width = this.#width;
    if (flaw === 'unclosed-quote')
      return this.#reject(record, `Row ${at(record)} opens a quote that does not close as it should.`);
    if (flaw === 'too-long') return this.#reject(record, `Row ${at(record)} is longer than 2 MB.`);
    let plain = true;
    if (fields !== width) {
      const last = fields - 1;
      if (fields !== width + 1 || record.ends[last]! > record.starts[last]!) {
        if (this.#plan.totals !== 'keep' && isTotals(texts(record, this.#plan.quote)))
          return this.#holdTotals(record, null);
        return this.#reject(record, raggedReason(record, width, this.#plan.header));
      }
      this.trailing++;
      plain = false;
    }
    if (width > 1 && record.end - record.start === fields - 1)
      return this.#reject(record, `Row ${at(record)} is empty: it holds nothing but delimiters.`);
    if (this.suspicious && !this.#valid(record))
      return this.#reject(record, `Row ${at(record)} holds bytes that are not valid UTF-8.`);
    if (this.#plan.totals !== 'keep' && maybeTotals(record) && isTotals(texts(record, this.#plan.quote)))
      return this.#holdTotals(record, plain);
    if (this.#held.length) this.#release();
    this.#accept(record, plain);
  }

  /** Takes a record of the right shape, unless a value does not fit its column. */
  #accept(record: RecordView, plain: boolean): void {
    const verdict = this.#values(record);
    if (verdict === 'misfit') return;
    if (record.flaw === 'stray-quote') {
      this.strays++;
      this.firstStray ||= record.line;
    }
    const stands = plain && verdict === 'fits' && record.flaw === 'none';
    if (!stands) this.clean = false;
    this.rows++;
    this.#sink?.row(record, stands);
  }

  /** To be called at the end of the file: rows of totals that stand last are set aside. */
  finish(): void {
    for (const { reject } of this.#held) this.#note(reject);
    this.#held = [];
  }

  /** `fits`, or `padded` where a value must be rewritten to be read, or `misfit` after having rejected the row. */
  #values(record: RecordView): 'fits' | 'padded' | 'misfit' {
    let padded = false;
    let reason: { column: string; reason: string } | null = null;
    for (const check of this.checks) {
      const from = record.starts[check.index]!;
      const to = record.ends[check.index]!;
      if (from === to || check.quick?.(record.bytes, from, to)) continue;
      const text = fieldText(record, check.index, this.#plan.quote);
      if (this.#nulls.has(text)) continue;
      const value = text.trim();
      if (value !== text || !check.native(value)) padded = true;
      if (this.#nulls.has(value) || check.read(value) !== null) continue;
      tally(check.misfits, check.column, value, record.line, this.#plan);
      reason ??= { column: check.column.name, reason: misfitReason(record, check.column, value) };
    }
    if (reason) {
      this.#reject(record, reason.reason, reason.column);
      return 'misfit';
    }
    return padded ? 'padded' : 'fits';
  }

  #blank(): void {
    // In a table of one column a blank line between rows is a row without a value; elsewhere it is nothing.
    if (this.#width === 1 && !this.#headerPending && this.rows + this.rejected > 0) this.#blanks++;
  }

  #countBlanks(): void {
    for (; this.#blanks > 0; this.#blanks--) {
      this.clean = false;
      this.rows++;
      this.#sink?.blank();
    }
  }

  #holdTotals(record: RecordView, plain: boolean | null): void {
    const reason = `Row ${at(record)} looks like a totals row.`;
    const reject = { line: record.line, reason, text: recordText(record) };
    // A ragged total that turns out not to stand last is rejected as ragged.
    const ragged = { ...reject, reason: raggedReason(record, this.#width, this.#plan.header) };
    const copy = plain === null ? null : copyOf(record);
    const flush = (): void => (copy ? this.#accept(copy, plain!) : this.#note(ragged));
    this.#held.push({ reject, flush });
    if (this.#held.length > TOTALS_AT_MOST) this.#held.shift()!.flush();
  }

  #release(): void {
    for (const { flush } of this.#held) flush();
    this.#held = [];
  }

  #valid(record: RecordView): boolean {
    try {
      this.#utf8.decode(record.bytes.subarray(record.start, record.end));
      return true;
    } catch {
      return false;
    }
  }

  #reject(record: RecordView, reason: string, column?: string): void {
    const text = this.rejects.length < REJECTS_SHOWN ? recordText(record) : '';
    this.#note({ line: record.line, ...(column !== undefined && { column }), reason, text });
  }

  #note(reject: Reject): void {
    this.clean = false;
    this.rejected++;
    if (this.rejects.length < REJECTS_SHOWN) this.rejects.push(reject);
  }
}

const at = (record: RecordView): string => record.line.toLocaleString('en');

function raggedReason(record: RecordView, width: number, header: boolean): string {
  const fields = `${record.fields.toLocaleString('en')} field${record.fields === 1 ? '' : 's'}`;
  return `Row ${at(record)} has ${fields}, ${header ? 'the header has' : 'the others have'} ${width.toLocaleString('en')}.`;
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

function misfitReason(record: RecordView, column: PlannedColumn, value: string): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  const form = column.format ? ` written like ${column.format}` : '';
  return `Row ${at(record)}: "${shown}" in column ${column.name} is not ${column.percent ? 'a percentage' : KINDS[column.type]}${form}.`;
}

function tally(misfits: Misfits, column: PlannedColumn, value: string, line: number, plan: CsvPlan): void {
  if (misfits.count++ === 0) {
    misfits.example = value;
    misfits.line = line;
  }
  if (column.type !== 'BIGINT' && column.type !== 'HUGEINT') return;
  if (LEADING_ZERO.test(value)) misfits.zeros++;
  else if (HUGE.test(value)) misfits.long++;
  else if (columnReader({ ...column, type: 'DOUBLE' }, plan.decimal)(value) !== null) misfits.decimals++;
}

function checkOf(column: PlannedColumn, index: number, plan: CsvPlan): Check {
  const misfits = { count: 0, decimals: 0, long: 0, zeros: 0, example: '', line: 0 };
  return {
    column,
    index,
    read: remembering(columnReader(column, plan.decimal)),
    quick: quickOf(column, plan),
    native: nativeOf(column),
    misfits,
  };
}

/** DuckDB's CSV reader ignores an offset from UTC without a word: such times are turned into UTC before it sees them. */
function nativeOf(column: PlannedColumn): Check['native'] {
  if (column.format !== undefined) return () => true;
  if (column.type === 'DATE') return (text) => /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (column.type !== 'TIMESTAMP') return () => true;
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
  if (column.strip || column.percent || column.format) return null;
  if (column.type === 'BIGINT' || column.type === 'HUGEINT') return isInteger;
  if (column.type === 'DOUBLE') return plan.decimal === '.' ? isPointed : null;
  if (column.type === 'DATE') return (bytes, from, to) => to - from === 10 && isIsoDate(bytes, from, to);
  return column.type === 'TIMESTAMP' ? isIsoDate : null;
}

function isInteger(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > 18 || (bytes[from] === 48 && to - from > 1)) return false;
  for (let i = from; i < to; i++) if (bytes[i]! < 48 || bytes[i]! > 57) return false;
  return true;
}

function isPointed(bytes: Uint8Array, from: number, to: number): boolean {
  let i = bytes[from] === 45 ? from + 1 : from;
  const digits = i;
  while (i < to && bytes[i]! >= 48 && bytes[i]! <= 57) i++;
  if (i === digits || i === to) return i > digits;
  if (bytes[i] !== 46) return false;
  const fraction = ++i;
  while (i < to && bytes[i]! >= 48 && bytes[i]! <= 57) i++;
  return i === to && i > fraction;
}

/** `YYYY-MM-DD`, alone or before ` HH:MM:SS` with or without `Z`; days beyond the 28th are left to the calendar. */
function isIsoDate(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (length !== 10 && length !== 19 && !(length === 20 && bytes[to - 1] === 90)) return false;
  const two = (at: number): number => {
    const [tens, ones] = [bytes[from + at]! - 48, bytes[from + at + 1]! - 48];
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 99;
  };
  const [month, day] = [two(5), two(8)];
  if (two(0) < 1 || two(0) > 98 || two(2) > 98 || month < 1 || month > 12 || day < 1 || day > 28) return false;
  if (bytes[from + 4] !== 45 || bytes[from + 7] !== 45) return false;
  if (length === 10) return true;
  const gap = bytes[from + 10];
  return (
    (gap === 32 || gap === 84) &&
    two(11) < 24 &&
    two(14) < 60 &&
    two(17) < 60 &&
    bytes[from + 13] === 58 &&
    bytes[from + 16] === 58
  );
}

function isBlank(record: RecordView): boolean {
  if (record.marks[0] !== 0) return false;
  for (let i = record.start; i < record.end; i++) if (record.bytes[i] !== 32 && record.bytes[i] !== 9) return false;
  return true;
}

/** A cheap look before the label is read: a total begins with a letter or a blank cell. */
function maybeTotals(record: RecordView): boolean {
  const byte = record.bytes[record.starts[0]!]!;
  return (
    record.starts[0] === record.ends[0] ||
    (byte | 32) === 116 ||
    (byte | 32) === 103 ||
    (byte | 32) === 115 ||
    byte === 32 ||
    byte >= 128 ||
    'iIrRcCoOyY'.includes(String.fromCharCode(byte))
  );
}

/** A record that outlives the visit. */
function copyOf(record: RecordView): RecordView {
  const { start, end, line, fields, flaw } = record;
  const moved = (bounds: Int32Array): Int32Array => bounds.slice(0, fields).map((bound) => bound - start);
  const bytes = record.bytes.slice(start, end);
  const { starts, ends, marks } = record;
  return {
    bytes,
    start: 0,
    end: end - start,
    line,
    fields,
    flaw,
    starts: moved(starts),
    ends: moved(ends),
    marks: marks.slice(0, fields),
  };
}

const texts = (record: RecordView, quote: string): string[] =>
  Array.from({ length: Math.min(record.fields, 20) }, (_, i) => fieldText(record, i, quote));
