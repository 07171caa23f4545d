import { dot } from './blas';
import { column, type Matrix } from './matrix';

/**
 * gᵀAg for a symmetric A: with A a covariance and g the slopes of a function, the function's variance by the delta method.
 * Rounding does not take it below 0.
 *
 * @example quadraticForm({ rows: 2, columns: 2, values: Float64Array.of(2, 1, 1, 3) }, Float64Array.of(1, 2)) // => 18
 */
export function quadraticForm(a: Matrix, g: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.columns; j++) sum += g[j]! * dot(column(a, j), g);
  return Math.max(0, sum);
}
