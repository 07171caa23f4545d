import { ESCAPED, PADDED, BARE_CR, STRAY, type RecordView } from './tokenizer';

/** Cells whose text is not simply what stands between their bounds, or that are worth a note. */
const SPECIAL = ESCAPED | STRAY | PADDED | BARE_CR;

/** About as many cells as a processor's nearest caches hold together with their bytes. */
const CELLS = 20_000;
const ROWS = 2048;

/**
 * Rows whose fields are cut but not read yet: bounds into the bytes they stand in, row after row. Values are read from it
 * a column at a time, each column in a loop of its own.
 */
export class Block {
  bytes: Uint8Array = new Uint8Array(0);
  rows = 0;
  readonly width: number;
  /** Bounds of the field of row `r` and column `c` at `r * width + c`, inside its quotes. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** As in {@link RecordView}, but for rows in `special` only: zero elsewhere. */
  readonly marks: Uint8Array;
  readonly #lines: Float64Array;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #special: number[] = [];

  constructor(width: number) {
    const rows = Math.max(1, Math.min(ROWS, Math.floor(CELLS / width)));
    this.width = width;
    this.starts = new Int32Array(rows * width);
    this.ends = new Int32Array(rows * width);
    this.marks = new Uint8Array(rows * width);
    this.#lines = new Float64Array(rows);
    this.#from = new Int32Array(rows);
    this.#to = new Int32Array(rows);
  }

  get full(): boolean {
    return this.rows === this.#lines.length;
  }

  /** Rows that have marks. */
  get special(): readonly number[] {
    return this.#special;
  }

  /** Adds a record, whose bytes must be those of the rows before it. */
  add(record: RecordView): void {
    const { width, starts, ends, rows } = this;
    const first = rows * width;
    const { starts: from, ends: to, marks } = record;
    for (let i = 0; i < width; i++) {
      starts[first + i] = from[i]!;
      ends[first + i] = to[i]!;
    }
    if (record.odd & SPECIAL) {
      for (let i = 0; i < width; i++) this.marks[first + i] = marks[i]!;
      this.#special.push(rows);
    }
    this.bytes = record.bytes;
    this.#lines[rows] = record.line;
    this.#from[rows] = record.start;
    this.#to[rows] = record.end;
    this.rows++;
  }

  /** Adds a row of empty fields. */
  blank(): void {
    const first = this.rows * this.width;
    this.starts.fill(0, first, first + this.width);
    this.ends.fill(0, first, first + this.width);
    this.#lines[this.rows] = 0;
    this.#from[this.rows] = 0;
    this.#to[this.rows] = 0;
    this.rows++;
  }

  line(row: number): number {
    return this.#lines[row]!;
  }

  /** Row `row` as the record it was. */
  record(row: number): RecordView {
    const { width, bytes, starts, ends, marks } = this;
    const [first, end] = [row * width, (row + 1) * width];
    return {
      bytes,
      start: this.#from[row]!,
      end: this.#to[row]!,
      line: this.#lines[row]!,
      fields: width,
      starts: starts.subarray(first, end),
      ends: ends.subarray(first, end),
      marks: marks.subarray(first, end),
      odd: marks.subarray(first, end).reduce((all, mark) => all | mark, 0),
      flaw: 'none',
    };
  }

  /** Takes rows out; the others close up. */
  drop(rows: ReadonlyMap<number, unknown>): void {
    const { width } = this;
    const special = new Set(this.#special);
    this.#special = [];
    let kept = 0;
    for (let row = 0; row < this.rows; row++) {
      if (rows.has(row)) continue;
      for (const cells of [this.starts, this.ends, this.marks])
        cells.copyWithin(kept * width, row * width, (row + 1) * width);
      for (const values of [this.#lines, this.#from, this.#to]) values[kept] = values[row]!;
      if (special.has(row)) this.#special.push(kept);
      kept++;
    }
    this.marks.fill(0, kept * width, this.rows * width);
    this.rows = kept;
  }

  clear(): void {
    if (this.#special.length) this.marks.fill(0, 0, this.rows * this.width);
    this.#special = [];
    this.rows = 0;
  }
}
