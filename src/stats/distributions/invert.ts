import { brentRoot } from '../optimize/brent-root';
import type { Tails } from './tails';

/**
 * The x > 0 that leaves these probabilities below and above it, found on whichever side is smaller.
 *
 * @param tails of a continuous distribution on the positive numbers
 * @param wanted two numbers that add up to 1
 * @param start a point with some probability on both sides: the mean will do
 */
export function invertPositive(tails: (x: number) => Tails, wanted: Tails, start: number): number {
  if (wanted.lower === 0) return 0;
  if (wanted.upper === 0) return Infinity;
  const below = wanted.lower <= 0.5;
  const excess = (x: number): number => (below ? tails(x).lower - wanted.lower : wanted.upper - tails(x).upper);
  let [low, high] = [start, start];
  while (excess(low) > 0 && low > 0) low /= 4;
  while (excess(high) < 0 && high < Infinity) high *= 4;
  return low > 0 && high < Infinity ? brentRoot(excess, low, high).x : low > 0 ? Infinity : 0;
}

/** The smallest whole number k in [0, most] with P(X ≤ k) ≥ p, searched outwards from a guess. */
export function invertCount(cdf: (k: number) => number, p: number, guess: number, most: number): number {
  // By rounding, P(X ≤ k) may fall short of a p that is its own value.
  const target = p * (1 - 64 * Number.EPSILON);
  const reaches = (k: number): boolean => k >= most || cdf(k) >= target;
  let high = Math.min(most, Math.max(0, Math.round(guess)));
  let width = 1;
  let low = high;
  while (!reaches(high)) {
    low = high;
    high = Math.min(most, high + width);
    width *= 2;
  }
  while (low >= 0 && reaches(low)) {
    high = low;
    low -= width;
    width *= 2;
  }
  low = Math.max(low, -1);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}
