import { Batch, batchType, Column as ArrowColumn, float64, Table, tableFromIPC, Type } from '@uwdata/flechette';
import { exactColumn } from './exact';
import { uniqueNames } from './names';

export type { Table };

/** The name the reader knows, the type as DuckDB names it. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/**
 * Arrow IPC bytes (a stream, whole or in messages) to a {@link Table}. Dates and timestamps come out as `Date` (UTC),
 * maps as `Map`, lists as arrays, times of day as `HH:MM:SS` texts, intervals as texts such as `1 month 2 days 03:00:00`. Integers of 64
 * bits and more (also sums and counts) are numbers where every value of the column is exact as one, and a column of
 * `BigInt` otherwise; decimals are the nearest numbers. Names that occur twice become `x`, `x_1`.
 */
export function decodeTable(bytes: Uint8Array | Uint8Array[]): Table {
  const numbers = tableFromIPC(bytes, { useDate: true, useMap: true });
  const once = (read: () => Table): ((i: number) => ArrowColumn<unknown>) => {
    let table: Table | undefined;
    return (i) => (table ??= read()).getChildAt(i) as ArrowColumn<unknown>;
  };
  const asBigInts = { useDate: true, useMap: true, useBigInt: true };
  const whole = once(() => tableFromIPC(bytes, { ...asBigInts, useDecimalInt: true }));
  const inside = once(() => tableFromIPC(bytes, asBigInts));

  const columns = numbers.children.map((column, i) =>
    exactColumn(
      column,
      () => whole(i),
      () => inside(i),
    ),
  );
  const names = uniqueNames(numbers.names.map(String));
  const fields = numbers.schema.fields.map((field, i) => ({ ...field, name: names[i]!, type: columns[i]!.type }));
  return new Table({ ...numbers.schema, fields }, columns);
}

// Plot asks a column in which values are absent for `toJSON`, as Arrow's own has it; `toArray` gives null for them.
Object.defineProperty(ArrowColumn.prototype, 'toJSON', {
  value(this: ArrowColumn<unknown>): unknown {
    return this.toArray();
  },
});

// A list of numbers is a piece of the column's memory there, whose `map` makes whole numbers of halves, and nothing of texts.
(batchType(float64()) as typeof Batch).prototype.slice = Batch.prototype.slice;

/** Whether a decoded column holds `BigInt`s: integers that no number holds exactly. */
export function isBigIntColumn(column: ArrowColumn<unknown>): boolean {
  if (column.type.typeId !== Type.Int && column.type.typeId !== Type.Decimal) return false;
  for (const value of column) if (value !== null) return typeof value === 'bigint';
  return false;
}
