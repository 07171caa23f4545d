import type { Random } from '../../base/random';
import { count, point, probability } from './arguments';
import { sampleBeta } from './beta';
import { regularizedBeta } from './incomplete-beta';
import { invertCount } from './invert';
import { binomialTerm } from './log-gamma';

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
  count('binomial', 'trials', n);
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

/**
 * The probability of exactly k successes in n independent trials, each with probability p.
 *
 * @param k any number; the probability is 0 where it is no whole number from 0 to n
 * @throws LevainError `bad-parameter`
 * @example binomialMass(1, 2, 0.5).toFixed(12) // => '0.500000000000'
 */
export function binomialMass(k: number, n: number, p: number): number {
  check(k, n, p);
  if (!Number.isInteger(k) || k < 0 || k > n) return 0;
  return binomialTerm(k, n - k, p, 1 - p);
}

/**
 * The probability of at most k successes in n independent trials.
 *
 * @throws LevainError `bad-parameter`
 * @example binomialCdf(1, 2, 0.5).toFixed(12) // => '0.750000000000'
 */
export function binomialCdf(k: number, n: number, p: number): number {
  check(k, n, p);
  const whole = Math.floor(k);
  if (whole < 0) return 0;
  if (whole >= n) return 1;
  return regularizedBeta(p, 1 - p, whole + 1, n - whole).upper;
}

/**
 * The smallest k with at least the probability q of k successes or fewer in n trials.
 *
 * @param q in [0, 1]
 * @throws LevainError `bad-parameter`
 * @example binomialQuantile(0.75, 2, 0.5) // => 1
 */
export function binomialQuantile(q: number, n: number, p: number): number {
  check(0, n, p);
  probability('binomial', 'probability', q);
  return invertCount((k) => binomialCdf(k, n, p), q, n * p, n);
}

function check(k: number, n: number, p: number): void {
  point('binomial', k);
  count('binomial', 'trials', n);
  probability('binomial', 'probability', p);
}
