import { firstOf } from '../../base/listed';
import { Table, type Column } from '@uwdata/flechette';
import { nearest } from '../../base/nearest';
import { LevainError } from '../../base/problem';
import { decodeTable } from '../../table/decode';
import { madeOf } from './made-of';

/** A row as user code sees it. */
export type Row = Record<string, unknown>;

/**
 * A table as user code sees it: a flechette `Table` (so Plot and Arquero read its columns) that can also be used like an
 * array of rows: `rows[0].day`, `rows.at(-1)`, `rows.length`, `rows.map(…)`, `for (const row of rows)`.
 */
export class Rows extends Table {
  /** The bytes it was read from, so that showing it again costs nothing. */
  readonly #bytes: Uint8Array;
  #array: Row[] | undefined;

  private constructor(table: Table, bytes: Uint8Array) {
    super(table.schema, table.children);
    this.#bytes = bytes;
  }

  /** Arrow IPC bytes as rows, with numeric keys answered. */
  static decode(bytes: Uint8Array): Rows {
    const rows = new Rows(decodeTable(bytes), bytes);
    const proxy = new Proxy(rows, INDEXED);
    TARGETS.set(proxy, rows);
    return proxy;
  }

  static bytesOf(rows: Rows): Uint8Array {
    return target(rows).#bytes;
  }

  get length(): number {
    return this.numRows;
  }

  override at(index: number): Row {
    const place = Math.trunc(index) < 0 ? this.numRows + Math.trunc(index) : Math.trunc(index);
    return (place >= 0 && place < this.numRows ? super.at(place) : undefined) as Row;
  }

  /** A column by its name. One that is not there is an error here: Plot would go on without, and fail far from its cause. */
  override getChild(name: string): Column<unknown> {
    const found = super.getChild(name) as Column<unknown> | undefined;
    if (found) return found;
    const names = target(this).schema.fields.map((field) => field.name);
    const meant = nearest(name, names);
    throw new LevainError({
      code: 'unknown-column',
      message: `There is no column ${name}.`,
      hint: meant ? `Did you mean ${meant}?` : `There are ${firstOf(names, 12)}.`,
      subject: name,
    });
  }

  /** All rows as objects; the array is made once and shared. */
  override toArray(): Row[] {
    const rows = target(this);
    return (rows.#array ??= super.toArray() as Row[]);
  }

  toJSON(): Row[] {
    return this.toArray();
  }
}

const TARGETS = new WeakMap<object, Rows>();
const target = (rows: Rows): Rows => TARGETS.get(rows) ?? rows;

/** Those of them that give rows of the table. */
const CHOOSING: ReadonlySet<string> = new Set(['filter', 'slice', 'toReversed', 'toSorted', 'toSpliced']);

/** Methods of arrays that only read. */
const READING = `
  concat entries every filter find findIndex findLast findLastIndex flatMap forEach includes indexOf join keys map reduce
  reduceRight slice some toReversed toSorted toSpliced values with
`;
for (const name of READING.trim().split(/\s+/)) {
  Object.defineProperty(Rows.prototype, name, {
    value(this: Rows, ...parameters: unknown[]) {
      const rows = this.toArray() as unknown as Record<string, (...parameters: unknown[]) => unknown>;
      const read = rows[name]!(...parameters);
      return CHOOSING.has(name) ? madeOf(read, target(this)) : read;
    },
    writable: true,
    configurable: true,
  });
}

const INDEXED: ProxyHandler<Rows> = {
  get(rows, key) {
    if (typeof key === 'string' && /^\d+$/.test(key)) return rows.at(Number(key));
    return Reflect.get(rows, key, rows);
  },
  has: (rows, key) =>
    typeof key === 'string' && /^\d+$/.test(key) ? Number(key) < rows.numRows : Reflect.has(rows, key),
};
