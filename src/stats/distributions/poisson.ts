import type { Random } from '../../base/random';
import { LevainError } from '../../base/problem';
import { point, probability } from './arguments';
import { sampleBinomial } from './binomial';
import { sampleGamma } from './gamma';
import { regularizedGamma } from './incomplete-gamma';
import { invertCount } from './invert';
import { poissonTerm } from './log-gamma';

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
  checkMean(mean);
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

/**
 * The probability of exactly k events where μ are expected, e^(−μ) μ^k / k!.
 *
 * @param k any number; the probability is 0 where it is no whole number from 0 up
 * @throws LevainError `bad-parameter`
 * @example poissonMass(0, 1) === Math.exp(-1) // => true
 */
export function poissonMass(k: number, mean: number): number {
  point('Poisson', k);
  checkMean(mean);
  return Number.isInteger(k) && k >= 0 ? poissonTerm(k, mean) : 0;
}

/**
 * The probability of at most k events where μ are expected.
 *
 * @throws LevainError `bad-parameter`
 * @example poissonCdf(1, 1).toFixed(12) === (2 / Math.E).toFixed(12) // => true
 */
export function poissonCdf(k: number, mean: number): number {
  point('Poisson', k);
  checkMean(mean);
  return k < 0 ? 0 : k === Infinity ? 1 : regularizedGamma(Math.floor(k) + 1, mean).upper;
}

/**
 * The smallest k with at least the probability p of k events or fewer.
 *
 * @param p in [0, 1]; 1 gives ∞
 * @throws LevainError `bad-parameter`
 * @example poissonQuantile(0.5, 3) // => 3
 */
export function poissonQuantile(p: number, mean: number): number {
  probability('Poisson', 'probability', p);
  checkMean(mean);
  if (p === 1 && mean > 0) return Infinity;
  return invertCount((k) => poissonCdf(k, mean), p, mean, Infinity);
}

function checkMean(mean: number): void {
  if (mean >= 0 && Number.isFinite(mean)) return;
  throw new LevainError({
    code: 'bad-parameter',
    message: `The mean of a Poisson distribution must be 0 or more; it is ${mean}.`,
  });
}
