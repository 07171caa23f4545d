import type { Random } from '../../base/random';
import { point, positive, probability } from './arguments';
import { regularizedGamma } from './incomplete-gamma';
import { invertPositive } from './invert';
import { poissonTerm } from './log-gamma';

/**
 * Draws from the gamma distribution with density x^(k−1) e^(−x/s) / (Γ(k) s^k), mean k·s and variance k·s².
 *
 * Source: Marsaglia and Tsang (2000), "A simple method for generating gamma variables", ACM TOMS 26(3); for k < 1 their
 * boost G(k) = G(k+1)·U^(1/k).
 *
 * @param random source of randomness
 * @param shape k > 0
 * @param scale s > 0, in the unit of the result
 * @throws LevainError `bad-parameter`
 * @example sampleGamma(seededRandom(1), 2, 3) > 0 // => true
 */
export function sampleGamma(random: Random, shape: number, scale = 1): number {
  positive('gamma', 'shape', shape);
  positive('gamma', 'scale', scale);
  if (shape < 1) return sampleGamma(random, shape + 1, scale) * Math.pow(1 - random.uniform(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

/**
 * The density at x of the gamma distribution, x^(k−1) e^(−x/s) / (Γ(k) s^k).
 *
 * @param x any number; the density is 0 below 0
 * @param shape k > 0
 * @param scale s > 0, in the unit of x
 * @throws LevainError `bad-parameter`
 * @example gammaDensity(2, 1, 2).toFixed(12) // => '0.183939720586'
 */
export function gammaDensity(x: number, shape: number, scale = 1): number {
  check(x, shape, scale);
  if (x < 0 || x === Infinity) return 0;
  if (x === 0) return shape < 1 ? Infinity : shape === 1 ? 1 / scale : 0;
  const scaled = x / scale;
  // Below shape 1 the term for k − 1 does not exist: take that for k, and k/x of it.
  return (shape >= 1 ? poissonTerm(shape - 1, scaled) : (poissonTerm(shape, scaled) * shape) / scaled) / scale;
}

/**
 * P(X ≤ x) for the gamma distribution of shape k and scale s.
 *
 * @throws LevainError `bad-parameter`
 * @example gammaCdf(2, 1, 2).toFixed(12) // => '0.632120558829'
 */
export function gammaCdf(x: number, shape: number, scale = 1): number {
  check(x, shape, scale);
  return regularizedGamma(shape, x / scale).lower;
}

/**
 * P(X > x) for the gamma distribution of shape k and scale s, exact however small.
 *
 * @throws LevainError `bad-parameter`
 * @example gammaSurvival(2, 1, 2).toFixed(12) // => '0.367879441171'
 */
export function gammaSurvival(x: number, shape: number, scale = 1): number {
  check(x, shape, scale);
  return regularizedGamma(shape, x / scale).upper;
}

/**
 * The x with P(X ≤ x) = p for the gamma distribution of shape k and scale s.
 *
 * @param p in [0, 1]
 * @throws LevainError `bad-parameter`
 * @example gammaQuantile(0.5, 1).toFixed(12) === Math.LN2.toFixed(12) // => true
 */
export function gammaQuantile(p: number, shape: number, scale = 1): number {
  check(0, shape, scale);
  probability('gamma', 'probability', p);
  return scale * invertPositive((x) => regularizedGamma(shape, x), { lower: p, upper: 1 - p }, shape);
}

function check(x: number, shape: number, scale: number): void {
  point('gamma', x);
  positive('gamma', 'shape', shape);
  positive('gamma', 'scale', scale);
}
