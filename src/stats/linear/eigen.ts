import { checkFinite, checkSquare } from './check';
import { identity, pickColumns, type Matrix } from './matrix';
import { norm2 } from './blas';
import { rotateColumns, rotationOf } from './rotation';

/** A = V diag(values) Vᵀ. */
export interface SymmetricEigen {
  /** From the largest down. */
  readonly values: Float64Array;
  /** The unit eigenvectors as columns, in the order of the values. */
  readonly vectors: Matrix;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations: each makes one off-diagonal pair zero,
 * and sweeps go on until all are negligible beside ‖A‖.
 *
 * Source: Golub and Van Loan (2013), "Matrix Computations", 4th ed., section 8.5.
 *
 * @param a n × n and symmetric; the upper triangle is taken to mirror the lower; not changed
 * @throws LevainError `bad-shape`, `not-finite`
 * @example Array.from(symmetricEigen({ rows: 2, columns: 2, values: new Float64Array([2, 0, 0, 5]) }).values) // => [5, 2]
 */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  checkSquare('eigendecomposition', a);
  checkFinite('eigendecomposition', a);
  const n = a.rows;
  const work: Matrix = { rows: n, columns: n, values: Float64Array.from(a.values) };
  for (let j = 0; j < n; j++) for (let i = 0; i < j; i++) work.values[j * n + i] = work.values[i * n + j]!;
  const vectors = identity(n);
  const negligible = (norm2(a.values) * Number.EPSILON) / (2 * Math.max(1, n));
  while (sweep(work, vectors, negligible));
  const diagonal = Float64Array.from({ length: n }, (_, i) => work.values[i * n + i]!);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j]! - diagonal[i]!);
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors: pickColumns(vectors, order) };
}

/** One rotation for each pair that is not negligible; whether there was one. */
function sweep(a: Matrix, vectors: Matrix, negligible: number): boolean {
  const n = a.rows;
  let rotated = false;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const off = a.values[q * n + p]!;
      if (Math.abs(off) <= negligible) continue;
      const rotation = rotationOf(a.values[p * n + p]!, a.values[q * n + q]!, off);
      rotateBothSides(a, p, q, off, rotation.sine, rotation.cosine);
      rotateColumns(vectors, p, q, rotation);
      rotated = true;
    }
  }
  return rotated;
}

/** A ← JᵀAJ, with the pair (p, q) set to the 0 it is made to be. */
function rotateBothSides(a: Matrix, p: number, q: number, off: number, sine: number, cosine: number): void {
  const { rows: n, values } = a;
  const shift = (sine / cosine) * off;
  for (let k = 0; k < n; k++) {
    if (k === p || k === q) continue;
    const [left, right] = [values[p * n + k]!, values[q * n + k]!];
    values[p * n + k] = values[k * n + p] = cosine * left - sine * right;
    values[q * n + k] = values[k * n + q] = sine * left + cosine * right;
  }
  values[p * n + p]! -= shift;
  values[q * n + q]! += shift;
  values[q * n + p] = values[p * n + q] = 0;
}
