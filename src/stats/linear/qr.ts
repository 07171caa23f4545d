import { axpy, dot, norm2 } from './blas';
import { checkFinite, checkLength } from './check';
import { column, zeros, type Matrix } from './matrix';
import { solveUpper } from './triangular';

/** AP = QR in compact form; the functions of this file read it. */
export interface QrFactor {
  /** R on and above the diagonal; below it the Householder vectors, whose leading 1 is left out. */
  readonly packed: Matrix;
  readonly tau: Float64Array;
  /** Column j of AP is column `pivot[j]` of A. */
  readonly pivot: Int32Array;
  /** How many of the leading columns of AP are independent at the tolerance. */
  readonly rank: number;
}

export interface QrOptions {
  /**
   * `largest` (when not given) takes the longest remaining column next, which reveals the rank; `given` keeps the order
   * and moves only the columns that depend on those before them to the end, so that it is known which these are.
   */
  readonly order?: 'largest' | 'given';
  /**
   * A column counts as dependent when what is left of it is shorter than this times the longest column (`largest`) or
   * times its own first length (`given`). The larger of rows and columns times 2⁻⁵² when not given.
   */
  readonly tolerance?: number;
}

/**
 * The Householder QR decomposition AP = QR with column pivoting.
 *
 * Source: Golub and Van Loan (2013), "Matrix Computations", 4th ed., algorithms 5.1.1 and 5.4.1; the order `given` is
 * the limited pivoting of R's `lm`.
 *
 * @param a n × p; not changed
 * @throws LevainError `not-finite`
 * @example qrFactor({ rows: 2, columns: 2, values: new Float64Array([1, 2, 2, 4]) }).rank // => 1
 */
export function qrFactor(a: Matrix, options: QrOptions = {}): QrFactor {
  checkFinite('QR decomposition', a);
  const { rows, columns } = a;
  const { order = 'largest', tolerance = Math.max(rows, columns) * Number.EPSILON } = options;
  const packed: Matrix = { rows, columns, values: Float64Array.from(a.values) };
  const tau = new Float64Array(Math.min(rows, columns));
  const pivot = Int32Array.from({ length: columns }, (_, j) => j);
  const lengths = Float64Array.from({ length: columns }, (_, j) => norm2(column(a, j)));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);

  const remaining = (j: number, step: number): number => norm2(column(packed, j).subarray(step));
  const least = (j: number): number => tolerance * (order === 'largest' ? longest : lengths[pivot[j]!]!);
  const next = order === 'largest' ? longestNext : independentNext;

  function longestNext(step: number): number {
    let [best, most] = [step, -1];
    for (let j = step; j < columns; j++) {
      const length = remaining(j, step);
      if (length > most) [best, most] = [j, length];
    }
    return best;
  }

  function independentNext(step: number): number {
    for (let j = step; j < columns; j++) if (remaining(j, step) > least(j)) return j;
    return step;
  }

  let rank = 0;
  for (let step = 0; step < tau.length; step++) {
    moveColumn(packed, pivot, next(step), step);
    if (rank === step && remaining(step, step) > least(step)) rank++;
    tau[step] = reflect(packed, step);
  }
  return { packed, tau, pivot, rank };
}

/**
 * Qᵀb, in place.
 *
 * @param b a value for each row
 */
export function applyQTransposed({ packed, tau }: QrFactor, b: Float64Array): Float64Array {
  checkLength('product Qᵀb', b.length, packed.rows);
  for (let step = 0; step < tau.length; step++) applyReflection(packed, tau[step]!, step, b);
  return b;
}

/** Qb, in place. */
export function applyQ({ packed, tau }: QrFactor, b: Float64Array): Float64Array {
  checkLength('product Qb', b.length, packed.rows);
  for (let step = tau.length - 1; step >= 0; step--) applyReflection(packed, tau[step]!, step, b);
  return b;
}

/** The first k columns of Q (as many as R has rows when not given): orthonormal. */
export function thinQ(qr: QrFactor, k = qr.tau.length): Matrix {
  const q = zeros(qr.packed.rows, k);
  for (let j = 0; j < k; j++) {
    const target = column(q, j);
    target[j] = 1;
    applyQ(qr, target);
  }
  return q;
}

/** R as a matrix, with its columns in the order of `pivot`. */
export function upperR({ packed, tau }: QrFactor): Matrix {
  const r = zeros(tau.length, packed.columns);
  for (let j = 0; j < packed.columns; j++) {
    for (let i = 0; i <= Math.min(j, tau.length - 1); i++)
      r.values[j * r.rows + i] = packed.values[j * packed.rows + i]!;
  }
  return r;
}

/**
 * The x that minimises ‖Ax − b‖, with 0 for the columns that depend on others.
 *
 * @param qr from {@link qrFactor} of A
 * @param b a value for each row; not changed
 * @throws LevainError `bad-shape`
 * @example Array.from(qrSolve(qrFactor({ rows: 2, columns: 1, values: new Float64Array([0, 2]) }), [5, 6]), Math.round) // => [3]
 */
export function qrSolve(qr: QrFactor, b: ArrayLike<number>): Float64Array {
  const rotated = applyQTransposed(qr, Float64Array.from(b));
  const basic = solveUpper(qr.packed, rotated, qr.rank);
  const x = new Float64Array(qr.packed.columns);
  basic.forEach((value, k) => (x[qr.pivot[k]!] = value));
  return x;
}

/** Moves column `from` to place `to`; those between keep their order. */
function moveColumn(a: Matrix, pivot: Int32Array, from: number, to: number): void {
  if (from === to) return;
  const moved = column(a, from).slice();
  a.values.copyWithin((to + 1) * a.rows, to * a.rows, from * a.rows);
  column(a, to).set(moved);
  const name = pivot[from]!;
  pivot.copyWithin(to + 1, to, from);
  pivot[to] = name;
}

/** Makes column `step` zero below its diagonal and turns the later columns with it; gives τ of I − τvvᵀ. */
function reflect(a: Matrix, step: number): number {
  const x = column(a, step).subarray(step);
  const length = norm2(x);
  if (length === 0) return 0;
  const head = x[0]!;
  const diagonal = head > 0 ? -length : length;
  const scale = head - diagonal;
  for (let i = 1; i < x.length; i++) x[i]! /= scale;
  x[0] = diagonal;
  const tau = -scale / diagonal;
  for (let j = step + 1; j < a.columns; j++) applyReflection(a, tau, step, column(a, j));
  return tau;
}

function applyReflection(a: Matrix, tau: number, step: number, b: Float64Array): void {
  if (tau === 0) return;
  const v = column(a, step).subarray(step + 1);
  const tail = b.subarray(step + 1);
  const amount = tau * (b[step]! + dot(v, tail));
  b[step]! -= amount;
  axpy(-amount, v, tail);
}
