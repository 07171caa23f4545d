import type { Random } from '../../base/random';
import { LevainError } from '../../base/problem';

/**
 * Draws from the geometric distribution: failures before the first success, P(k) = (1−p)^k p, mean (1−p)/p.
 *
 * By inversion, ⌊log U / log(1−p)⌋. Source: Devroye (1986), "Non-Uniform Random Variate Generation", ch. X.2.
 *
 * @param p probability of success, in (0, 1]
 * @returns a whole number ≥ 0
 * @throws LevainError `bad-parameter`
 * @example sampleGeometric(seededRandom(1), 1) // => 0
 */
export function sampleGeometric(random: Random, p: number): number {
  if (!(p > 0 && p <= 1)) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `The probability of a geometric distribution must be above 0 and at most 1; it is ${p}.`,
    });
  }
  if (p === 1) return 0;
  return Math.floor(Math.log(1 - random.uniform()) / Math.log1p(-p));
}
