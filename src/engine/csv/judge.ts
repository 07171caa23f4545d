import type { CsvPlan, PlannedColumn, Reject } from '../engine';
import { checkOf, type Check, type Misfits } from './checks';
import { HUGE, LEADING_ZERO, columnReader } from './columns';
import { fieldText, recordText } from './records';
import type { RecordView } from './tokenizer';
import { TOTALS_AT_MOST, isTotals } from './totals';

export const REJECTS_SHOWN = 1000;

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
