import { LevainError } from '../../base/problem';
import { dot, gemvTransposed, syrk } from '../linear/blas';
import { column, fromColumns, type Matrix } from '../linear/matrix';
import { checkBounds } from '../optimize/bounds';
import { boundedQuadratic } from '../optimize/bounded-quadratic';
import { designOf, type Predictor, type Warning } from './design';

export interface ElasticNetOptions {
  /** 1 is the lasso (when not given), 0 the ridge, between them an elastic net. */
  readonly alpha?: number;
  /** From the largest down; 100 values from where all coefficients are 0 when not given. */
  readonly lambdas?: ArrayLike<number>;
  /** Whether a constant is fitted, without penalty; true when not given. */
  readonly intercept?: boolean;
  /** The least each coefficient may be, at most 0: 0 for channels that cannot hurt. No bound when not given. */
  readonly lower?: ArrayLike<number>;
  /** The most each coefficient may be, at least 0. */
  readonly upper?: ArrayLike<number>;
}

export interface ElasticNetPath {
  readonly names: readonly string[];
  readonly alpha: number;
  readonly fits: readonly {
    readonly lambda: number;
    readonly intercept: number;
    readonly coefficients: Float64Array;
  }[];
  readonly warnings: readonly Warning[];
}

/** The problem in standard units, from which all penalties are solved. */
interface Standardised {
  readonly gram: Matrix;
  readonly c: Float64Array;
  readonly means: Float64Array;
  /** 0 for a constant column, which takes no part. */
  readonly deviations: Float64Array;
  readonly yMean: number;
  readonly yScale: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Ridge, lasso and elastic net along a path of penalties λ, in the conventions of R's glmnet (family gaussian):
 *
 *     min 1/(2n) ‖y − b₀ − Zb‖² + λ (α Σ|bⱼ| + (1 − α)/(2 s_y) Σ bⱼ²),   βⱼ = bⱼ / sⱼ
 *
 * with each column divided by its standard deviation sⱼ (divisor n), s_y that of y, both centred for the intercept;
 * without one, nothing is centred and s_y = √(Σy²/n). The ridge is solved exactly (an active set for the bounds), the
 * others by coordinate descent to 1e-12.
 *
 * Source: Friedman, Hastie and Tibshirani (2010), "Regularization paths for generalized linear models via coordinate
 * descent", J. Statistical Software 33.
 *
 * @param y the outcome, n ≥ 2 numbers, not all the same
 * @param predictors named columns of n numbers; there may be more of them than rows
 * @returns coefficients in the units of the columns; a constant column gets 0 and a warning
 * @throws LevainError `unequal-lengths`, `not-finite`, `overflow`, `duplicate-name`, `constant`, `bad-parameter`,
 * `no-convergence`, `not-positive-definite` for a ridge with λ = 0 of dependent columns
 * @example elasticNet([1, 2, 3], [{ name: 'x', values: [1, 2, 3] }], { lambdas: [10] }).fits[0].intercept // => 2
 */
export function elasticNet(
  y: ArrayLike<number>,
  predictors: readonly Predictor[],
  options: ElasticNetOptions = {},
): ElasticNetPath {
  const { alpha = 1, intercept = true } = options;
  if (!(alpha >= 0 && alpha <= 1)) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `The mixing alpha must be between 0 and 1; it is ${alpha}.`,
    });
  }
  const problem = standardise(y, predictors, options);
  const lambdas = options.lambdas ? checkLambdas(options.lambdas) : defaultLambdas(problem, alpha, y.length);
  let b: Float64Array = new Float64Array(predictors.length);
  const fits = Array.from(lambdas, (lambda) => {
    b = alpha === 0 ? ridge(problem, lambda) : descend(problem, lambda, alpha, b);
    const coefficients = b.map((value, j) => (problem.deviations[j]! > 0 ? value / problem.deviations[j]! : 0));
    return { lambda, intercept: intercept ? problem.yMean - dot(problem.means, coefficients) : 0, coefficients };
  });
  return { names: predictors.map(({ name }) => name), alpha, fits, warnings: warningsOf(problem, predictors) };
}

/**
 * The fitted values of one member of a path for new rows.
 *
 * @param fit a member of `elasticNet(…).fits`
 * @param predictors the same columns, in the same order
 * @example Array.from(elasticNetValues({ lambda: 1, intercept: 1, coefficients: [2] }, [{ name: 'x', values: [3] }])) // => [7]
 */
export function elasticNetValues(fit: ElasticNetPath['fits'][number], predictors: readonly Predictor[]): Float64Array {
  return Float64Array.from({ length: predictors[0]?.values.length ?? 0 }, (_, i) =>
    predictors.reduce((sum, { values }, j) => sum + fit.coefficients[j]! * values[i]!, fit.intercept),
  );
}

function standardise(y: ArrayLike<number>, predictors: readonly Predictor[], options: ElasticNetOptions): Standardised {
  const { intercept = true } = options;
  const p = predictors.length;
  if (p === 0) throw new LevainError({ code: 'too-few-values', message: 'An elastic net needs a predictor.' });
  const { x, y: outcome } = designOf(y, predictors, false);
  const n = outcome.length;
  const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / n;
  const spread = (values: Float64Array, centre: number): number => {
    const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / n;
    const rounding = values.reduce((sum, value) => sum + value ** 2, 0) / n;
    return squares > 1e-28 * rounding ? Math.sqrt(squares) : 0;
  };
  const columns = Array.from({ length: p }, (_, j) => column(x, j));
  const deviations = Float64Array.from(columns, (values) => spread(values, meanOf(values)));
  const means = Float64Array.from(columns, (values) => (intercept ? meanOf(values) : 0));
  const yMean = intercept ? meanOf(outcome) : 0;
  const yScale = n > 0 ? spread(outcome, yMean) : 0;
  if (yScale === 0) {
    throw new LevainError({
      code: 'constant',
      message: 'The outcome is the same in every row: there is nothing to explain.',
    });
  }
  const z = fromColumns(
    columns.map((values, j) => values.map((value) => (deviations[j]! > 0 ? (value - means[j]!) / deviations[j]! : 0))),
  );
  const gram = syrk(z);
  const scaled = gemvTransposed(
    z,
    outcome.map((value) => value - yMean),
  );
  const bound = (given: ArrayLike<number> | undefined, none: number): Float64Array =>
    deviations.map((deviation, j) => (deviation > 0 ? (given?.[j] ?? none) * deviation : 0));
  checkSigns(options, p);
  return {
    gram: { ...gram, values: gram.values.map((value) => value / n) },
    c: scaled.map((value) => value / n),
    means,
    deviations,
    yMean,
    yScale,
    lower: bound(options.lower, -Infinity),
    upper: bound(options.upper, Infinity),
  };
}

/** Bounds include 0, so that the path can begin there. */
function checkSigns({ lower, upper }: ElasticNetOptions, p: number): void {
  const [low, high] = [lower ?? new Float64Array(p).fill(-Infinity), upper ?? new Float64Array(p).fill(Infinity)];
  checkBounds(low, high, p);
  for (let j = 0; j < p; j++) {
    if (low[j]! <= 0 && high[j]! >= 0) continue;
    const message = `The bounds of coefficient ${j + 1} are ${low[j]} and ${high[j]}; 0 must lie between them.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
}

function checkLambdas(lambdas: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(lambdas);
  const at = values.findIndex(
    (lambda, i) => !(lambda >= 0 && lambda < Infinity) || lambda > (values[i - 1] ?? Infinity),
  );
  if (at < 0 && values.length > 0) return values;
  const message =
    values.length > 0
      ? `Penalty ${at + 1} is ${values[at]}: penalties must be 0 or more, from the largest down.`
      : 'There is no penalty to fit.';
  throw new LevainError({ code: 'bad-parameter', message });
}

/** From the smallest λ where all coefficients are 0 (for a ridge, where a nearly-ridge's are), evenly in its logarithm. */
function defaultLambdas({ c, gram }: Standardised, alpha: number, n: number): Float64Array {
  const largest = c.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / Math.max(alpha, 1e-3);
  const ratio = n > gram.rows ? 1e-4 : 1e-2;
  return Float64Array.from({ length: 100 }, (_, i) => largest * ratio ** (i / 99));
}

function ridge({ gram, c, yScale, deviations, lower, upper }: Standardised, lambda: number): Float64Array {
  const p = gram.rows;
  const penalised = Float64Array.from(gram.values);
  for (let j = 0; j < p; j++) penalised[j * p + j]! += deviations[j]! > 0 ? lambda / yScale : 1;
  return boundedQuadratic({ rows: p, columns: p, values: penalised }, c, lower, upper).x as Float64Array;
}

const MOST_SWEEPS = 200_000;

function descend(problem: Standardised, lambda: number, alpha: number, start: Float64Array): Float64Array {
  const { gram, c, yScale, deviations, lower, upper } = problem;
  const p = gram.rows;
  const [sparse, smooth] = [lambda * alpha, (lambda * (1 - alpha)) / yScale];
  const b = start.slice();
  const slopes = Float64Array.from(c, (value, j) => value - dot(column(gram, j), b));
  for (let sweeps = 0; sweeps < MOST_SWEEPS; sweeps++) {
    let [moved, size] = [0, 0];
    for (let j = 0; j < p; j++) {
      if (deviations[j] === 0) continue;
      const own = gram.values[j * p + j]!;
      const pull = slopes[j]! + own * b[j]!;
      const shrunk = (Math.sign(pull) * Math.max(0, Math.abs(pull) - sparse)) / (own + smooth);
      const next = Math.min(upper[j]!, Math.max(lower[j]!, shrunk));
      const step = next - b[j]!;
      if (step !== 0) {
        b[j] = next;
        for (let k = 0; k < p; k++) slopes[k]! -= step * gram.values[j * p + k]!;
      }
      moved = Math.max(moved, Math.abs(step));
      size = Math.max(size, Math.abs(next));
    }
    if (moved <= 1e-12 * size) return b;
  }
  const message = `The coefficients did not settle in ${MOST_SWEEPS} sweeps at the penalty ${lambda}.`;
  throw new LevainError({
    code: 'no-convergence',
    message,
    hint: 'Take larger penalties, or leave out columns that are nearly the same.',
  });
}

function warningsOf({ deviations }: Standardised, predictors: readonly Predictor[]): Warning[] {
  return predictors.flatMap(({ name }, j) =>
    deviations[j] === 0
      ? [{ code: 'constant-column', message: `Column "${name}" is the same in every row: its coefficient is 0.` }]
      : [],
  );
}
