import type { CsvPlan, PlannedColumn } from '../engine';
import { columnReader, decimalOf, type Reader } from './columns';
import type { RowSink } from './judge';
import { fieldText } from './records';
import { BARE_CR, PADDED, QUOTED, STRAY, type RecordView } from './tokenizer';

const PART = 8 * 1024 * 1024;
const NEWLINE = 10;

/**
 * Writes good rows as a CSV that DuckDB reads without doubt: no header, `\n` alone, values in plain form. The parts go
 * into blobs as they fill, which the browser keeps outside the heap (and on disk when they are many).
 */
export class Rewriter implements RowSink {
  readonly #plan: CsvPlan;
  readonly #nulls: ReadonlySet<string>;
  readonly #readers: (Reader | null)[];
  readonly #converts: boolean;
  readonly #quote: string;
  readonly #missing: string;
  readonly #encoder = new TextEncoder();
  readonly #parts: Blob[] = [];
  #buffer = new Uint8Array(PART);
  #used = 0;

  constructor(plan: CsvPlan) {
    this.#plan = plan;
    this.#nulls = new Set(plan.nulls);
    this.#readers = plan.columns.map((column) => (column.type === 'VARCHAR' ? null : columnReader(column, plan)));
    this.#converts = plan.columns.some(
      (column) =>
        column.strip ||
        column.percent ||
        column.decimal !== undefined ||
        column.format !== undefined ||
        (column.type === 'DOUBLE' && decimalOf(column, plan) === ','),
    );
    this.#quote = plan.quote;
    // Without a quote, a missing value in a table of one column needs a text of its own: an empty line is none.
    this.#missing = this.#quote ? this.#quote + this.#quote : (plan.nulls.find((text) => text !== '') ?? '');
  }

  row(record: RecordView, plain: boolean): void {
    if (plain && !this.#converts) this.#bytes(record.bytes, record.start, record.end);
    else this.#fields(record);
    this.#byte(NEWLINE);
  }

  blank(): void {
    this.#text(`${this.#missing}\n`);
  }

  /** What has been written. */
  blob(): Blob {
    this.#flush();
    return new Blob(this.#parts);
  }

  #fields(record: RecordView): void {
    const count = this.#readers.length;
    for (let i = 0; i < count; i++) {
      if (i > 0) this.#text(this.#plan.delimiter);
      const reader = this.#readers[i];
      const mark = record.marks[i]!;
      if (reader) {
        const text = fieldText(record, i, this.#plan.quote).trim();
        if (!this.#nulls.has(text)) this.#text(this.#quoted(reader(text) ?? ''));
        else if (count === 1) this.#text(this.#missing);
      } else if (mark & (STRAY | PADDED | BARE_CR)) {
        // DuckDB cannot read a lone \r within quotes: it becomes the newline it was meant to be.
        this.#text(this.#quoted(fieldText(record, i, this.#plan.quote).replace(/\r(?!\n)/g, '\n')));
      } else {
        const quote = mark & QUOTED ? 1 : 0;
        this.#bytes(record.bytes, record.starts[i]! - quote, record.ends[i]! + quote);
      }
    }
  }

  #quoted(text: string): string {
    const { delimiter } = this.#plan;
    const quote = this.#quote;
    const bare = !quote || (!text.includes(delimiter) && !text.includes(quote) && !/[\r\n]/.test(text));
    return bare ? text : quote + text.replaceAll(quote, quote + quote) + quote;
  }

  #text(text: string): void {
    this.#room(text.length * 3);
    this.#used += this.#encoder.encodeInto(text, this.#buffer.subarray(this.#used)).written;
  }

  #bytes(bytes: Uint8Array, from: number, to: number): void {
    this.#room(to - from);
    if (to - from < 48) for (let i = from, at = this.#used; i < to; i++) this.#buffer[at++] = bytes[i]!;
    else this.#buffer.set(bytes.subarray(from, to), this.#used);
    this.#used += to - from;
  }

  #byte(byte: number): void {
    this.#room(1);
    this.#buffer[this.#used++] = byte;
  }

  #room(size: number): void {
    if (this.#used + size <= this.#buffer.length) return;
    this.#flush();
    if (size > this.#buffer.length) this.#buffer = new Uint8Array(size);
  }

  #flush(): void {
    if (this.#used > 0) this.#parts.push(new Blob([this.#buffer.subarray(0, this.#used)]));
    this.#used = 0;
  }
}

/** Date parts that DuckDB's reader and ours understand alike. */
const SHARED = /%[^YymdHMSIp]/;

/** Whether a column's values must be turned into plain form before DuckDB's reader can take them. */
export function needsConversion(column: PlannedColumn, plan: CsvPlan): boolean {
  if (column.strip || column.percent || column.decimal !== undefined) return true;
  if (column.format === undefined) return false;
  const others = plan.columns.filter((other) => other.type === column.type && other.format !== column.format);
  return others.length > 0 || SHARED.test(column.format);
}

/** The plan by which a rewritten file is read: what was converted stands there in plain form. */
export function planOfRewritten(plan: CsvPlan): CsvPlan {
  const columns = plan.columns.map(({ name, source, type }) => ({ name, source, type }));
  return { ...plan, encoding: 'utf-8', compression: 'none', decimal: '.', columns };
}
