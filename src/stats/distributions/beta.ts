import type { Random } from '../../base/random';
import { point, positive, probability } from './arguments';
import { sampleGamma } from './gamma';
import { regularizedBeta } from './incomplete-beta';
import { invertPositive } from './invert';
import { binomialTerm } from './log-gamma';
import type { Tails } from './tails';

/**
 * Draws from the beta distribution with density ∝ x^(a−1) (1−x)^(b−1), mean a / (a + b).
 *
 * As X / (X + Y) of independent X ~ Gamma(a), Y ~ Gamma(b). Source: Devroye (1986), "Non-Uniform Random Variate
 * Generation", ch. IX.4.
 *
 * @param a > 0
 * @param b > 0
 * @returns a number in [0, 1]
 * @throws LevainError `bad-parameter`
 * @example sampleBeta(seededRandom(1), 2, 3) < 1 // => true
 */
export function sampleBeta(random: Random, a: number, b: number): number {
  const x = sampleGamma(random, a);
  const y = sampleGamma(random, b);
  // Both can underflow to 0 where a and b are tiny: the mass then sits at the ends, in the ratio a : b.
  return x + y > 0 ? x / (x + y) : Number(random.uniform() < a / (a + b));
}

/**
 * The density at x of the beta distribution, x^(a−1) (1−x)^(b−1) / B(a, b).
 *
 * @param x any number; the density is 0 outside [0, 1]
 * @param a > 0
 * @param b > 0
 * @throws LevainError `bad-parameter`
 * @example betaDensity(0.5, 2, 2).toFixed(12) // => '1.500000000000'
 */
export function betaDensity(x: number, a: number, b: number): number {
  check(x, a, b);
  if (x < 0 || x > 1) return 0;
  if (x === 0) return a < 1 ? Infinity : a === 1 ? b : 0;
  if (x === 1) return b < 1 ? Infinity : b === 1 ? a : 0;
  return (binomialTerm(a, b, x, 1 - x) * a * b) / ((a + b) * x * (1 - x));
}

/**
 * P(X ≤ x) for the beta distribution.
 *
 * @throws LevainError `bad-parameter`
 * @example betaCdf(0.5, 2, 2).toFixed(12) // => '0.500000000000'
 */
export function betaCdf(x: number, a: number, b: number): number {
  check(x, a, b);
  return regularizedBeta(x, 1 - x, a, b).lower;
}

/**
 * The x with P(X ≤ x) = p for the beta distribution.
 *
 * @param p in [0, 1]
 * @throws LevainError `bad-parameter`
 * @example betaQuantile(0.25, 1, 1).toFixed(12) // => '0.250000000000'
 */
export function betaQuantile(p: number, a: number, b: number): number {
  check(0, a, b);
  probability('beta', 'probability', p);
  // Over the odds x / (1 − x), which know x near 1 as well as near 0.
  const tails = (odds: number): Tails => regularizedBeta(odds / (1 + odds), 1 / (1 + odds), a, b);
  const odds = invertPositive(tails, { lower: p, upper: 1 - p }, a / b);
  return odds === Infinity ? 1 : odds / (1 + odds);
}

function check(x: number, a: number, b: number): void {
  point('beta', x);
  positive('beta', 'first shape', a);
  positive('beta', 'second shape', b);
}
