import type { Random } from '../../base/random';
import { LevainError } from '../../base/problem';
import { probability } from './arguments';
import { sampleBeta } from './beta';

/**
 * Draws the number of successes in n independent trials, each with probability p.
 *
 * Exact in about log₂(n) steps: the middle one of n uniform order statistics is a beta variable, which tells on which
 * side of it p falls and leaves half of the trials. Source: Relles (1972), "A simple algorithm for generating binomial
 * random variables when N is large", JASA 67.
 *
 * @param n whole number ≥ 0
 * @param p in [0, 1]
 * @throws LevainError `bad-parameter`
 * @example sampleBinomial(seededRandom(1), 10, 1) // => 10
 */
export function sampleBinomial(random: Random, n: number, p: number): number {
  if (!Number.isInteger(n) || n < 0) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `The trials of a binomial distribution must be a whole number from 0 up; there are ${n}.`,
    });
  }
  probability('binomial', 'probability', p);
  let successes = 0;
  while (n > 16) {
    const a = 1 + Math.floor(n / 2);
    const middle = sampleBeta(random, a, n + 1 - a);
    if (middle >= p) {
      n = a - 1;
      p = p / middle;
    } else {
      successes += a;
      n = n - a;
      p = (p - middle) / (1 - middle);
    }
  }
  for (; n > 0; n--) if (random.uniform() < p) successes++;
  return successes;
}
