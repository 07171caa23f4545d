import type { Random } from '../../base/random';
import { positive } from './arguments';

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
