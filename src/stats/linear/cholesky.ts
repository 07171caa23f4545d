import { LevainError } from '../../base/problem';
import { checkFinite, checkSquare } from './check';
import { column, zeros, type Matrix } from './matrix';
import { solveLower, solveLowerTransposed } from './triangular';

/**
 * The lower triangular L with A = LLᵀ, column by column.
 *
 * Source: Golub and Van Loan (2013), "Matrix Computations", 4th ed., algorithm 4.2.1.
 *
 * @param a symmetric and positive definite; only its lower triangle is read
 * @throws LevainError `bad-shape`, `not-finite`, `not-positive-definite` with the first column where it fails
 * @example Array.from(choleskyFactor({ rows: 2, columns: 2, values: new Float64Array([4, 2, 2, 10]) }).values) // => [2, 1, 0, 3]
 */
export function choleskyFactor(a: Matrix): Matrix {
  checkSquare('Cholesky factor', a);
  checkFinite('Cholesky factor', a);
  const n = a.rows;
  const l = zeros(n, n);
  for (let j = 0; j < n; j++) {
    const target = column(l, j);
    for (let i = j; i < n; i++) target[i] = a.values[j * n + i]!;
    for (let k = 0; k < j; k++) {
      const factor = l.values[k * n + j]!;
      for (let i = j; i < n; i++) target[i]! -= factor * l.values[k * n + i]!;
    }
    if (!(target[j]! > 0)) throw notPositiveDefinite(j);
    const root = Math.sqrt(target[j]!);
    for (let i = j; i < n; i++) target[i]! /= root;
  }
  return l;
}

/**
 * x with LLᵀx = b.
 *
 * @param l from {@link choleskyFactor}
 * @param out where x goes; may be b itself
 * @throws LevainError `bad-shape`
 * @example Array.from(choleskySolve({ rows: 2, columns: 2, values: [2, 1, 0, 3] }, [8, 22])) // => [1, 2]
 */
export function choleskySolve(
  l: Matrix,
  b: ArrayLike<number>,
  out: Float64Array = new Float64Array(b.length),
): Float64Array {
  return solveLowerTransposed(l, solveLower(l, b, out), out);
}

/**
 * (LLᵀ)⁻¹, symmetric to the last bit.
 *
 * @param l from {@link choleskyFactor}
 * @example Array.from(choleskyInverse({ rows: 1, columns: 1, values: [2] }).values) // => [0.25]
 */
export function choleskyInverse(l: Matrix): Matrix {
  const n = l.rows;
  const inverse = zeros(n, n);
  for (let j = 0; j < n; j++) {
    const target = column(inverse, j);
    target[j] = 1;
    choleskySolve(l, target, target);
  }
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < j; i++) inverse.values[i * n + j] = inverse.values[j * n + i]!;
  }
  return inverse;
}

/**
 * log det(LLᵀ) = 2 Σ log Lᵢᵢ, where the determinant itself would overflow.
 *
 * @param l from {@link choleskyFactor}
 * @example choleskyLogDeterminant({ rows: 1, columns: 1, values: [1] }) // => 0
 */
export function choleskyLogDeterminant(l: Matrix): number {
  let sum = 0;
  for (let i = 0; i < l.rows; i++) sum += Math.log(l.values[i * l.rows + i]!);
  return 2 * sum;
}

function notPositiveDefinite(j: number): LevainError {
  return new LevainError({
    code: 'not-positive-definite',
    message: `The matrix is not positive definite: column ${j + 1} adds nothing to the columns before it.`,
    hint: 'One column may be a sum of others, or the matrix is no covariance.',
  });
}
