import { utf8 } from '@uwdata/flechette';
import type { Block } from '../block';
import { cellText } from '../records';
import { grown, Vector } from './vector';

/** Longer texts are copied by the engine's own routine, shorter ones byte by byte, which is faster for them. */
const SHORT = 40;

/** VARCHAR. Nothing is ever left open: every text is a text. */
export class Texts extends Vector {
  readonly type = utf8();
  readonly #quote: string;
  readonly #nulls: ReadonlySet<string>;
  /** Texts for "no value" by their length in bytes. */
  readonly #nullBytes: Uint8Array[][] = [];
  readonly #encoder = new TextEncoder();
  #offsets = new Int32Array(1);
  #data = new Uint8Array(1024);

  constructor(quote: string, nulls: readonly string[]) {
    super();
    this.#quote = quote;
    this.#nulls = new Set(nulls);
    for (const text of this.#nulls) {
      const bytes = this.#encoder.encode(text);
      (this.#nullBytes[bytes.length] ??= []).push(bytes);
    }
  }

  /** Bytes of text in the first `rows` rows. */
  size(rows: number): number {
    return this.#offsets[rows]!;
  }

  read({ bytes, rows, width, starts, ends, marks, special }: Block, column: number, at: number): readonly number[] {
    const offsets = this.#offsets;
    const nullBytes = this.#nullBytes;
    let data = this.#data;
    let used = offsets[at]!;
    let next = 0;
    for (let row = 0, cell = column; row < rows; row++, cell += width) {
      const from = starts[cell]!;
      const to = ends[cell]!;
      const length = to - from;
      if (special[next] === row) {
        next++;
        if (marks[cell] !== 0) {
          used = this.#special(cellText(bytes, from, to, marks[cell]!, this.#quote), at + row, used);
          data = this.#data;
          offsets[at + row + 1] = used;
          continue;
        }
      }
      const nulls = nullBytes[length];
      if (nulls !== undefined && isOneOf(nulls, bytes, from)) this.miss(at + row);
      else {
        if (used + length > data.length) data = this.#data = grown(data, 2 * data.length + length);
        if (length < SHORT) for (let i = from, to = used; i < from + length; i++) data[to++] = bytes[i]!;
        else data.set(bytes.subarray(from, to), used);
        used += length;
      }
      offsets[at + row + 1] = used;
    }
    return [];
  }

  set(): void {}

  protected resize(rows: number): void {
    this.#offsets = grown(this.#offsets, rows + 1);
  }

  protected buffers(rows: number): { values: Uint8Array; offsets: Int32Array } {
    return { values: this.#data.subarray(0, this.#offsets[rows]), offsets: this.#offsets.subarray(0, rows + 1) };
  }

  /** A text that was quoted in an uncommon way. A lone `\r` in it becomes the newline it was meant to be. */
  #special(cell: string, row: number, used: number): number {
    const text = cell.replace(/\r(?!\n)/g, '\n');
    if (this.#nulls.has(text)) {
      this.miss(row);
      return used;
    }
    const room = used + 3 * text.length;
    if (room > this.#data.length) this.#data = grown(this.#data, 2 * room);
    return used + this.#encoder.encodeInto(text, this.#data.subarray(used)).written;
  }
}

function isOneOf(texts: readonly Uint8Array[], bytes: Uint8Array, from: number): boolean {
  for (const text of texts) {
    let i = 0;
    while (i < text.length && bytes[from + i] === text[i]) i++;
    if (i === text.length) return true;
  }
  return false;
}
