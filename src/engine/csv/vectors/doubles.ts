import { float64 } from '@uwdata/flechette';
import type { Block } from '../block';
import { grown, Vector } from './vector';

const MINUS = 45;
const ZERO = 48;
/** So many digits and a mark: further ones could not be exact. */
const LONGEST = 20;
/** Powers of ten that are exact as doubles. */
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/**
 * DOUBLE. Digits with a decimal mark are a whole number divided by a power of ten; where both are exact as doubles, the
 * division rounds once and gives the double nearest to the text (Clinger, How to Read Floating Point Numbers
 * Accurately, 1990). Everything else is left to `Number`.
 */
export class Doubles extends Vector {
  readonly type = float64();
  readonly #mark: number;
  #values = new Float64Array(0);

  /** `decimal` is null where no value may be read at a glance. */
  constructor(decimal: '.' | ',' | null) {
    super();
    this.#mark = decimal === null ? -1 : decimal.charCodeAt(0);
  }

  read({ bytes, rows, width, starts, ends }: Block, column: number, at: number): readonly number[] {
    const values = this.#values;
    const mark = this.#mark;
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
      const first = i;
      let plain = mark >= 0 && to > i && to - i <= LONGEST;
      let value = 0;
      let point = -1;
      for (; plain && i < to; i++) {
        const byte = bytes[i]!;
        const digit = byte - ZERO;
        if (digit >= 0 && digit <= 9) value = value * 10 + digit;
        else if (byte === mark && point < 0 && i > first) point = i;
        else plain = false;
      }
      if (!plain || point === to - 1 || value > Number.MAX_SAFE_INTEGER) {
        open.push(row);
        continue;
      }
      if (point >= 0) value /= POWERS[to - point - 1]!;
      values[at + row] = negative ? -value : value;
    }
    return open;
  }

  set(row: number, text: string): void {
    this.#values[row] = Number(text);
  }

  protected resize(rows: number): void {
    this.#values = grown(this.#values, rows);
  }

  protected buffers(rows: number): { values: Float64Array } {
    return { values: this.#values.subarray(0, rows) };
  }
}
