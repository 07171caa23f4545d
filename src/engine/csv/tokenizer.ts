import { LevainError } from '../../base/problem';

/** Delimiter and quote as bytes of UTF-8 text; a quote of −1 means that nothing is quoted. */
export interface Dialect {
  readonly delimiter: number;
  readonly quote: number;
}

/**
 * What is wrong with a record's text, beyond the number of its fields. An uneven one can be read without doubt, but not
 * by DuckDB: blanks follow a closing quote, or a quoted field holds a lone `\r`.
 */
export type Flaw = 'none' | 'uneven' | 'stray-quote' | 'unclosed-quote' | 'too-long';

/** The record under the cursor. Valid only during the visit: the next record overwrites it. */
export interface RecordView {
  readonly bytes: Uint8Array;
  /** First byte of the record, and the one after its last (its newline not counted). */
  readonly start: number;
  readonly end: number;
  /** 1-based line of the file on which the record starts. */
  readonly line: number;
  readonly fields: number;
  /** Bounds of field `i`, inside its quotes. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Bits of {@link QUOTED}, {@link ESCAPED}, {@link STRAY}, {@link PADDED} and {@link BARE_CR} for field `i`. */
  readonly marks: Uint8Array;
  /** The bits of all fields together. */
  readonly odd: number;
  readonly flaw: Flaw;
}

export const QUOTED = 1;
/** A doubled quote stands in the field. */
export const ESCAPED = 2;
/** A quote that is not doubled stands in the quoted field. */
export const STRAY = 4;
/** Blanks follow the closing quote. */
export const PADDED = 8;
/** A lone `\r` stands in the quoted field. */
export const BARE_CR = 16;

/** A longer record is not read but rejected: DuckDB's own limit for a line is 2 MB. */
export const LONGEST_RECORD = 2_000_000;

/** How much may be read a second time after quotes that never close, before the file is given up as mismatched. */
const REREAD_BUDGET = 256 * 1024 * 1024;

const LF = 10;
const CR = 13;
const SPACE = 32;

/**
 * Cuts UTF-8 bytes into records and fields (RFC 4180), chunk by chunk, without ever holding more than a chunk and a
 * record. Beyond the RFC: `\n`, `\r\n` and a lone `\r` each end a record; a quote closes a field only where a
 * delimiter, a newline or the end follows, so that `"He said "hi" to me"` survives, marked; and a quote that never
 * closes costs its own line, not the rest of the file.
 */
export class Tokenizer implements RecordView {
  bytes = new Uint8Array(0);
  /** Where the bytes under work stand: one piece of memory for the whole file, since new memory costs more than the work. */
  #store = new Uint8Array(0);
  start = 0;
  end = 0;
  line: number;
  fields = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  marks = new Uint8Array(64);
  odd = 0;
  flaw: Flaw = 'none';
  /** Newlines of each kind that ended a record. */
  readonly newlines = { lf: 0, crlf: 0, cr: 0 };

  readonly #delimiter: number;
  readonly #quote: number;
  readonly #visit: (record: RecordView) => void;
  #skipping = false;
  /** Whether no more bytes will come. */
  #final = false;
  #reread = 0;
  /** Newlines inside the record under the cursor. */
  #inner = 0;
  /** Up to here fields have marks, which the next record must not inherit. */
  #marked = 0;
  /** The last line of a span whose quotes did not match up: there, a quote in a bare field is a remnant of it. */
  #doubtful = 0;

  constructor(dialect: Dialect, visit: (record: RecordView) => void, line = 1) {
    this.#delimiter = dialect.delimiter;
    this.#quote = dialect.quote;
    this.#visit = visit;
    this.line = line;
  }

  /** Whether the bytes read so far end with a whole record, and none of the next ones would be doubted for what they hold. */
  get atRecord(): boolean {
    return this.end === this.bytes.length && !this.#skipping && this.line > this.#doubtful;
  }

  /** Reads the next bytes of the file. What was seen of the former ones is overwritten. */
  push(chunk: Uint8Array): void {
    const rest = this.bytes.subarray(this.end);
    const length = rest.length + chunk.length;
    if (length > this.#store.length) {
      const larger = new Uint8Array(length + (length >> 1));
      larger.set(rest);
      this.#store = larger;
    } else {
      this.#store.set(rest);
    }
    this.#store.set(chunk, rest.length);
    this.bytes = this.#store.subarray(0, length);
    this.#run();
  }

  /** Reads what is left once the file has ended. */
  finish(): void {
    this.bytes = this.bytes.subarray(this.end);
    this.#final = true;
    this.#run();
  }

  #run(): void {
    const length = this.bytes.length;
    let at = 0;
    while (at < length) {
      const next = this.#skipping ? this.#skip(at) : this.#record(at);
      if (next < 0) break;
      at = next;
    }
    // What is left over begins here; `push` and `finish` carry it on.
    this.end = at;
  }

  #skip(at: number): number {
    const { bytes } = this;
    for (let i = at; i < bytes.length; i++) {
      if (bytes[i] === LF || bytes[i] === CR) {
        // The other half of a newline may be in the next bytes.
        if (!this.#final && bytes[i] === CR && i + 1 === bytes.length) return -1;
        this.#skipping = false;
        return this.#newline(i);
      }
    }
    return bytes.length;
  }

  /** Reads the record at `at` and visits it. Returns where the next one starts, or −1 when the record is not all there. */
  #record(at: number): number {
    const { bytes } = this;
    const final = this.#final;
    const length = bytes.length;
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    // Most bytes of most files are greater than all that end a field: one comparison passes them by.
    const top = Math.max(delimiter, CR);
    let { starts, ends } = this;
    let i = at;
    let byte = -1;
    let count = 0;
    let odd = 0;
    this.#inner = 0;
    if (this.#marked > 0) this.#unmark();
    for (;;) {
      if (count === starts.length) ({ starts, ends } = this.#grow());
      if (i < length && bytes[i] === quote) {
        const close = this.#quoted(i, count, at);
        if (close === -1) return length - at > LONGEST_RECORD ? this.#unclosed(at, length) : -1;
        if (close === -2) return this.#unclosed(at, length);
        odd |= this.marks[count]!;
        i = close;
        byte = bytes[i]!;
      } else {
        starts[count] = i;
        while (i < length && ((byte = bytes[i]!) > top || (byte !== delimiter && byte !== LF && byte !== CR))) i++;
        ends[count] = i;
      }
      count++;
      if (i >= length) {
        if (!final) return length - at > LONGEST_RECORD ? this.#tooLong(at) : -1;
        break;
      }
      if (byte !== delimiter) break;
      i++;
    }
    if (!final && bytes[i] === CR && i + 1 === length) return -1;
    const stray = (odd & STRAY) !== 0;
    if (stray && this.#inner > 0) return this.#unclosed(at, i);
    if (this.line <= this.#doubtful && this.#bareQuote(count)) return this.#unclosed(at, i);
    if (i - at > LONGEST_RECORD) return this.#tooLong(at);
    this.start = at;
    this.end = i;
    this.fields = count;
    this.odd = odd;
    this.flaw = stray ? 'stray-quote' : odd & (PADDED | BARE_CR) ? 'uneven' : 'none';
    if (stray) this.#doubtful = Math.max(this.#doubtful, this.line + 1);
    this.#visit(this);
    this.line += this.#inner;
    return i < length ? this.#newline(i) : length;
  }

  /** Reads the quoted field at `from`. Returns what follows it, −1 when more bytes are needed, −2 when it never closes. */
  #quoted(from: number, field: number, record: number): number {
    const { bytes } = this;
    const final = this.#final;
    const length = bytes.length;
    const quote = this.#quote;
    let mark = QUOTED;
    let i = from + 1;
    let byte = -1;
    for (;;) {
      while (i < length && (byte = bytes[i]!) !== quote) {
        if (byte === LF) this.#inner++;
        else if (byte === CR && bytes[i + 1] !== LF) {
          this.#inner++;
          mark |= BARE_CR;
        }
        i++;
      }
      if (i - record > LONGEST_RECORD) return -2;
      if (i >= length) return final ? -2 : -1;
      let after = i + 1;
      if (after >= length && !final) return -1;
      if (bytes[after] === quote && after < length) {
        mark |= ESCAPED;
        i += 2;
        continue;
      }
      while (after < length && bytes[after] === SPACE && this.#delimiter !== SPACE) after++;
      if (after >= length && !final) return -1;
      const next = after < length ? bytes[after]! : LF;
      if (next === this.#delimiter || next === LF || next === CR) {
        this.starts[field] = from + 1;
        this.ends[field] = i;
        this.marks[field] = after > i + 1 ? mark | PADDED : mark;
        this.#marked = field + 1;
        return after;
      }
      mark |= STRAY;
      i++;
    }
  }

  /** Rejects the first line of a record whose quotes do not match up, and reads on from its second line. */
  #unclosed(at: number, seen: number): number {
    let end = at;
    const { bytes } = this;
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
    if (end - at > LONGEST_RECORD) return this.#tooLong(at);
    this.#reread += seen - end;
    if (this.#reread > REREAD_BUDGET) {
      throw new LevainError({
        code: 'csv-quotes',
        message: `The quotes in this file do not match up: many open and never close, the latest in row ${this.line.toLocaleString('en')}.`,
        hint: 'Read the file without a quote character, or with another one.',
        line: this.line,
      });
    }
    // Where a quoted newline was meant, the lines up to the closing quote are no records of their own.
    if (seen < bytes.length) this.#doubtful = Math.max(this.#doubtful, this.line + this.#inner);
    this.#broken(at, end, 'unclosed-quote');
    return end < bytes.length ? this.#newline(end) : end;
  }

  #unmark(): void {
    this.marks.fill(0, 0, this.#marked);
    this.#marked = 0;
  }

  #bareQuote(count: number): boolean {
    for (let i = 0; i < count; i++) {
      const at = this.marks[i] === 0 ? this.bytes.indexOf(this.#quote, this.starts[i]) : -1;
      if (at >= 0 && at < this.ends[i]!) return true;
    }
    return false;
  }

  #tooLong(at: number): number {
    this.#broken(at, Math.min(at + 1000, this.bytes.length), 'too-long');
    this.#skipping = true;
    return this.#skip(at);
  }

  #broken(at: number, end: number, flaw: Flaw): void {
    this.start = at;
    this.end = end;
    this.fields = 0;
    this.odd = 0;
    this.flaw = flaw;
    this.#visit(this);
  }

  #newline(i: number): number {
    this.line++;
    if (this.bytes[i] === LF) {
      this.newlines.lf++;
      return i + 1;
    }
    if (this.bytes[i + 1] === LF) {
      this.newlines.crlf++;
      return i + 2;
    }
    this.newlines.cr++;
    return i + 1;
  }

  #grow(): this {
    const size = this.starts.length * 2;
    const { starts, ends, marks } = this;
    this.starts = new Int32Array(size);
    this.starts.set(starts);
    this.ends = new Int32Array(size);
    this.ends.set(ends);
    this.marks = new Uint8Array(size);
    this.marks.set(marks);
    return this;
  }
}
