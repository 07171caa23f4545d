import { LevainError } from '../../../base/problem';
import { normalCdf, normalQuantile } from '../../distributions/normal';
import { checkConfidence } from '../../intervals/interval';
import { choleskyFactor, choleskyInverse } from '../../linear/cholesky';
import { zeros, type Matrix } from '../../linear/matrix';
import { INTERCEPT, type Predictor, type Warning } from '../../regression/design';
import type { Outcome } from '../outcome';
import type { LinearModel } from './model';
import { newton, smoothStep } from './newton';
import { meanCurvature, meanLoss } from './objective';
import { separatingColumns } from './separation';
import { standardised, withColumns, type Standardised } from './standardise';

export interface LogisticOptions {
  /** Of the intervals, in (0, 1); 0.9 when not given. */
  readonly confidence?: number;
  /** Converged when no element of the gradient of the mean loss, in standard units, is above this; 1e-9 when not given. */
  readonly tolerance?: number;
}

export interface LogisticCoefficient {
  readonly name: string;
  /** How much a unit more of the column adds to the log odds. */
  readonly estimate: number;
  readonly standardError: number;
  readonly z: number;
  readonly p: number;
  readonly lower: number;
  readonly upper: number;
  /** e^estimate: by how much a unit more of the column multiplies the odds. */
  readonly oddsRatio: number;
}

export interface LogisticFit extends LinearModel {
  /** The intercept first, then the columns that were kept. */
  readonly table: readonly LogisticCoefficient[];
  readonly covariance: Matrix;
  readonly confidence: number;
  readonly n: number;
  readonly positives: number;
  readonly logLikelihood: number;
  /** Of the intercept alone. */
  readonly nullLogLikelihood: number;
  /** McFadden's 1 − ℓ/ℓ₀. */
  readonly pseudoRSquared: number;
  readonly aic: number;
  readonly bic: number;
  readonly iterations: number;
  readonly warnings: readonly Warning[];
}

/**
 * Logistic regression by maximum likelihood: log odds of yᵢ = 1 are β₀ + xᵢᵀβ. Standard errors are from the observed
 * information, intervals and p-values from the normal distribution (Wald).
 *
 *     AIC = −2ℓ + 2k,   BIC = −2ℓ + k log n,   k coefficients with the intercept
 *
 * Source: McCullagh and Nelder (1989), "Generalized Linear Models", 2nd ed., ch. 4.
 *
 * @param y zeros and ones (or booleans), n of them
 * @param predictors named columns of n numbers; see `encodeFeatures` for categories and missing values
 * @returns a constant column, and one that columns before it add up to, is left out with a warning
 * @throws LevainError `separation` when columns tell the outcome of some rows with certainty, so that the likelihood has
 * no maximum; `single-class`, `not-binary`, `not-finite`, `unequal-lengths`, `duplicate-name`, `too-few-values`
 * @example logistic([0, 1, 0, 1, 1, 0], [{ name: 'x', values: [1, 2, 3, 4, 5, 3] }]).n // => 6
 */
export function logistic(y: Outcome, predictors: readonly Predictor[], options: LogisticOptions = {}): LogisticFit {
  const { confidence = 0.9, tolerance = 1e-9 } = options;
  checkConfidence(confidence);
  const all = standardised(y, predictors);
  const { problem, dropped } = independent(all);
  const { x, kept } = problem;
  const n = x.rows;
  if (n <= kept.length + 1) {
    throw new LevainError({
      code: 'too-few-values',
      message: `${kept.length + 1} coefficients need more than ${kept.length + 1} rows; there are ${n}.`,
      hint: 'Take fewer columns, or shrink them with `logisticNet`.',
    });
  }
  const positives = problem.y.reduce((sum, value) => sum + value, 0);
  const { b, loss, iterations } = newton(problem, { l1: 0, l2: 0 }, startOf(positives / n, kept.length), tolerance);
  const information = meanCurvature(problem, b);
  refuseSeparation(problem, b, information);

  const standard = choleskyInverse(choleskyFactor(information));
  const covariance = backToUnits(standard, problem, n);
  const estimates = coefficientsOf(b, problem);
  const reach = normalQuantile((1 + confidence) / 2);
  const names = [INTERCEPT, ...kept.map((j) => problem.names[j]!)];
  const table = names.map((name, k): LogisticCoefficient => {
    const estimate = k === 0 ? estimates.intercept : estimates.coefficients[kept[k - 1]!]!;
    const standardError = Math.sqrt(covariance.values[k * names.length + k]!);
    const z = estimate / standardError;
    return {
      name,
      estimate,
      standardError,
      z,
      p: 2 * normalCdf(-Math.abs(z)),
      lower: estimate - reach * standardError,
      upper: estimate + reach * standardError,
      oddsRatio: Math.exp(estimate),
    };
  });
  const rate = positives / n;
  const logLikelihood = -n * loss;
  const nullLogLikelihood = n * (rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
  return {
    names: kept.map((j) => problem.names[j]!),
    intercept: estimates.intercept,
    coefficients: Float64Array.from(kept, (j) => estimates.coefficients[j]!),
    means: Float64Array.from(kept, (j) => problem.means[j]!),
    table,
    covariance,
    confidence,
    n,
    positives,
    logLikelihood,
    nullLogLikelihood,
    pseudoRSquared: 1 - logLikelihood / nullLogLikelihood,
    aic: -2 * logLikelihood + 2 * names.length,
    bic: -2 * logLikelihood + names.length * Math.log(n),
    iterations,
    warnings: [...all.warnings, ...dropped.map(dependentColumn), ...fewEvents(positives, n, kept.length)],
  };
}

/** Where only the intercept is at its best. */
export function startOf(rate: number, columns: number): Float64Array {
  const start = new Float64Array(columns + 1);
  start[0] = Math.log(rate / (1 - rate));
  return start;
}

/** Intercept and coefficients in the columns' own units; 0 for columns that take no part. */
export function coefficientsOf(b: Float64Array, { kept, means, deviations, names }: Standardised) {
  const coefficients = new Float64Array(names.length);
  kept.forEach((place, k) => (coefficients[place] = b[k + 1]! / deviations[place]!));
  const intercept = kept.reduce((sum, place) => sum - means[place]! * coefficients[place]!, b[0]!);
  return { intercept, coefficients };
}

/** A column counts as a sum of others when less than this share of its variance is left. */
const DEPENDENT = 1e-9;

/** The problem without the columns that those before them add up to. */
function independent(all: Standardised): { problem: Standardised; dropped: readonly string[] } {
  const start = new Float64Array(all.kept.length + 1);
  const many = Math.max(1, Math.floor(all.x.rows / 16_384));
  let places = independentColumns(meanCurvature(all, start, many));
  // What depends in a sample may not in all rows.
  if (places.length < all.kept.length && many > 1) places = independentColumns(meanCurvature(all, start));
  if (places.length === all.kept.length) return { problem: all, dropped: [] };
  const problem = withColumns(all, places.map((j) => all.kept[j]!)); // prettier-ignore
  return { problem, dropped: all.kept.filter((j) => !problem.kept.includes(j)).map((j) => all.names[j]!) };
}

/** A Cholesky factorisation in the given order that passes over what adds nothing; the intercept stands first. */
function independentColumns(h: Matrix): number[] {
  const n = h.rows;
  const rest = Float64Array.from(h.values);
  const taken: number[] = [];
  for (let j = 0; j < n; j++) {
    const pivot = rest[j * n + j]!;
    if (!(pivot > DEPENDENT * h.values[j * n + j]!)) continue;
    if (j > 0) taken.push(j - 1);
    for (let k = j + 1; k < n; k++) {
      const factor = rest[j * n + k]! / pivot;
      for (let i = k; i < n; i++) rest[k * n + i]! -= factor * rest[j * n + i]!;
    }
  }
  return taken;
}

function refuseSeparation(problem: Standardised, b: Float64Array, information: Matrix): void {
  const gradient = new Float64Array(b.length);
  meanLoss(problem, b, gradient);
  const columns = separatingColumns(problem, smoothStep(information, gradient));
  if (columns.length === 0) return;
  const names = columns.map((j) => `"${problem.names[problem.kept[j]!]}"`);
  const subject = names.length === 1 ? `Column ${names[0]} tells` : `Columns ${names.join(', ')} together tell`;
  throw new LevainError({
    code: 'separation',
    message: `${subject} the outcome of some rows with certainty: the coefficients would grow without end.`,
    hint: 'Ask whether the column was known before the outcome. If so, shrink the coefficients with `logisticNet`.',
  });
}

/** The covariance of the coefficients in their own units, from the inverse of the mean information. */
function backToUnits(standard: Matrix, { kept, means, deviations }: Standardised, n: number): Matrix {
  const size = standard.rows;
  const scale = [1, ...kept.map((j) => 1 / deviations[j]!)];
  const shift = [0, ...kept.map((j) => means[j]!)];
  const covariance = zeros(size, size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      covariance.values[j * size + i] = (standard.values[j * size + i]! * scale[i]! * scale[j]!) / n;
    }
  }
  // The intercept is that of the centred columns less Σ mean · coefficient: first by rows, then by columns.
  for (const along of [1, size]) {
    const across = size + 1 - along;
    for (let k = 0; k < size; k++) {
      for (let j = 1; j < size; j++) {
        covariance.values[k * across]! -= shift[j]! * covariance.values[k * across + j * along]!;
      }
    }
  }
  return covariance;
}

function dependentColumn(name: string): Warning {
  return {
    code: 'dependent-column',
    message: `Column "${name}" was left out: the columns before it add up to it.`,
  };
}

/** With fewer rows of the rarer kind a coefficient than this, estimates are biased away from 0. */
const EVENTS = 10;

function fewEvents(positives: number, n: number, columns: number): Warning[] {
  const rarer = Math.min(positives, n - positives);
  if (rarer >= EVENTS * columns) return [];
  const message = `${rarer} rows of the rarer kind for ${columns} columns: under ${EVENTS} each, coefficients come out too large. Take fewer columns, or \`logisticNet\`.`;
  return [{ code: 'few-events', message }];
}
