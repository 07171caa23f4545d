import { batchType, Column, type DataType } from '@uwdata/flechette';
import type { Block } from '../block';

/**
 * The values of one column, on their way from a file's bytes into an Arrow batch. `read` takes a block's values from
 * their bytes and answers which rows it cannot settle at a glance; those come back as text by `set`, or as no value.
 */
export abstract class Vector {
  abstract readonly type: DataType;
  /** 1 for rows without a value. */
  #missing = new Uint8Array(0);
  #misses = 0;
  /** The row after the last one without a value. */
  #end = 0;
  #capacity = 0;

  /** Reads column `column` of all rows of the block into the rows from `at` on. Returns the block's rows left open. */
  abstract read(block: Block, column: number, at: number): readonly number[];

  /** Sets a row to a value, given in the plain form of a column reader. */
  abstract set(row: number, text: string): void;

  /** Makes room for `rows` rows. */
  reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    this.#capacity = Math.max(rows, this.#capacity * 2);
    this.#missing = grown(this.#missing, this.#capacity);
    this.resize(this.#capacity);
  }

  /** Forgets the rows from `row` on. */
  rewind(row: number): void {
    if (this.#end <= row) return;
    for (let i = row; i < this.#end; i++) this.#misses -= this.#missing[i]!;
    this.#missing.fill(0, row, this.#end);
    this.#end = row;
  }

  miss(row: number): void {
    if (this.#missing[row] === 1) return;
    this.#missing[row] = 1;
    this.#misses++;
    if (row >= this.#end) this.#end = row + 1;
  }

  /** The first `rows` rows as an Arrow column over this vector's own buffers: to be written before the next `read`. */
  column(rows: number): Column<unknown> {
    const Batch = batchType(this.type) as unknown as new (options: object) => never;
    const validity = this.#misses ? bits(rows, (i) => this.#missing[i] === 0) : new Uint8Array(0);
    const batch = new Batch({
      type: this.type,
      length: rows,
      nullCount: this.#misses,
      validity,
      ...this.buffers(rows),
    });
    return new Column([batch], this.type as never);
  }

  protected abstract resize(rows: number): void;

  /** The buffers of an Arrow array of this type, for the first `rows` rows. */
  protected abstract buffers(rows: number): { values: ArrayBufferView; offsets?: Int32Array };
}

/** The array with room for `length` elements. */
export function grown<T extends Uint8Array | Int32Array | Float64Array | BigInt64Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length);
  larger.set(array as never);
  return larger;
}

/** Bits, least first. */
export function bits(length: number, at: (i: number) => boolean): Uint8Array {
  const packed = new Uint8Array((length + 7) >> 3);
  for (let i = 0; i < length; i++) if (at(i)) packed[i >> 3]! |= 1 << (i & 7);
  return packed;
}
