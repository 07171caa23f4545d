import { LevainError } from '../../base/problem';
import { logGamma } from '../distributions/log-gamma';
import { studentTQuantile } from '../distributions/student-t';
import { checkConfidence, DEFAULT_CONFIDENCE } from '../intervals/interval';
import { dot, gemv, gemvTransposed, syrk } from '../linear/blas';
import { choleskyFactor, choleskyInverse, choleskyLogDeterminant, choleskySolve } from '../linear/cholesky';
import type { Matrix } from '../linear/matrix';
import { checkColumn, designOf, type Predictor } from './design';

/** β | σ² ~ N(mean, σ²·diag(variances)), σ² ~ inverse gamma(shape, scale). */
export interface NormalInverseGammaPrior {
  /** In units of σ²: one for each column, the intercept first where there is one. */
  readonly variances: ArrayLike<number>;
  /** 0 for each when not given. */
  readonly mean?: ArrayLike<number>;
  /** a > 0 */
  readonly shape: number;
  /** b > 0, in the squared unit of the outcome; b / (a − 1) is the prior mean of σ². */
  readonly scale: number;
}

export interface BayesianFit {
  readonly coefficients: readonly {
    readonly name: string;
    readonly mean: number;
    /** The scale of its marginal Student t: its standard deviation is √(ν/(ν−2)) of that. */
    readonly scale: number;
    readonly lower: number;
    readonly upper: number;
  }[];
  /** 2a of the posterior: those of every marginal t. */
  readonly degreesOfFreedom: number;
  /** V of the posterior, in units of σ². */
  readonly covariance: Matrix;
  readonly shape: number;
  readonly scale: number;
  /** log p(y): compare models by it, when their priors are meant. */
  readonly logEvidence: number;
  readonly confidence: number;
}

/**
 * Bayesian linear regression with the conjugate normal-inverse-gamma prior, exactly:
 *
 *     V⁻¹ = V₀⁻¹ + XᵀX,  m = V(V₀⁻¹m₀ + Xᵀy),  a = a₀ + n/2,
 *     b = b₀ + ½(‖y − Xm‖² + (m − m₀)ᵀV₀⁻¹(m − m₀)),
 *     log p(y) = −n/2·log 2π + ½ log(|V|/|V₀|) + a₀ log b₀ − a log b + log Γ(a) − log Γ(a₀)
 *
 * Source: Gelman et al. (2013), "Bayesian Data Analysis", 3rd ed., ch. 14; O'Hagan and Forster (2004), ch. 11.
 *
 * @param y the outcome, n ≥ 1 numbers; there may be more columns than rows
 * @param options.intercept true when not given
 * @param options.confidence of the credible intervals, 0.9 when not given
 * @throws LevainError `unequal-lengths`, `not-finite`, `overflow`, `duplicate-name`, `bad-parameter`
 * @example bayesianRegression([2], [{ name: 'x', values: [1] }], { variances: [1], shape: 1, scale: 1 }, { intercept: false }).coefficients[0].mean.toFixed(6) // => '1.000000'
 */
export function bayesianRegression(
  y: ArrayLike<number>,
  predictors: readonly Predictor[],
  prior: NormalInverseGammaPrior,
  options: { intercept?: boolean; confidence?: number } = {},
): BayesianFit {
  const { intercept = true, confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const { names, x, y: outcome } = designOf(y, predictors, intercept);
  const { variances, mean: before } = checkPrior(prior, names);
  const n = outcome.length;

  const precision = syrk(x);
  names.forEach((_, j) => (precision.values[j * names.length + j]! += 1 / variances[j]!));
  const factor = choleskyFactor(precision);
  // From the prior mean on, so that nothing cancels where the data say little.
  const rest = gemv(x, before).map((value, i) => outcome[i]! - value);
  const shift = choleskySolve(factor, gemvTransposed(x, rest));
  const residuals = gemv(x, shift).map((value, i) => rest[i]! - value);
  const surprise = shift.reduce((sum, value, j) => sum + (value * value) / variances[j]!, 0);
  const shape = prior.shape + n / 2;
  const scale = prior.scale + (dot(residuals, residuals) + surprise) / 2;

  const covariance = choleskyInverse(factor);
  const reach = studentTQuantile((1 + confidence) / 2, 2 * shape);
  const logVolume = -choleskyLogDeterminant(factor) - variances.reduce((sum, variance) => sum + Math.log(variance), 0);
  return {
    coefficients: names.map((name, j) => {
      const mean = before[j]! + shift[j]!;
      const spread = Math.sqrt((scale / shape) * covariance.values[j * names.length + j]!);
      return { name, mean, scale: spread, lower: mean - reach * spread, upper: mean + reach * spread };
    }),
    degreesOfFreedom: 2 * shape,
    covariance,
    shape,
    scale,
    logEvidence:
      (-n / 2) * Math.log(2 * Math.PI) +
      logVolume / 2 +
      prior.shape * Math.log(prior.scale) -
      shape * Math.log(scale) +
      logGamma(shape) -
      logGamma(prior.shape),
    confidence,
  };
}

function checkPrior(
  prior: NormalInverseGammaPrior,
  names: readonly string[],
): { variances: Float64Array; mean: Float64Array } {
  checkPositive('shape', prior.shape);
  checkPositive('scale', prior.scale);
  const mean = prior.mean ?? new Float64Array(names.length);
  if (prior.variances.length !== names.length || mean.length !== names.length) {
    const message = `The prior must have a variance and a mean for each of ${names.length} coefficients (${names.join(', ')}); it has ${prior.variances.length} and ${mean.length}.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  checkColumn('prior’s mean', mean, names.length);
  names.forEach((name, j) => checkPositive(`variance of "${name}"`, prior.variances[j]!));
  return { variances: Float64Array.from(prior.variances), mean: Float64Array.from(mean) };
}

function checkPositive(what: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new LevainError({ code: 'bad-parameter', message: `The prior’s ${what} must be above 0; it is ${value}.` });
}
