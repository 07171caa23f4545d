import { int64 } from '@uwdata/flechette';
import type { Block } from '../block';
import { grown, Vector } from './vector';

const HALF = 2 ** 32;
const MINUS = 45;
const ZERO = 48;
/** Whole numbers of so many digits are exact as doubles. */
const EXACT_DIGITS = 15;

/** Writes a whole number that is exact as a double into 64 bits, low half first. */
export function setWhole(halves: Int32Array, row: number, value: number): void {
  if (value >= 0 && value < HALF / 2) {
    halves[2 * row] = value;
    halves[2 * row + 1] = 0;
    return;
  }
  const high = Math.floor(value / HALF);
  halves[2 * row] = value - high * HALF;
  halves[2 * row + 1] = high;
}

/** BIGINT. */
export class Integers extends Vector {
  readonly type = int64();
  #halves = new Int32Array(0);

  read({ bytes, rows, width, starts, ends }: Block, column: number, at: number): readonly number[] {
    const halves = this.#halves;
    const open: number[] = [];
    for (let row = 0, cell = column; row < rows; row++, cell += width) {
      let i = starts[cell]!;
      const to = ends[cell]!;
      if (i === to) {
        this.miss(at + row);
        continue;
      }
      const negative = bytes[i] === MINUS;
      if (negative) i++;
      const digits = to - i;
      let whole = digits > 0 && digits <= EXACT_DIGITS && (bytes[i] !== ZERO || digits === 1);
      let value = 0;
      for (; whole && i < to; i++) {
        const digit = bytes[i]! - ZERO;
        if (digit < 0 || digit > 9) whole = false;
        value = value * 10 + digit;
      }
      if (whole) setWhole(halves, at + row, negative ? -value : value);
      else open.push(row);
    }
    return open;
  }

  set(row: number, text: string): void {
    new BigInt64Array(this.#halves.buffer)[row] = BigInt(text);
  }

  protected resize(rows: number): void {
    this.#halves = grown(this.#halves, 2 * rows);
  }

  protected buffers(rows: number): { values: BigInt64Array } {
    return { values: new BigInt64Array(this.#halves.buffer, 0, rows) };
  }
}
