import { seededRandom } from '../../../src/base/random';
import { gemm, syrk } from '../../../src/stats/linear/blas';
import { identity, transpose, zeros, type Matrix } from '../../../src/stats/linear/matrix';

/** Standard normal elements. */
export function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  const random = seededRandom(seed);
  const matrix = zeros(rows, columns);
  for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = random.normal();
  return matrix;
}

/** Symmetric and positive definite. */
export function randomCovariance(n: number, seed: number): Matrix {
  return syrk(randomMatrix(2 * n, n, seed));
}

/** 1 / (i + j + 1): symmetric, positive definite, and nearly singular. */
export function hilbert(n: number): Matrix {
  const matrix = zeros(n, n);
  for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) matrix.values[j * n + i] = 1 / (i + j + 1);
  return matrix;
}

/** The product as it is defined, three loops over rows and columns. */
export function product(...factors: Matrix[]): Matrix {
  return factors.reduce((a, b) => {
    const c = zeros(a.rows, b.columns);
    for (let i = 0; i < a.rows; i++)
      for (let j = 0; j < b.columns; j++)
        for (let k = 0; k < a.columns; k++)
          c.values[j * a.rows + i]! += a.values[k * a.rows + i]! * b.values[j * b.rows + k]!;
    return c;
  });
}

export function diagonal(values: ArrayLike<number>): Matrix {
  const matrix = zeros(values.length, values.length);
  for (let i = 0; i < values.length; i++) matrix.values[i * values.length + i] = values[i]!;
  return matrix;
}

/** The largest difference of two elements, beside the largest element. */
export function difference(a: Matrix, b: Matrix): number {
  if (a.rows !== b.rows || a.columns !== b.columns) return Infinity;
  const largest = b.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return a.values.reduce((most, value, i) => Math.max(most, Math.abs(value - b.values[i]!) / largest), 0);
}

/** How far the columns are from orthonormal. */
export function skew(a: Matrix): number {
  return difference(gemm(transpose(a), a), identity(a.columns));
}
