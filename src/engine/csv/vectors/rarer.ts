import { bool, decimal128, timeMicrosecond } from '@uwdata/flechette';
import type { Block } from '../block';
import { secondNumber } from './calendar';
import { bits, grown, Vector } from './vector';

/** Values that are all read as text. */
abstract class Read extends Vector {
  read({ rows, width, starts, ends }: Block, column: number, at: number): readonly number[] {
    const open: number[] = [];
    for (let row = 0, cell = column; row < rows; row++, cell += width) {
      if (starts[cell] === ends[cell]) this.miss(at + row);
      else open.push(row);
    }
    return open;
  }
}

/** BOOLEAN. */
export class Booleans extends Read {
  readonly type = bool();
  #values = new Uint8Array(0);

  set(row: number, text: string): void {
    this.#values[row] = text === 'true' ? 1 : 0;
  }

  protected resize(rows: number): void {
    this.#values = grown(this.#values, rows);
  }

  protected buffers(rows: number): { values: Uint8Array } {
    return { values: bits(rows, (i) => this.#values[i] === 1) };
  }
}

/** TIME, in microseconds. */
export class Times extends Read {
  readonly type = timeMicrosecond();
  #values = new BigInt64Array(0);

  set(row: number, text: string): void {
    const part = (from: number, to: number): number => Number(text.slice(from, to));
    const seconds = secondNumber(part(0, 2), part(3, 5), part(6, 8));
    this.#values[row] = BigInt(seconds * 1_000_000 + Number(text.slice(9).padEnd(6, '0')));
  }

  protected resize(rows: number): void {
    this.#values = grown(this.#values, rows);
  }

  protected buffers(rows: number): { values: BigInt64Array } {
    return { values: this.#values.subarray(0, rows) };
  }
}

/** HUGEINT, which Arrow has not: as decimals of 38 digits without a fraction, which the database turns into it exactly. */
export class Huge extends Read {
  readonly type = decimal128(38, 0);
  #halves = new BigInt64Array(0);

  set(row: number, text: string): void {
    const value = BigInt(text);
    this.#halves[2 * row] = BigInt.asIntN(64, value);
    this.#halves[2 * row + 1] = value >> 64n;
  }

  protected resize(rows: number): void {
    this.#halves = grown(this.#halves, 2 * rows);
  }

  protected buffers(rows: number): { values: BigInt64Array } {
    return { values: this.#halves.subarray(0, 2 * rows) };
  }
}
