import type { Random } from '../../base/random';
import { LevainError } from '../../base/problem';

/**
 * Draws an index i with probability wᵢ / Σw.
 *
 * @param weights at least one, each ≥ 0, not all 0
 * @returns an index into the weights
 * @throws LevainError `bad-parameter`
 * @example sampleCategorical(seededRandom(1), [0, 1, 0]) // => 1
 */
export function sampleCategorical(random: Random, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Infinity)) throw badWeight(i, weights[i]!);
    total += weights[i]!;
  }
  if (!(total > 0)) throw new LevainError({ code: 'bad-parameter', message: 'One of the weights must be above 0.' });
  let rest = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return last;
}

function badWeight(index: number, weight: number): LevainError {
  return new LevainError({ code: 'bad-parameter', message: `Weight ${index + 1} must be 0 or more; it is ${weight}.` });
}
