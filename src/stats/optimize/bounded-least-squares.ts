import { axpy, dot, gemv, gemvTransposed, norm2 } from '../linear/blas';
import { checkLength } from '../linear/check';
import { column, fromColumns, pickColumns, type Matrix } from '../linear/matrix';
import { applyQTransposed, qrFactor, qrSolve, upperR } from '../linear/qr';
import { minimiseInBox, type BoxSolution } from './active-set';
import { checkBounds } from './bounds';

export interface BoundedFit extends BoxSolution {
  /** ‖Ax − b‖². */
  readonly residualSumOfSquares: number;
}

/**
 * The x in a box that minimises ‖Ax − b‖: non-negative least squares, and any other bounds on coefficients. A is first
 * brought to equal column lengths and to its triangular factor, so that neither units nor many rows matter after that.
 *
 * Source: Stark and Parker (1995), "Bounded-variable least squares", Computational Statistics 10.
 *
 * @param a n × p; a column that depends on others takes part, but which of them gets the weight is then arbitrary
 * @param b n values
 * @param lower −∞ where there is no bound
 * @param upper ∞ where there is no bound
 * @returns the gradient is Aᵀ(Ax − b): 0 where x is free, ≥ 0 at a lower bound, ≤ 0 at an upper one
 * @throws LevainError `bad-shape`, `unequal-lengths`, `bad-parameter`, `not-finite`, `no-convergence`
 * @example Array.from(boundedLeastSquares({ rows: 2, columns: 2, values: new Float64Array([1, 0, 0, 1]) }, [3, -2], [0, 0], [2, 9]).x) // => [2, 0]
 */
export function boundedLeastSquares(
  a: Matrix,
  b: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): BoundedFit {
  checkLength('bounded least squares', b.length, a.rows);
  checkBounds(lower, upper, a.columns);
  const right = Float64Array.from(b);
  const units = Float64Array.from({ length: a.columns }, (_, j) => norm2(column(a, j)) || 1);
  const scaled = fromColumns(
    Array.from(units, (unit, j) => column(a, j).map((value) => value / unit)),
    a.rows,
  );
  const qr = qrFactor(scaled, { order: 'given', tolerance: 0 });
  const target = applyQTransposed(qr, right.slice()).subarray(0, qr.tau.length);
  const r = pickColumns(upperR(qr), inverseOf(qr.pivot));
  const size = norm2(right);

  const residualOf = (x: Float64Array): Float64Array => gemv(r, x).map((value, i) => value - target[i]!);
  const solution = minimiseInBox({
    lower: units.map((unit, j) => lower[j]! * unit),
    upper: units.map((unit, j) => upper[j]! * unit),
    solve: (free, x) => {
      const held = x.slice();
      for (const j of free) held[j] = 0;
      const rest = residualOf(held).map((value) => -value);
      return qrSolve(qrFactor(pickColumns(r, free)), rest);
    },
    gradient: (x) => gemvTransposed(r, residualOf(x)),
    noise: () => 32 * a.columns * Number.EPSILON * size || Number.MIN_VALUE,
  });

  const x = solution.x.map((value, j) =>
    solution.bound[j] === 0 ? value / units[j]! : (solution.bound[j]! < 0 ? lower : upper)[j]!,
  );
  const residual = right.map((value) => -value);
  for (let j = 0; j < a.columns; j++) axpy(x[j]!, column(a, j), residual);
  return { ...solution, x, gradient: gemvTransposed(a, residual), residualSumOfSquares: dot(residual, residual) };
}

function inverseOf(pivot: Int32Array): Int32Array {
  const inverse = new Int32Array(pivot.length);
  pivot.forEach((j, place) => (inverse[j] = place));
  return inverse;
}
