import type { Random } from '../../base/random';
import { sampleGamma } from './gamma';

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
