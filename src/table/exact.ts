import { Column, columnFromArray, float64, Type, utf8, type Batch, type DataType } from '@uwdata/flechette';
import { intervalText, timeText } from './times';

/**
 * A column whose values can be trusted. `whole` gives the same column with its integers as `BigInt` and its decimals scaled to
 * integers, `inside` with decimals as numbers, as they are within lists and structs, where nothing says their scale; each is
 * asked for only where it is needed.
 */
export function exactColumn(
  column: Column<unknown>,
  whole: () => Column<unknown>,
  inside: () => Column<unknown>,
): Column<unknown> {
  const type = column.type;
  switch (type.typeId) {
    case Type.Int:
      return type.bitWidth < 64 || allSafe(whole()) ? column : whole();
    case Type.Decimal:
      if (type.scale > 0) return decimals(whole(), type.scale);
      return allSafe(whole()) ? asNumbers(whole()) : whole();
    case Type.Time:
      return texts(whole(), (value) => timeText(BigInt(value as bigint | number), type.unit));
    case Type.Interval:
      return texts(column, (value) => intervalText(value as ArrayLike<number>));
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
    case Type.Struct:
    case Type.Map:
      return hasWideInteger(type) && !nestedSafe(inside().data) ? inside() : column;
    default:
      return column;
  }
}

const MAX = BigInt(Number.MAX_SAFE_INTEGER);

function allSafe(column: Column<unknown>): boolean {
  return column.data.every(batchSafe);
}

/** The raw 64-bit values where there are such, which is quick; otherwise value by value. */
function batchSafe(batch: Batch<unknown>): boolean {
  const { values, length } = batch;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    if (values.length === length) {
      for (let i = 0; i < length; i++) {
        const value = values[i]!;
        if ((value > MAX || value < -MAX) && batch.at(i) !== null) return false;
      }
      return true;
    }
  }
  for (let i = 0; i < length; i++) {
    const value = batch.at(i) as bigint | null;
    if (value !== null && (value > MAX || value < -MAX)) return false;
  }
  return true;
}

function nestedSafe(batches: readonly Batch<unknown>[]): boolean {
  return batches.every((batch) => {
    const { type } = batch;
    if (type.typeId === Type.Int && type.bitWidth === 64) return batchSafe(batch);
    return nestedSafe((batch.children ?? []) as Batch<unknown>[]);
  });
}

function hasWideInteger(type: DataType): boolean {
  if (type.typeId === Type.Int) return type.bitWidth === 64;
  const children = (type as { children?: { type: DataType }[] }).children ?? [];
  return children.some((child) => hasWideInteger(child.type));
}

function asNumbers(column: Column<unknown>): Column<unknown> {
  return numbers(column, (value) => Number(value));
}

/**
 * The number nearest to each decimal: one division where the digits and the power of ten are exact as numbers, since
 * that rounds once; otherwise by way of its digits.
 */
function decimals(column: Column<unknown>, scale: number): Column<unknown> {
  const divisor = 10 ** scale;
  return numbers(column, (value) => {
    if (value <= MAX && value >= -MAX && scale <= 22) return Number(value) / divisor;
    return Number(`${value}e-${scale}`);
  });
}

function numbers(column: Column<unknown>, convert: (value: bigint) => number): Column<unknown> {
  const converted = new Float64Array(column.length);
  if (column.nullCount === 0) {
    let i = 0;
    for (const value of column) converted[i++] = convert(BigInt(value as bigint));
    return columnFromArray(converted);
  }
  const values = Array.from(column, (value) => (value === null ? null : convert(BigInt(value as bigint))));
  return columnFromArray(values, float64());
}

function texts(column: Column<unknown>, convert: (value: unknown) => string): Column<unknown> {
  return columnFromArray(
    Array.from(column, (value) => (value === null ? null : convert(value))),
    utf8(),
  );
}
