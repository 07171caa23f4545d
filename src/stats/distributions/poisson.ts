import type { Random } from '../../base/random';
import { LevainError } from '../../base/problem';
import { sampleBinomial } from './binomial';
import { sampleGamma } from './gamma';

/**
 * Draws from the Poisson distribution, P(k) = e^(−μ) μ^k / k!, mean and variance μ.
 *
 * Below μ = 16 by multiplying uniforms (Knuth); above, the time of the m-th arrival is drawn as a gamma variable, which
 * leaves a smaller Poisson or a binomial. Source: Ahrens and Dieter (1974), "Computer methods for sampling from gamma,
 * beta, Poisson and binomial distributions", Computing 12.
 *
 * @param mean μ ≥ 0
 * @returns a whole number ≥ 0
 * @throws LevainError `bad-parameter`
 * @example samplePoisson(seededRandom(1), 0) // => 0
 */
export function samplePoisson(random: Random, mean: number): number {
  if (!(mean >= 0 && Number.isFinite(mean))) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `The mean of a Poisson distribution must be 0 or more; it is ${mean}.`,
    });
  }
  let count = 0;
  while (mean >= 16) {
    const m = Math.floor((7 * mean) / 8);
    const time = sampleGamma(random, m);
    if (time > mean) return count + sampleBinomial(random, m - 1, mean / time);
    count += m;
    mean -= time;
  }
  const limit = Math.exp(-mean);
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}
