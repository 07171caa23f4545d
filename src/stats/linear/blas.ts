import { checkLength } from './check';
import { column, zeros, type Matrix } from './matrix';

/**
 * The inner product Σ xᵢyᵢ of two vectors of equal length.
 *
 * @example dot([1, 2], [3, 4]) // => 11
 */
export function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/**
 * y ← y + αx, in place.
 *
 * @example axpy(2, [1, 2], [10, 10]) // => undefined
 */
export function axpy(alpha: number, x: ArrayLike<number>, y: Float64Array): void {
  if (alpha === 0) return;
  for (let i = 0; i < x.length; i++) y[i]! += alpha * x[i]!;
}

/**
 * The Euclidean length √Σxᵢ², which neither overflows nor underflows on the way.
 *
 * @example norm2([3, 4]) // => 5
 */
export function norm2(x: ArrayLike<number>): number {
  const square = dot(x, x);
  // Between these the squares have kept all of their digits.
  if (square > 1e-280 && square < 1e300) return Math.sqrt(square);
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]!));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/**
 * Ax.
 *
 * @param x a value for each column
 * @param out where the result goes, a value for each row
 * @throws LevainError `bad-shape`
 * @example Array.from(gemv({ rows: 2, columns: 2, values: new Float64Array([1, 3, 2, 4]) }, [1, 1])) // => [3, 7]
 */
export function gemv(a: Matrix, x: ArrayLike<number>, out: Float64Array = new Float64Array(a.rows)): Float64Array {
  checkLength('product of a matrix and a vector', x.length, a.columns);
  const { rows, columns, values } = a;
  out.fill(0);
  for (let j = 0, at = 0; j < columns; j++, at += rows) {
    const factor = x[j]!;
    for (let i = 0; i < rows; i++) out[i]! += factor * values[at + i]!;
  }
  return out;
}

/**
 * Aᵀx.
 *
 * @param x a value for each row
 * @param out where the result goes, a value for each column
 * @throws LevainError `bad-shape`
 * @example Array.from(gemvTransposed({ rows: 2, columns: 2, values: new Float64Array([1, 3, 2, 4]) }, [1, 1])) // => [4, 6]
 */
export function gemvTransposed(
  a: Matrix,
  x: ArrayLike<number>,
  out: Float64Array = new Float64Array(a.columns),
): Float64Array {
  checkLength('product of a transposed matrix and a vector', x.length, a.rows);
  const { rows, columns, values } = a;
  for (let j = 0, at = 0; j < columns; j++, at += rows) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += values[at + i]! * x[i]!;
    out[j] = sum;
  }
  return out;
}

/**
 * AB.
 *
 * @throws LevainError `bad-shape`
 * @example Array.from(gemm({ rows: 1, columns: 1, values: new Float64Array([2]) }, { rows: 1, columns: 1, values: new Float64Array([3]) }).values) // => [6]
 */
export function gemm(a: Matrix, b: Matrix): Matrix {
  checkLength('product of two matrices', b.rows, a.columns);
  const product = zeros(a.rows, b.columns);
  for (let j = 0; j < b.columns; j++) gemv(a, column(b, j), column(product, j));
  return product;
}

/**
 * The symmetric AᵀA, or AᵀWA with W = diag(w).
 *
 * @param weights w, a value for each row
 * @throws LevainError `bad-shape`
 * @example Array.from(syrk({ rows: 2, columns: 1, values: new Float64Array([3, 4]) }).values) // => [25]
 */
export function syrk(a: Matrix, weights?: ArrayLike<number>): Matrix {
  const { rows, columns } = a;
  if (weights) checkLength('weighted product AᵀWA', weights.length, rows);
  const product = zeros(columns, columns);
  for (let j = 0; j < columns; j++) {
    const right = weights ? column(a, j).map((value, i) => value * weights[i]!) : column(a, j);
    for (let i = 0; i <= j; i++) {
      const value = dot(column(a, i), right);
      product.values[j * columns + i] = value;
      product.values[i * columns + j] = value;
    }
  }
  return product;
}
