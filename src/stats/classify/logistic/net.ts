import { LevainError } from '../../../base/problem';
import type { Predictor, Warning } from '../../regression/design';
import type { Outcome } from '../outcome';
import { coefficientsOf, startOf } from './logistic';
import type { LinearModel } from './model';
import { newton } from './newton';
import { meanLoss } from './objective';
import { standardised, type Standardised } from './standardise';

export interface LogisticNetOptions {
  /** 1 is the lasso (when not given), 0 the ridge, between them an elastic net. */
  readonly alpha?: number;
  /** From the largest down; 50 values from where all coefficients are 0 when not given. */
  readonly lambdas?: ArrayLike<number>;
  /** Converged when no element of the subgradient of the mean loss is above this; 1e-9 when not given. */
  readonly tolerance?: number;
}

/** One member of the path: a model to score with. */
export interface PenalisedLogistic extends LinearModel {
  readonly lambda: number;
  readonly logLikelihood: number;
}

export interface LogisticPath {
  readonly names: readonly string[];
  readonly alpha: number;
  readonly fits: readonly PenalisedLogistic[];
  readonly warnings: readonly Warning[];
}

/**
 * Ridge, lasso and elastic net for a yes or no, along a path of penalties λ, in the conventions of R's glmnet:
 *
 *     min −ℓ(β)/n + λ (α Σ|bⱼ| + (1 − α)/2 Σ bⱼ²),   βⱼ = bⱼ / sⱼ
 *
 * with each column centred and divided by its standard deviation sⱼ (divisor n), and the intercept without penalty.
 * scikit-learn's C is 1/(λn). Each member begins where the one before it ended.
 *
 * Source: Friedman, Hastie and Tibshirani (2010), "Regularization paths for generalized linear models via coordinate
 * descent", J. Statistical Software 33.
 *
 * @param y zeros and ones (or booleans)
 * @param predictors named columns; there may be more of them than rows
 * @returns coefficients in the units of the columns; a constant column gets 0 and a warning
 * @throws LevainError `bad-parameter`, `no-convergence`, and as `logistic`, but not `separation` where λ > 0
 * @example logisticNet([0, 1, 0, 1], [{ name: 'x', values: [1, 2, 3, 4] }], { lambdas: [10] }).fits[0].coefficients[0] // => 0
 */
export function logisticNet(
  y: Outcome,
  predictors: readonly Predictor[],
  options: LogisticNetOptions = {},
): LogisticPath {
  const { alpha = 1, tolerance = 1e-9 } = options;
  if (!(alpha >= 0 && alpha <= 1)) {
    const message = `The mixing alpha must be between 0 and 1; it is ${alpha}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const problem = standardised(y, predictors);
  const lambdas = options.lambdas ? checkLambdas(options.lambdas) : defaultLambdas(problem, alpha);
  let b = startOf(problem.y.reduce((sum, value) => sum + value, 0) / problem.y.length, problem.kept.length);
  const fits = Array.from(lambdas, (lambda): PenalisedLogistic => {
    const found = newton(problem, { l1: lambda * alpha, l2: lambda * (1 - alpha) }, b, tolerance);
    b = found.b;
    const { means, names } = problem;
    return { names, means, lambda, logLikelihood: -problem.y.length * found.loss, ...coefficientsOf(b, problem) };
  });
  return { names: problem.names, alpha, fits, warnings: problem.warnings };
}

function checkLambdas(given: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(given);
  const at = values.findIndex(
    (lambda, i) => !(lambda > 0 && lambda < Infinity) || lambda > (values[i - 1] ?? Infinity),
  );
  if (at < 0 && values.length > 0) return values;
  const message =
    values.length > 0
      ? `Penalty ${at + 1} is ${values[at]}: penalties must be above 0, from the largest down.`
      : 'There is no penalty to fit.';
  throw new LevainError({ code: 'bad-parameter', message, hint: 'Without a penalty, take `logistic`.' });
}

/** From the smallest λ where all coefficients are 0 (for a ridge, where a nearly-ridge's are), evenly in its logarithm. */
function defaultLambdas(problem: Standardised, alpha: number): Float64Array {
  const size = problem.kept.length;
  const gradient = new Float64Array(size + 1);
  meanLoss(problem, startOf(problem.y.reduce((sum, value) => sum + value, 0) / problem.y.length, size), gradient);
  const steepest = gradient.subarray(1).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const largest = Math.max(steepest, 1e-12) / Math.max(alpha, 1e-2);
  const ratio = problem.y.length > size ? 1e-4 : 1e-2;
  return Float64Array.from({ length: 50 }, (_, i) => largest * ratio ** (i / 49));
}
