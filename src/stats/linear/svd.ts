import { invariant } from '../../base/invariant';
import { axpy, dot, gemm, norm2 } from './blas';
import { checkFinite } from './check';
import { column, identity, pickColumns, transpose, zeros, type Matrix } from './matrix';
import { qrFactor, thinQ, upperR } from './qr';
import { rotateColumns, rotationOf } from './rotation';

/** A = U diag(values) Vᵀ with k = min(rows, columns). */
export interface ThinSvd {
  /** n × k with orthonormal columns. */
  readonly u: Matrix;
  /** The k singular values, from the largest down. */
  readonly values: Float64Array;
  /** p × k with orthonormal columns. */
  readonly v: Matrix;
  /** How many singular values are above max(n, p)·2⁻⁵² times the largest. */
  readonly rank: number;
}

/**
 * The thin singular value decomposition, by a pivoted QR and then one-sided Jacobi rotations of R, which find even the
 * small singular values to many digits.
 *
 * Source: Hestenes (1958); Demmel and Veselić (1992), "Jacobi's method is more accurate than QR", SIAM J. Matrix Anal. 13.
 *
 * @param a n × p; not changed
 * @throws LevainError `not-finite`
 * @example Array.from(thinSvd({ rows: 2, columns: 2, values: new Float64Array([3, 0, 0, 4]) }).values) // => [4, 3]
 */
export function thinSvd(a: Matrix): ThinSvd {
  checkFinite('singular value decomposition', a);
  if (a.rows < a.columns) {
    const { u, values, v, rank } = thinSvd(transpose(a));
    return { u: v, values, v: u, rank };
  }
  const qr = qrFactor(a);
  const work = upperR(qr);
  const size = work.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  work.values.forEach((value, i) => (work.values[i] = value / size));
  const turned = identity(a.columns);
  for (let sweeps = 0; sweeps < MOST_SWEEPS && sweep(work, turned); sweeps++);
  const lengths = Float64Array.from({ length: a.columns }, (_, j) => norm2(column(work, j)));
  const order = Array.from(lengths.keys()).sort((i, j) => lengths[j]! - lengths[i]!);
  const small = pickColumns(work, order);
  normalise(small);
  const values = Float64Array.from(order, (j) => size * lengths[j]!);
  const least = Math.max(a.rows, a.columns) * Number.EPSILON * (values[0] ?? 0);
  return {
    u: gemm(thinQ(qr), small),
    values,
    v: unpivot(pickColumns(turned, order), qr.pivot),
    rank: values.filter((value) => value > least).length,
  };
}

/** Ten are plenty in practice; rounding could keep a pair just above the bound for ever. */
const MOST_SWEEPS = 40;

/** Makes each pair of columns orthogonal once; whether one was not. */
function sweep(work: Matrix, turned: Matrix): boolean {
  let rotated = false;
  for (let p = 0; p < work.columns; p++) {
    for (let q = p + 1; q < work.columns; q++) {
      const [left, right] = [column(work, p), column(work, q)];
      const [a, b, off] = [dot(left, left), dot(right, right), dot(left, right)];
      if (Math.abs(off) <= 4 * Number.EPSILON * Math.sqrt(a) * Math.sqrt(b)) continue;
      const rotation = rotationOf(a, b, off);
      rotateColumns(work, p, q, rotation);
      rotateColumns(turned, p, q, rotation);
      rotated = true;
    }
  }
  return rotated;
}

/** Gives the columns length 1; those of length 0 become any direction that is orthogonal to the rest. */
function normalise(a: Matrix): void {
  for (let j = 0; j < a.columns; j++) {
    const target = column(a, j);
    const length = norm2(target);
    if (length > 0) for (let i = 0; i < a.rows; i++) target[i]! /= length;
    else target.set(orthogonalTo(a, j));
  }
}

/** A unit vector that is orthogonal to the first k columns, which are orthonormal. */
function orthogonalTo(a: Matrix, k: number): Float64Array {
  for (let unit = 0; unit < a.rows; unit++) {
    const candidate = new Float64Array(a.rows);
    candidate[unit] = 1;
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < k; j++) axpy(-dot(column(a, j), candidate), column(a, j), candidate);
    }
    const length = norm2(candidate);
    if (length > 0.5 / Math.sqrt(a.rows)) return candidate.map((value) => value / length);
  }
  invariant(false, `${k} orthonormal columns leave a direction in ${a.rows} dimensions`);
}

/** Row k of the result's place `pivot[k]` is row k of V. */
function unpivot(v: Matrix, pivot: Int32Array): Matrix {
  const out = zeros(v.rows, v.columns);
  for (let j = 0; j < v.columns; j++) {
    for (let k = 0; k < v.rows; k++) out.values[j * v.rows + pivot[k]!] = v.values[j * v.rows + k]!;
  }
  return out;
}
