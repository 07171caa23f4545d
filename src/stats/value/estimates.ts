import { normalQuantile } from '../distributions/normal';
import type { Matrix } from '../linear/matrix';
import { quadraticForm } from '../linear/quadratic-form';

/** An estimate for each of many, in their order. */
export interface Estimates {
  readonly value: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly confidence: number;
}

/** On which scale an interval is symmetric: `log` keeps it above 0, `logit` between 0 and 1. */
export type Scale = 'log' | 'logit';

const STEP = 1e-4;

/** The slopes of many functions of the logarithms of parameters, a parameter an array, by central differences. */
export function slopesOf(
  functions: (parameters: Float64Array) => Float64Array,
  parameters: Float64Array,
): Float64Array[] {
  return Array.from(parameters, (_, j) => {
    const [above, below] = [parameters.slice(), parameters.slice()];
    above[j]! *= Math.exp(STEP);
    below[j]! *= Math.exp(-STEP);
    const [up, down] = [functions(above), functions(below)];
    return up.map((value, i) => (value - down[i]!) / (2 * STEP));
  });
}

/**
 * Functions of fitted parameters with their standard errors, by the delta method: √(gᵀ V g), g the slopes over the
 * logarithms of the parameters and V their covariance.
 */
export function deltaEstimates(
  functions: (parameters: Float64Array) => Float64Array,
  parameters: Float64Array,
  covariance: Matrix,
  scale: Scale,
  confidence: number,
): Estimates {
  const value = functions(parameters);
  const slopes = slopesOf(functions, parameters);
  const own = new Float64Array(parameters.length);
  const standardError = value.map((_, i) => {
    for (let j = 0; j < own.length; j++) own[j] = slopes[j]![i]!;
    return Math.sqrt(quadraticForm(covariance, own));
  });
  return intervalsAround(value, standardError, scale, confidence);
}

/** Intervals from standard errors, symmetric on a scale that keeps them where the values can be. */
export function intervalsAround(
  value: Float64Array,
  standardError: Float64Array,
  scale: Scale,
  confidence: number,
): Estimates {
  const z = normalQuantile((1 + confidence) / 2);
  const [lower, upper] = [value.slice(), value.slice()];
  value.forEach((v, i) => {
    const error = standardError[i]!;
    if (error === 0 || v <= 0 || (scale === 'logit' && v >= 1)) return;
    if (scale === 'log') {
      const reach = Math.exp((z * error) / v);
      lower[i] = v / reach;
      upper[i] = v * reach;
    } else {
      const odds = v / (1 - v);
      const reach = Math.exp((z * error) / (v * (1 - v)));
      lower[i] = odds / (odds + reach);
      upper[i] = 1 / (1 + 1 / (odds * reach));
    }
  });
  return { value, standardError, lower, upper, confidence };
}

/** The estimates of groups, spread over their members. */
export function spread({ value, standardError, lower, upper, confidence }: Estimates, groupOf: Int32Array): Estimates {
  const of = (values: Float64Array): Float64Array => Float64Array.from(groupOf, (g) => values[g]!);
  return { value: of(value), standardError: of(standardError), lower: of(lower), upper: of(upper), confidence };
}
