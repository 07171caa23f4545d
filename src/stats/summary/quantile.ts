import { checkList } from './list';
import { LevainError } from '../../base/problem';
import { notFinite } from './moments';

/**
 * The p-quantile by linear interpolation between order statistics: with h = (n − 1)p, x₍⌊h⌋₎ + (h − ⌊h⌋)(x₍⌊h⌋₊₁₎ − x₍⌊h⌋₎).
 *
 * Source: Hyndman and Fan (1996), "Sample quantiles in statistical packages", type 7: the default of R's `quantile` and
 * `numpy.quantile`, and DuckDB's `quantile_cont`.
 *
 * @param values n ≥ 1 finite numbers, in any order; not changed
 * @param p in [0, 1]: 0 is the smallest, 0.5 the median, 1 the largest
 * @returns a number in the unit of the values
 * @throws LevainError `too-few-values`, `not-finite`, `bad-parameter`
 * @example quantile([3, 1, 2, 10], 0.5) // => 2.5
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new LevainError({ code: 'bad-parameter', message: `A quantile is asked for between 0 and 1, not at ${p}.` });
  }
  checkList('values of a quantile', values);
  if (values.length === 0) {
    throw new LevainError({ code: 'too-few-values', message: 'A quantile needs at least one value; there are 0.' });
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw notFinite('quantile', i, values[i]);
  }
  return quantileOfSorted(Float64Array.from(values).sort(), p);
}

/** {@link quantile} of values that are sorted already, unchecked. */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  const h = (sorted.length - 1) * p;
  const below = Math.floor(h);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (h - below) * (sorted[above]! - sorted[below]!);
}
