import { LevainError } from '../../../base/problem';
import { signSolver, type Sign } from './sign-solver';

export interface RidgeOptions {
  /** glmnet's λ for alpha = 0, in the unit of the outcome; ≥ 0. */
  readonly lambda: number;
  /** One a column; all free when not given. */
  readonly signs?: readonly Sign[];
  /** True when not given. */
  readonly intercept?: boolean;
}

export interface RidgeFit {
  /** 0 without an intercept. */
  readonly intercept: number;
  /** On the scale of the columns. */
  readonly coefficients: Float64Array;
}

/**
 * Ridge regression with signs, exactly, in the conventions of glmnet: with columns Z standardised (by the standard
 * deviation with 1/n) and ỹ the outcome,
 *
 *     b = argmin 1/(2n) ‖ỹ − Zb‖² + (λ/s)/2 ‖b‖²  under the signs,   coefficients = b / sd
 *
 * With an intercept Z and ỹ are centred and s is the standard deviation of the outcome; without one nothing is centred
 * (columns are divided by their centred standard deviation all the same), and s = √mean(y²). A constant column gets 0.
 *
 * Source: Friedman, Hastie and Tibshirani (2010), "Regularization paths for generalized linear models via coordinate
 * descent", J. Statistical Software 33; glmnet itself stops at a tolerance, this is its limit.
 *
 * @param columns one Float64Array a regressor, each as long as the outcome
 * @throws LevainError `unequal-lengths`, `bad-parameter`, `not-finite`, `not-positive-definite`
 * @example Array.from(boundedRidge([[1, 2, 3, 4]], [1, 3, 5, 7], { lambda: 0, signs: [-1] }).coefficients) // => [0]
 */
export function boundedRidge(
  columns: readonly ArrayLike<number>[],
  outcome: ArrayLike<number>,
  options: RidgeOptions,
): RidgeFit {
  const { lambda, signs = columns.map(() => 0 as const), intercept = true } = options;
  check(columns, outcome, lambda, signs);
  const n = outcome.length;
  const p = columns.length;
  const spreads = columns.map((column) => Math.sqrt(moment(column, column, true)));
  const spread = Math.sqrt(moment(outcome, outcome, intercept));
  const gram = new Float64Array(p * p);
  const right = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    // A row and column of the identity give a constant column the coefficient 0.
    gram[i * p + i] = 1;
    if (spreads[i] === 0) continue;
    right[i] = moment(columns[i]!, outcome, intercept) / spreads[i]!;
    for (let j = 0; j <= i; j++) {
      if (spreads[j] === 0) continue;
      const value = moment(columns[i]!, columns[j]!, intercept) / (spreads[i]! * spreads[j]!);
      gram[i * p + j] = value;
      gram[j * p + i] = value;
    }
  }
  const coefficients = new Float64Array(p);
  if (!signSolver(signs).solve(gram, right, spread > 0 ? lambda / spread : 0, coefficients)) {
    throw new LevainError({
      code: 'not-positive-definite',
      message: `Some of the ${p} columns are combinations of others over the ${n} rows, so λ = ${lambda} leaves no single answer.`,
      hint: 'Use a λ above 0, or leave out a column that says the same as others.',
    });
  }
  for (let i = 0; i < p; i++) if (spreads[i]! > 0) coefficients[i]! /= spreads[i]!;
  const shift = columns.reduce((total, column, i) => total + coefficients[i]! * meanOf(column), 0);
  return { intercept: intercept ? meanOf(outcome) - shift : 0, coefficients };
}

/** Mean product, of what is left of the means where centred. */
function moment(a: ArrayLike<number>, b: ArrayLike<number>, centred: boolean): number {
  const [left, right] = centred ? [meanOf(a), meanOf(b)] : [0, 0];
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += (a[t]! - left) * (b[t]! - right);
  return sum / a.length;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += values[t]!;
  return sum / values.length;
}

function check(
  columns: readonly ArrayLike<number>[],
  outcome: ArrayLike<number>,
  lambda: number,
  signs: readonly Sign[],
): void {
  if (!(lambda >= 0 && lambda < Infinity)) {
    throw new LevainError({ code: 'bad-parameter', message: `λ must be a number, 0 or more; it is ${lambda}.` });
  }
  if (signs.length !== columns.length) {
    const message = `There are ${columns.length} columns and ${signs.length} signs: give one a column.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  for (const [i, column] of [outcome, ...columns].entries()) {
    const name = i === 0 ? 'The outcome' : `Column ${i}`;
    if (column.length !== outcome.length || column.length < 2) {
      const message = `${name} has ${column.length} rows; the outcome has ${outcome.length}, and at least 2 are needed.`;
      throw new LevainError({ code: 'unequal-lengths', message });
    }
    for (let t = 0; t < column.length; t++) {
      if (Number.isFinite(column[t]!)) continue;
      throw new LevainError({ code: 'not-finite', message: `${name} is ${column[t]} in row ${t + 1}.` });
    }
  }
}
