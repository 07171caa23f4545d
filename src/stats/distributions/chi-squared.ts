import { positive } from './arguments';
import { gammaCdf, gammaDensity, gammaQuantile, gammaSurvival } from './gamma';

/**
 * The density at x of χ² with ν degrees of freedom: the gamma distribution of shape ν/2 and scale 2.
 *
 * @param x any number; the density is 0 below 0
 * @param degrees ν > 0, whole or not
 * @throws LevainError `bad-parameter`
 * @example chiSquaredDensity(1, 2).toFixed(12) // => '0.303265329856'
 */
export function chiSquaredDensity(x: number, degrees: number): number {
  positive('chi-squared', 'degrees of freedom', degrees);
  return gammaDensity(x, degrees / 2, 2);
}

/**
 * P(X ≤ x) for χ² with ν degrees of freedom.
 *
 * @throws LevainError `bad-parameter`
 * @example chiSquaredCdf(2, 2).toFixed(12) // => '0.632120558829'
 */
export function chiSquaredCdf(x: number, degrees: number): number {
  positive('chi-squared', 'degrees of freedom', degrees);
  return gammaCdf(x, degrees / 2, 2);
}

/**
 * P(X > x): the p-value of a χ² statistic, exact however small.
 *
 * @throws LevainError `bad-parameter`
 * @example chiSquaredSurvival(2, 2).toFixed(12) // => '0.367879441171'
 */
export function chiSquaredSurvival(x: number, degrees: number): number {
  positive('chi-squared', 'degrees of freedom', degrees);
  return gammaSurvival(x, degrees / 2, 2);
}

/**
 * The x with P(X ≤ x) = p.
 *
 * @throws LevainError `bad-parameter`
 * @example chiSquaredQuantile(0.95, 1).toFixed(9) // => '3.841458821'
 */
export function chiSquaredQuantile(p: number, degrees: number): number {
  positive('chi-squared', 'degrees of freedom', degrees);
  return gammaQuantile(p, degrees / 2, 2);
}
