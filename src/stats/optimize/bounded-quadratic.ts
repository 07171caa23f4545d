import { axpy, dot } from '../linear/blas';
import { checkLength, checkSquare } from '../linear/check';
import { choleskyFactor, choleskySolve } from '../linear/cholesky';
import { column, zeros, type Matrix } from '../linear/matrix';
import { minimiseInBox, type BoxSolution } from './active-set';
import { checkBounds } from './bounds';

/**
 * The x in a box that minimises ½xᵀGx − cᵀx: with G = AᵀA and c = Aᵀb, a bounded least squares problem at the cost of
 * its few variables, and with λ added to G's diagonal a ridge. It is exact, by an active set of bounds; for columns that
 * are nearly the same prefer `boundedLeastSquares`, which does not square their condition.
 *
 * @param g symmetric and positive definite
 * @param c a value for each variable
 * @param lower −∞ where there is no bound
 * @param upper ∞ where there is no bound
 * @throws LevainError `bad-shape`, `unequal-lengths`, `bad-parameter`, `not-finite`, `not-positive-definite`
 * @example Array.from(boundedQuadratic({ rows: 2, columns: 2, values: new Float64Array([1, 0, 0, 1]) }, [3, -2], [0, 0], [2, 9]).x) // => [2, 0]
 */
export function boundedQuadratic(
  g: Matrix,
  c: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): BoxSolution {
  checkSquare('bounded quadratic problem', g);
  checkLength('bounded quadratic problem', c.length, g.columns);
  checkBounds(lower, upper, g.columns);
  const p = g.columns;
  const gradient = (x: Float64Array): Float64Array => {
    const slopes = Float64Array.from(c, (value) => -value);
    for (let j = 0; j < p; j++) axpy(x[j]!, column(g, j), slopes);
    return slopes;
  };
  const solve = (free: readonly number[], x: Float64Array): Float64Array => {
    const [block, right] = [zeros(free.length, free.length), new Float64Array(free.length)];
    const held = x.slice();
    for (const i of free) held[i] = 0;
    free.forEach((i, k) => {
      right[k] = c[i]! - dot(column(g, i), held);
      free.forEach((j, l) => (block.values[l * free.length + k] = g.values[j * p + i]!));
    });
    return choleskySolve(choleskyFactor(block), right, right);
  };
  const noise = (x: Float64Array, i: number): number => {
    let size = Math.abs(c[i]!);
    for (let j = 0; j < p; j++) size += Math.abs(g.values[j * p + i]! * x[j]!);
    return 32 * p * Number.EPSILON * size || Number.MIN_VALUE;
  };
  return minimiseInBox({ lower, upper, solve, gradient, noise });
}
