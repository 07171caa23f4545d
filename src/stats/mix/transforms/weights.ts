import type { AdstockKind } from '../model';

/** Writes the weights of lags 0 … L − 1 and, a row a parameter, their derivatives. L is the length of `weights`. */
export type LagWeights = (
  parameters: ArrayLike<number>,
  weights: Float64Array,
  tangents: readonly Float64Array[],
) => void;

/**
 * Delayed adstock: w_l = α^((l − θ)²), a bump whose peak comes θ rows after the exposure. Parameters α in (0, 1) and
 * θ ≥ 0 in rows, as PyMC-Marketing's `delayed_adstock(alpha, theta)` and LightweightMMM's carryover.
 */
const delayed: LagWeights = (parameters, weights, [byAlpha, byTheta]) => {
  const retention = Math.max(parameters[0]!, Number.MIN_VALUE);
  const theta = parameters[1]!;
  const log = Math.log(retention);
  for (let l = 0; l < weights.length; l++) {
    const away = l - theta;
    const weight = Math.exp(away * away * log);
    weights[l] = weight;
    byAlpha![l] = (weight * away * away) / retention;
    byTheta![l] = -2 * away * log * weight;
  }
};

/**
 * Weibull density adstock, which may rise before it falls: the density of shape k and scale λ at t = l + 1, moved and
 * stretched to run from 0 to 1, as PyMC-Marketing's `weibull_adstock(type="PDF")` and Robyn's `weibull_pdf`, whose scale
 * is given as a quantile of the window instead of in rows. Where all densities are alike, all weight is on lag 0.
 */
const weibullDensity: LagWeights = (parameters, weights, [byShape, byScale]) => {
  const [k, lambda] = [parameters[0]!, parameters[1]!];
  const lags = weights.length;
  let top = -Infinity;
  for (let l = 0; l < lags; l++) {
    const log = (k - 1) * Math.log((l + 1) / lambda) - ((l + 1) / lambda) ** k;
    weights[l] = log;
    top = Math.max(top, log);
  }
  let [least, most] = [0, 0];
  for (let l = 0; l < lags; l++) {
    const ratio = Math.log((l + 1) / lambda);
    const hazard = ((l + 1) / lambda) ** k;
    // Relative to the highest density, since stretching cancels any factor and a density far out is too small to hold.
    const density = Math.exp(weights[l]! - top);
    weights[l] = density;
    byShape![l] = density > 0 ? density * (1 / k + ratio - hazard * ratio) : 0;
    byScale![l] = density > 0 ? density * (k / lambda) * (hazard - 1) : 0;
    if (density < weights[least]!) least = l;
    if (density > weights[most]!) most = l;
  }
  stretch(weights, byShape!, least, most);
  stretch(weights, byScale!, least, most);
  const [low, high] = [weights[least]!, weights[most]!];
  for (let l = 0; l < lags; l++) weights[l] = high > low ? (weights[l]! - low) / (high - low) : l === 0 ? 1 : 0;
};

/** The derivatives of (w − min w) / (max w − min w) from those of w, in place. */
function stretch(weights: Float64Array, tangent: Float64Array, least: number, most: number): void {
  const range = weights[most]! - weights[least]!;
  const [low, lowSlope] = [weights[least]!, tangent[least]!];
  const rangeSlope = tangent[most]! - lowSlope;
  for (let l = 0; l < weights.length; l++) {
    tangent[l] = range > 0 ? (tangent[l]! - lowSlope - ((weights[l]! - low) / range) * rangeSlope) / range : 0;
  }
}

/**
 * Weibull survival adstock, whose rate of decay changes with time: w_0 = 1 and w_l = Π_{t=1…l} exp(−(t/λ)^k), as
 * PyMC-Marketing's `weibull_adstock(type="CDF")` with l_max = L − 1 and Robyn's `weibull_cdf`.
 */
const weibullSurvival: LagWeights = (parameters, weights, [byShape, byScale]) => {
  const [k, lambda] = [parameters[0]!, parameters[1]!];
  let hazards = 0;
  let slopes = 0;
  for (let l = 0; l < weights.length; l++) {
    if (l > 0) {
      const hazard = (l / lambda) ** k;
      hazards += hazard;
      slopes += hazard * Math.log(l / lambda);
    }
    const weight = Math.exp(-hazards);
    weights[l] = weight;
    byShape![l] = weight > 0 ? -weight * slopes : 0;
    byScale![l] = weight > 0 ? (weight * k * hazards) / lambda : 0;
  }
};

/**
 * Binomial adstock: w_l = (1 − l/L)^(1/α − 1), which reaches 0 at the end of the window, as Meridian's
 * `adstock_decay="binomial"` with window L = max_lag + 1. α in (0, 1]: above ½ it falls slowly first.
 */
const binomial: LagWeights = (parameters, weights, [byAlpha]) => {
  const lags = weights.length;
  const alpha = parameters[0]!;
  const power = 1 / alpha - 1;
  for (let l = 0; l < lags; l++) {
    const log = Math.log(1 - l / lags);
    const weight = Math.exp(power * log);
    weights[l] = weight;
    byAlpha![l] = weight > 0 ? (-weight * log) / alpha / alpha : 0;
  }
};

/** The families that are a row of weights. Geometric adstock has a shorter way, and `none` has no weights at all. */
export const LAG_WEIGHTS: Record<Exclude<AdstockKind, 'none' | 'geometric'>, LagWeights> = {
  delayed,
  'weibull-pdf': weibullDensity,
  'weibull-cdf': weibullSurvival,
  binomial,
};

/**
 * Divides weights by their sum W, and tangents to match: (w/W)′ = (w′ − (w/W)·W′)/W. All in place. Weights too small to
 * add up (a delay far beyond the window) become the last lag's.
 */
export function normaliseWeights(weights: Float64Array, tangents: readonly Float64Array[]): void {
  const total = sum(weights);
  if (!(total > 0)) {
    weights.fill(0)[weights.length - 1] = 1;
    for (const tangent of tangents) tangent.fill(0);
    return;
  }
  for (let l = 0; l < weights.length; l++) weights[l] = weights[l]! / total;
  for (const tangent of tangents) {
    const slope = sum(tangent);
    for (let l = 0; l < tangent.length; l++) tangent[l] = (tangent[l]! - weights[l]! * slope) / total;
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
