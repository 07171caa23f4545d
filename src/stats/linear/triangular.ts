import { LevainError } from '../../base/problem';
import { checkLength } from './check';
import type { Matrix } from './matrix';

/**
 * x with Lx = b, by forward substitution; what stands above the diagonal of L is not read.
 *
 * @param l n × n, lower triangular
 * @param out where x goes; may be b itself
 * @throws LevainError `bad-shape`, `singular`
 * @example Array.from(solveLower({ rows: 2, columns: 2, values: [2, 1, 0, 4] }, [2, 9])) // => [1, 2]
 */
export function solveLower(
  l: Matrix,
  b: ArrayLike<number>,
  out: Float64Array = new Float64Array(b.length),
): Float64Array {
  const n = begin(l, b, out);
  for (let j = 0; j < n; j++) {
    const x = (out[j]! /= pivot(l, j));
    for (let i = j + 1; i < n; i++) out[i]! -= x * l.values[j * l.rows + i]!;
  }
  return out;
}

/**
 * x with Lᵀx = b, by backward substitution.
 *
 * @param l n × n, lower triangular
 * @param out where x goes; may be b itself
 * @throws LevainError `bad-shape`, `singular`
 * @example Array.from(solveLowerTransposed({ rows: 2, columns: 2, values: [2, 1, 0, 4] }, [4, 8])) // => [1, 2]
 */
export function solveLowerTransposed(
  l: Matrix,
  b: ArrayLike<number>,
  out: Float64Array = new Float64Array(b.length),
): Float64Array {
  const n = begin(l, b, out);
  for (let j = n - 1; j >= 0; j--) {
    let rest = out[j]!;
    for (let i = j + 1; i < n; i++) rest -= l.values[j * l.rows + i]! * out[i]!;
    out[j] = rest / pivot(l, j);
  }
  return out;
}

/**
 * x with Rx = b, by backward substitution; what stands below the diagonal of R is not read, so that the factor of a QR
 * can be given as it is. A longer b than unknowns is cut.
 *
 * @param r upper triangular in its first n rows and columns
 * @param n how many unknowns, all columns when not given
 * @throws LevainError `bad-shape`, `singular`
 * @example Array.from(solveUpper({ rows: 2, columns: 2, values: [2, 0, 1, 4] }, [4, 8])) // => [1, 2]
 */
export function solveUpper(r: Matrix, b: ArrayLike<number>, n = r.columns): Float64Array {
  const out = Float64Array.from({ length: n }, (_, i) => b[i]!);
  for (let j = n - 1; j >= 0; j--) {
    const x = (out[j]! /= pivot(r, j));
    for (let i = 0; i < j; i++) out[i]! -= x * r.values[j * r.rows + i]!;
  }
  return out;
}

/**
 * x with Rᵀx = b, by forward substitution; as {@link solveUpper} otherwise.
 *
 * @throws LevainError `bad-shape`, `singular`
 * @example Array.from(solveUpperTransposed({ rows: 2, columns: 2, values: [2, 0, 1, 4] }, [2, 9])) // => [1, 2]
 */
export function solveUpperTransposed(r: Matrix, b: ArrayLike<number>, n = r.columns): Float64Array {
  const out: Float64Array = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    let rest = b[j]!;
    for (let i = 0; i < j; i++) rest -= r.values[j * r.rows + i]! * out[i]!;
    out[j] = rest / pivot(r, j);
  }
  return out;
}

function begin(l: Matrix, b: ArrayLike<number>, out: Float64Array): number {
  checkLength('triangular system', b.length, l.columns);
  if (out !== b) out.set(b);
  return l.columns;
}

function pivot(a: Matrix, j: number): number {
  const value = a.values[j * a.rows + j]!;
  if (value !== 0) return value;
  const message = `The triangular system has no single solution: 0 stands in row ${j + 1} of the diagonal.`;
  throw new LevainError({ code: 'singular', message });
}
