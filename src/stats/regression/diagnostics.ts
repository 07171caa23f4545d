import { LevainError } from '../../base/problem';
import { chiSquaredSurvival } from '../distributions/chi-squared';
import { fisherFSurvival } from '../distributions/fisher-f';
import { dot } from '../linear/blas';
import { column } from '../linear/matrix';
import { INTERCEPT, type Predictor } from './design';
import { ols, type OlsFit } from './ols';

export interface TestResult {
  readonly statistic: number;
  readonly p: number;
  readonly degreesOfFreedom: number;
}

/** A Lagrange multiplier test, with the F form of the same, which is better in small samples. */
export interface LagrangeTest extends TestResult {
  readonly f: { readonly statistic: number; readonly p: number };
}

/**
 * Variance inflation factors, 1 / (1 − R²) of each column on all others: how many times larger the variance of its
 * coefficient is for their being correlated. 1 is none; above 5 to 10 a coefficient is hard to tell from others.
 *
 * @param fit from `ols`
 * @returns one for each column but the intercept
 * @example varianceInflation({ intercept: true, coefficients: [{ name: 'x' }], x: { rows: 2, columns: 1, values: new Float64Array([1, 2]) } }) // => [{ name: 'x', value: 1 }]
 */
export function varianceInflation(fit: OlsFit): { name: string; value: number }[] {
  const predictors = predictorsOf(fit);
  return predictors.map(({ name, values }) => {
    const others = predictors.filter((predictor) => predictor.name !== name);
    if (others.length === 0) return { name, value: 1 };
    const weights = fit.weights && { weights: fit.weights };
    const { rSquared } = ols(values, others, { intercept: fit.intercept, ...weights });
    return { name, value: 1 / (1 - rSquared) };
  });
}

/**
 * The Durbin-Watson statistic Σ(eₜ − eₜ₋₁)² / Σeₜ²: near 2 where neighbouring errors are unrelated, towards 0 where they
 * are alike, towards 4 where they alternate.
 *
 * @param residuals in the order of time, not all 0
 * @throws LevainError `too-few-values`, `constant`
 * @example durbinWatson([1, -1, 1, -1]) // => 3
 */
export function durbinWatson(residuals: ArrayLike<number>): number {
  const e = checkResiduals('Durbin-Watson statistic', residuals, 2);
  let sum = 0;
  for (let t = 1; t < e.length; t++) sum += (e[t]! - e[t - 1]!) ** 2;
  return sum / dot(e, e);
}

/**
 * The Jarque-Bera test of normal errors, n/6 · (skewness² + (kurtosis − 3)²/4), against χ² with 2 degrees of freedom.
 *
 * @throws LevainError `too-few-values`, `constant`
 * @example jarqueBera([-1, 0, 1]).skewness // => 0
 */
export function jarqueBera(residuals: ArrayLike<number>): TestResult & { skewness: number; kurtosis: number } {
  const e = checkResiduals('Jarque-Bera test', residuals, 3);
  const n = e.length;
  const mean = e.reduce((sum, value) => sum + value, 0) / n;
  const moment = (power: number): number => e.reduce((sum, value) => sum + (value - mean) ** power, 0) / n;
  const skewness = moment(3) / moment(2) ** 1.5;
  const kurtosis = moment(4) / moment(2) ** 2;
  const statistic = (n / 6) * (skewness ** 2 + (kurtosis - 3) ** 2 / 4);
  return { statistic, p: chiSquaredSurvival(statistic, 2), degreesOfFreedom: 2, skewness, kurtosis };
}

/**
 * The Ljung-Box test that the first autocorrelations are all 0, n(n + 2) Σ rₖ² / (n − k) over k = 1 … lags.
 *
 * @param residuals in the order of time
 * @param lags from 1 to n − 1
 * @throws LevainError `bad-parameter`, `too-few-values`, `constant`
 * @example ljungBox([1, -1, 1, -1], 1).statistic.toFixed(4) // => '4.5000'
 */
export function ljungBox(residuals: ArrayLike<number>, lags: number): TestResult {
  const e = checkResiduals('Ljung-Box test', residuals, 2);
  const n = e.length;
  checkLags(lags, n);
  const mean = e.reduce((sum, value) => sum + value, 0) / n;
  const centred = e.map((value) => value - mean);
  const total = dot(centred, centred);
  let sum = 0;
  for (let k = 1; k <= lags; k++) sum += (dot(centred.subarray(k), centred) / total) ** 2 / (n - k);
  const statistic = n * (n + 2) * sum;
  return { statistic, p: chiSquaredSurvival(statistic, lags), degreesOfFreedom: lags };
}

/**
 * The Breusch-Pagan test (in Koenker's form) that the variance of the errors does not follow the columns: n·R² of e² on
 * them.
 *
 * @throws LevainError `bad-parameter` for a fit of no column but an intercept, or without one
 */
export function breuschPagan(fit: OlsFit): LagrangeTest {
  const predictors = predictorsOf(fit);
  if (!fit.intercept || predictors.length === 0) {
    const message = 'The Breusch-Pagan test needs a fit with an intercept and at least one column.';
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const auxiliary = ols(
    fit.residuals.map((e) => e * e),
    predictors,
  );
  const statistic = fit.n * auxiliary.rSquared;
  const degreesOfFreedom = predictors.length;
  return {
    statistic,
    p: chiSquaredSurvival(statistic, degreesOfFreedom),
    degreesOfFreedom,
    f: auxiliary.f ?? { statistic: 0, p: 1 },
  };
}

/**
 * The Breusch-Godfrey test that errors are not correlated with those up to `lags` rows before: n·R² of the residuals on
 * the columns and on their own lags (0 before the first row).
 *
 * @throws LevainError `bad-parameter`
 */
export function breuschGodfrey(fit: OlsFit, lags: number): LagrangeTest {
  checkLags(lags, fit.degreesOfFreedom);
  const e = checkResiduals('Breusch-Godfrey test', fit.residuals, 2);
  const lagged = Array.from({ length: lags }, (_, k) => ({
    name: `residual, ${k + 1} before`,
    values: e.map((_, i) => e[i - k - 1] ?? 0),
  }));
  const auxiliary = ols(e, [...predictorsOf(fit), ...lagged], { intercept: fit.intercept });
  const squares = dot(e, e);
  const statistic = fit.n * (1 - auxiliary.residualSumOfSquares / squares);
  const f = (squares - auxiliary.residualSumOfSquares) / lags / auxiliary.variance;
  return {
    statistic,
    p: chiSquaredSurvival(statistic, lags),
    degreesOfFreedom: lags,
    f: { statistic: f, p: fisherFSurvival(f, lags, auxiliary.degreesOfFreedom) },
  };
}

/**
 * Cook's distances, eᵢ²hᵢ / (p s² (1 − hᵢ)²): how far all fitted values move when a row is left out. Look at rows above
 * 4/n or so. A row that alone decides a coefficient (hᵢ = 1) has distance ∞.
 *
 * @example Array.from(cooksDistance({ coefficients: [{}], residuals: [2], leverage: [0.5], variance: 4 })) // => [2]
 */
export function cooksDistance(fit: OlsFit): Float64Array {
  const p = fit.coefficients.length;
  return fit.residuals.map((e, i) => {
    const h = fit.leverage[i]!;
    if (1 - h < 1e-12) return Infinity;
    if (e === 0) return 0;
    return ((fit.weights?.[i] ?? 1) * e * e * h) / (p * fit.variance * (1 - h) ** 2);
  });
}

function predictorsOf(fit: OlsFit): Predictor[] {
  return fit.coefficients.flatMap(({ name }, k) =>
    fit.intercept && name === INTERCEPT ? [] : [{ name, values: column(fit.x, k) }],
  );
}

function checkLags(lags: number, n: number): void {
  if (Number.isInteger(lags) && lags >= 1 && lags < n) return;
  const message = `The lags must be a whole number from 1 to ${n - 1}; they are ${lags}.`;
  throw new LevainError({ code: 'bad-parameter', message });
}

function checkResiduals(what: string, residuals: ArrayLike<number>, atLeast: number): Float64Array {
  const e = Float64Array.from(residuals);
  const at = e.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new LevainError({ code: 'not-finite', message: `The ${what} has no number in row ${at + 1}.` });
  if (e.length < atLeast) {
    const message = `The ${what} needs at least ${atLeast} residuals; there are ${e.length}.`;
    throw new LevainError({ code: 'too-few-values', message });
  }
  if (e.every((value) => value === e[0])) {
    throw new LevainError({ code: 'constant', message: `The ${what} has no value where all residuals are the same.` });
  }
  return e;
}
