import { point, positive, probability } from './arguments';
import { betaDensity } from './beta';
import { regularizedBeta } from './incomplete-beta';
import { invertPositive } from './invert';
import type { Tails } from './tails';

/**
 * The density at x of Fisher's F with ν₁ and ν₂ degrees of freedom.
 *
 * @param x any number; the density is 0 below 0
 * @param numerator ν₁ > 0
 * @param denominator ν₂ > 0
 * @throws LevainError `bad-parameter`
 * @example fisherFDensity(1, 2, 2).toFixed(12) // => '0.250000000000'
 */
export function fisherFDensity(x: number, numerator: number, denominator: number): number {
  check(x, numerator, denominator);
  if (x < 0 || x === Infinity) return 0;
  // F = (ν₂/ν₁) · B / (1 − B) with B from the beta distribution.
  const total = numerator * x + denominator;
  const share = (numerator * x) / total;
  return betaDensity(share, numerator / 2, denominator / 2) * (numerator / total) * (denominator / total);
}

/**
 * P(F ≤ x) with ν₁ and ν₂ degrees of freedom.
 *
 * @throws LevainError `bad-parameter`
 * @example fisherFCdf(1, 2, 2).toFixed(12) // => '0.500000000000'
 */
export function fisherFCdf(x: number, numerator: number, denominator: number): number {
  check(x, numerator, denominator);
  return tails(x, numerator, denominator).lower;
}

/**
 * P(F > x): the p-value of an F statistic, exact however small.
 *
 * @throws LevainError `bad-parameter`
 * @example fisherFSurvival(3, 2, 2).toFixed(12) // => '0.250000000000'
 */
export function fisherFSurvival(x: number, numerator: number, denominator: number): number {
  check(x, numerator, denominator);
  return tails(x, numerator, denominator).upper;
}

/**
 * The x with P(F ≤ x) = p.
 *
 * @throws LevainError `bad-parameter`
 * @example fisherFQuantile(0.75, 2, 2).toFixed(9) // => '3.000000000'
 */
export function fisherFQuantile(p: number, numerator: number, denominator: number): number {
  check(0, numerator, denominator);
  probability('F', 'probability', p);
  return invertPositive((x) => tails(x, numerator, denominator), { lower: p, upper: 1 - p }, 1);
}

function tails(x: number, numerator: number, denominator: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const total = numerator * x + denominator;
  return regularizedBeta((numerator * x) / total, denominator / total, numerator / 2, denominator / 2);
}

function check(x: number, numerator: number, denominator: number): void {
  point('F', x);
  positive('F', 'numerator’s degrees of freedom', numerator);
  positive('F', 'denominator’s degrees of freedom', denominator);
}
