import { LevainError } from '../../base/problem';
import { fisherFSurvival } from '../distributions/fisher-f';
import { studentTQuantile, studentTTwoSided } from '../distributions/student-t';
import { checkConfidence } from '../intervals/interval';
import { dot, gemv, norm2, syrk } from '../linear/blas';
import { column, fromColumns, identity, pickColumns, type Matrix } from '../linear/matrix';
import { qrFactor, qrSolve, thinQ } from '../linear/qr';
import { thinSvd } from '../linear/svd';
import { solveUpper } from '../linear/triangular';
import { covarianceOf, type CovarianceKind } from './covariance';
import { checkColumn, designOf, type Predictor, type Warning } from './design';
import { warningsOf } from './ols-warnings';

export interface OlsOptions {
  /** Whether a constant is fitted; true when not given. */
  readonly intercept?: boolean;
  /** Above 0, one a row: a row of weight 2 counts as one whose variance is half. */
  readonly weights?: ArrayLike<number>;
  /** `classical` when not given. */
  readonly covariance?: CovarianceKind;
  /** Of the intervals, in (0, 1); 0.95 when not given, as in other regression tables. */
  readonly confidence?: number;
}

export interface Coefficient {
  readonly name: string;
  readonly estimate: number;
  readonly standardError: number;
  readonly t: number;
  readonly p: number;
  readonly lower: number;
  readonly upper: number;
}

export interface OlsFit {
  /** Those that could be estimated, in the order of the columns. */
  readonly coefficients: readonly Coefficient[];
  /** The columns left out because those before them add up to them. */
  readonly dropped: readonly string[];
  readonly covariance: Matrix;
  readonly covarianceKind: CovarianceKind;
  readonly confidence: number;
  readonly intercept: boolean;
  /** Outcome, and the design of the columns kept; √w times both is what was fitted. */
  readonly y: Float64Array;
  readonly x: Matrix;
  readonly weights: Float64Array | undefined;
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  /** hᵢ, the share of each row in its own fitted value. */
  readonly leverage: Float64Array;
  readonly n: number;
  readonly degreesOfFreedom: number;
  /** Σ wᵢeᵢ² */
  readonly residualSumOfSquares: number;
  /** s² = Σ wᵢeᵢ² / (n − p) */
  readonly variance: number;
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  /** That every coefficient but the intercept is 0, from classical errors; undefined where there is none but it. */
  readonly f:
    | { readonly statistic: number; readonly p: number; readonly numerator: number; readonly denominator: number }
    | undefined;
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  /** Of X as it is, largest over smallest singular value. */
  readonly conditionNumber: number;
  readonly warnings: readonly Warning[];
}

/** A column counts as a sum of others when less than this share of it is left; that of R's `lm`. */
const DEPENDENT = 1e-7;

/**
 * Ordinary or weighted least squares: the β that minimises Σ wᵢ(yᵢ − xᵢᵀβ)², by Householder QR of the columns at equal
 * length, with t tests on n − p degrees of freedom.
 *
 *     AIC = −2ℓ + 2p,  BIC = −2ℓ + p log n,  ℓ = −n/2 · (log(2π Σwe²/n) + 1) + ½ Σ log w
 *
 * p counts the intercept, not the variance, as statsmodels does (R's AIC counts both, and is 2 larger).
 * R² is 1 − Σwe² / Σw(y − ȳ)², about 0 instead of the mean where there is no intercept.
 *
 * Source: Golub and Van Loan (2013), ch. 5; Greene (2012), "Econometric Analysis", 7th ed., ch. 4.
 *
 * @param y the outcome, n numbers
 * @param predictors named columns of n numbers
 * @throws LevainError `unequal-lengths`, `not-finite`, `overflow`, `duplicate-name`, `too-few-values` where n is not above
 * the number of coefficients, `bad-parameter`
 * @returns warnings name dropped columns (`dependent-column`), a perfect fit, a constant outcome, rows that alone
 * decide a coefficient, columns that are nearly sums of others
 * @example ols([1, 3, 5, 8], [{ name: 'x', values: [0, 1, 2, 3] }]).coefficients[1].estimate.toFixed(4) // => '2.3000'
 */
export function ols(y: ArrayLike<number>, predictors: readonly Predictor[], options: OlsOptions = {}): OlsFit {
  const { intercept = true, covariance: covarianceKind = 'classical', confidence = 0.95 } = options;
  checkConfidence(confidence);
  const design = designOf(y, predictors, intercept);
  const weights = options.weights && checkWeights(options.weights, y.length);
  const roots = weights?.map(Math.sqrt);
  const weighted = (values: Float64Array): Float64Array =>
    roots ? values.map((value, i) => value * roots[i]!) : values;
  const all = Array.from({ length: design.x.columns }, (_, j) => weighted(column(design.x, j)));

  const units = all.map((values) => norm2(values) || 1);
  const qr = qrFactor(fromColumns(all.map((values, j) => values.map((value) => value / units[j]!))), {
    order: 'given',
    tolerance: DEPENDENT,
  });
  const kept = Array.from(qr.pivot.subarray(0, qr.rank)).sort((a, b) => a - b);
  const dropped = design.names.filter((_, j) => !kept.includes(j));
  const names = kept.map((j) => design.names[j]!);
  const [n, p] = [y.length, kept.length];
  if (n <= p) throw tooFewRows(n, p);

  const x = pickColumns(design.x, kept);
  const used = fromColumns(kept.map((j) => all[j]!));
  const target = weighted(design.y);
  const scaledQr = qrFactor(fromColumns(kept.map((j) => all[j]!.map((value) => value / units[j]!))), {
    order: 'given',
    tolerance: 0,
  });
  const beta = qrSolve(scaledQr, target).map((value, k) => value / units[kept[k]!]!);
  const fitted = gemv(x, beta);
  const residuals = design.y.map((value, i) => value - fitted[i]!);
  const errors = weighted(residuals);
  const q = thinQ(scaledQr);
  const leverage = Float64Array.from({ length: n }, (_, i) => rowSquare(q, i));
  const inverse = inverseOf(
    scaledQr.packed,
    kept.map((j) => units[j]!),
  );
  const covariance = covarianceOf({ x: used, residuals: errors, leverage, inverse }, covarianceKind);

  const degreesOfFreedom = n - p;
  const residualSumOfSquares = dot(errors, errors);
  const total = totalSumOfSquares(design.y, weights, intercept);
  const isPerfect = residualSumOfSquares <= 1e-24 * dot(target, target);
  const reach = studentTQuantile((1 + confidence) / 2, degreesOfFreedom);
  const coefficients = names.map((name, k): Coefficient => {
    const estimate = beta[k]!;
    const standardError = Math.sqrt(Math.max(0, covariance.values[k * p + k]!));
    const t = standardError > 0 ? estimate / standardError : estimate === 0 ? 0 : Math.sign(estimate) * Infinity;
    return {
      name,
      estimate,
      standardError,
      t,
      p: studentTTwoSided(t, degreesOfFreedom),
      lower: estimate - reach * standardError,
      upper: estimate + reach * standardError,
    };
  });
  const rSquared = total > 0 ? Math.max(0, 1 - residualSumOfSquares / total) : 0;
  const tested = p - Number(intercept);
  const logLikelihood =
    (-n / 2) * (Math.log((2 * Math.PI * residualSumOfSquares) / n) + 1) +
    (weights ? weights.reduce((sum, w) => sum + Math.log(w), 0) / 2 : 0);
  const conditionNumber = condition(used);
  return {
    coefficients,
    dropped,
    covariance,
    covarianceKind,
    confidence,
    intercept,
    y: design.y,
    x,
    weights,
    fitted,
    residuals,
    leverage,
    n,
    degreesOfFreedom,
    residualSumOfSquares,
    variance: residualSumOfSquares / degreesOfFreedom,
    rSquared,
    adjustedRSquared: 1 - ((1 - rSquared) * (n - Number(intercept))) / degreesOfFreedom,
    f:
      tested > 0 && total > 0
        ? fTest(total - residualSumOfSquares, tested, residualSumOfSquares, degreesOfFreedom)
        : undefined,
    logLikelihood,
    aic: -2 * logLikelihood + 2 * p,
    bic: -2 * logLikelihood + p * Math.log(n),
    conditionNumber,
    warnings: warningsOf({
      dropped,
      isPerfect,
      isConstant: total === 0,
      leverage,
      condition: condition(fromColumns(kept.map((j) => all[j]!.map((value) => value / units[j]!)))),
    }),
  };
}

function checkWeights(weights: ArrayLike<number>, n: number): Float64Array {
  checkColumn('column of weights', weights, n);
  const values = Float64Array.from(weights);
  const at = values.findIndex((weight) => !(weight > 0));
  if (at < 0) return values;
  const message = `The weight of row ${at + 1} is ${values[at]}; weights must be above 0.`;
  throw new LevainError({ code: 'bad-parameter', message, hint: 'Leave out rows that should not count.' });
}

function tooFewRows(n: number, p: number): LevainError {
  return new LevainError({
    code: 'too-few-values',
    message: `${p} coefficients need more than ${p} rows; there are ${n}.`,
    hint: 'Take fewer columns or more rows, or shrink the coefficients: ridge, lasso and Bayesian regression allow it.',
  });
}

function rowSquare(q: Matrix, i: number): number {
  let sum = 0;
  for (let j = 0; j < q.columns; j++) sum += q.values[j * q.rows + i]! ** 2;
  return Math.min(1, sum);
}

/** (XᵀX)⁻¹ = R⁻¹R⁻ᵀ, back in the units of the columns. */
function inverseOf(packed: Matrix, units: readonly number[]): Matrix {
  const p = units.length;
  const eye = identity(p);
  const half = fromColumns(Array.from({ length: p }, (_, j) => solveUpper(packed, column(eye, j), p)));
  const rows = Array.from({ length: p }, (_, i) =>
    Float64Array.from({ length: p }, (_, k) => half.values[k * p + i]! / units[i]!),
  );
  return syrk(fromColumns(rows));
}

function totalSumOfSquares(y: Float64Array, weights: Float64Array | undefined, centred: boolean): number {
  const weight = (i: number): number => weights?.[i] ?? 1;
  let [sum, mass] = [0, 0];
  y.forEach((value, i) => ((sum += weight(i) * value), (mass += weight(i))));
  const centre = centred ? sum / mass : 0;
  const total = y.reduce((squares, value, i) => squares + weight(i) * (value - centre) ** 2, 0);
  const rounding = y.reduce((squares, value, i) => squares + weight(i) * value ** 2, 0) * 1e-28;
  return total > rounding ? total : 0;
}

function condition(x: Matrix): number {
  const { values } = thinSvd(x);
  return values[0]! / values[values.length - 1]!;
}

function fTest(explained: number, numerator: number, left: number, denominator: number): OlsFit['f'] {
  const statistic = Math.max(0, explained) / numerator / (left / denominator);
  return { statistic, p: fisherFSurvival(statistic, numerator, denominator), numerator, denominator };
}
