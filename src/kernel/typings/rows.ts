import type { Column, Table } from '@uwdata/flechette';

/** Methods of arrays that only read: what `worker/rows.ts` gives every table beside the table's own. */
export type Reading =
  | 'concat'
  | 'entries'
  | 'every'
  | 'filter'
  | 'find'
  | 'findIndex'
  | 'findLast'
  | 'findLastIndex'
  | 'flatMap'
  | 'forEach'
  | 'includes'
  | 'indexOf'
  | 'join'
  | 'keys'
  | 'map'
  | 'reduce'
  | 'reduceRight'
  | 'slice'
  | 'some'
  | 'toReversed'
  | 'toSorted'
  | 'toSpliced'
  | 'values'
  | 'with';

/** A column of a table. */
export interface ColumnOf<T> extends Omit<Column<T>, 'toArray'> {
  /** The values as an array; of a column of numbers without gaps a typed one. */
  toArray(): readonly T[];
}

type Retyped = 'at' | 'get' | 'toArray' | 'getChild' | 'getChildAt' | typeof Symbol.iterator;

/**
 * A table: read it as a list of rows (`rows[0].day`, `rows.map(…)`, `for (const row of rows)`), or by columns
 * (`rows.getChild('day')`). Plot and Arquero take it as it is.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- columns that are not known may be anything
export interface Rows<T extends object = any> extends Pick<readonly T[], Reading>, Omit<Table, Reading | Retyped> {
  readonly [index: number]: T;
  /** How many rows there are. */
  readonly length: number;
  /** The row at a place; `-1` is the last. */
  at(index: number): T;
  /** The row at a place. */
  get(index: number): T;
  /** All rows as an array of objects. */
  toArray(): T[];
  /** The column of that name. */
  getChild<P extends keyof T>(name: P): ColumnOf<T[P]>;
  /** The column at a place. */
  getChildAt(index: number): ColumnOf<T[keyof T]>;
  [Symbol.iterator](): IterableIterator<T>;
}
