import { LevainError } from '../../../base/problem';

/**
 * Hat functions at knots: in row t the two neighbouring knots share a weight of 1 by their nearness, so that levels at
 * the knots are joined by straight lines. Meridian's knot weights.
 *
 * @param n rows
 * @param knots rows counted from 0, rising, at least one
 * @returns one column of n weights a knot; every row adds up to 1
 * @throws LevainError `bad-parameter` when the knots do not rise
 * @example Array.from(knotWeights(5, [0, 4])[1]) // => [0, 0.25, 0.5, 0.75, 1]
 */
export function knotWeights(n: number, knots: readonly number[]): Float64Array[] {
  if (knots.length === 0 || knots.some((knot, k) => k > 0 && !(knot > knots[k - 1]!))) {
    const message = `The knots of a trend must be rows that rise; they are ${knots.join(', ') || 'none'}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  return knots.map((knot, k) => {
    const [before, after] = [knots[k - 1] ?? -Infinity, knots[k + 1] ?? Infinity];
    return Float64Array.from({ length: n }, (_, t) => {
      if (t <= knot) return before === -Infinity ? 1 : Math.max(0, (t - before) / (knot - before));
      return after === Infinity ? 1 : Math.max(0, (after - t) / (after - knot));
    });
  });
}
