import { LevainError } from '../../base/problem';
import { studentTQuantile } from '../distributions/student-t';
import { checkList } from '../summary/list';
import { notFinite } from '../summary/moments';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from './interval';

/** A ratio with both of its sums, so that they can be shown beside it. */
export interface RatioEstimate extends Estimate {
  readonly numerator: number;
  readonly denominator: number;
  /** How many units (days, customers, orders) it was summed over. */
  readonly n: number;
}

/**
 * A ratio of sums, R = Σ nᵢ / Σ dᵢ, with its delta-method standard error: most key figures are of this kind (return on
 * ad spend = sales / spend, order value = sales / orders, cost per order = spend / orders). The mean of the units' own
 * ratios is another number, and it is not the one to budget by.
 *
 *     eᵢ = nᵢ − R dᵢ,   SE(R) = √( k/(k−1) · Σ eᵢ² ) / |Σ dᵢ|,   R ± t₍k−1₎ · SE(R)   for k units
 *
 * Source: Cochran (1977), "Sampling Techniques", 3rd ed., section 6.4 (without the finite population correction); Deng et
 * al. (2018), "Applying the delta method in metric analytics", KDD.
 *
 * The interval takes the units as independent draws. Take the unit that is: customers where customers buy often; whole
 * weeks where days follow each other. With fewer than about 20 units, or a few that carry the sum, prefer
 * `bootstrapInterval`. Totals that are simply known (this week's spend) have no sampling error: read the interval as what
 * would be seen in another period like this one.
 *
 * Where no unit of either is below 0, neither is the ratio, and the interval ends there.
 *
 * @param numerator k ≥ 2 finite numbers, one a unit
 * @param denominator as many, in the same order, with a sum other than 0
 * @param options.confidence in (0, 1), 0.9 when not given
 * @throws LevainError `unequal-lengths`, `too-few-values`, `not-finite`, `zero-denominator`, `bad-parameter`
 * @example ratioOfSums([10, 30], [2, 3]).value // => 8
 */
export function ratioOfSums(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  options: { confidence?: number } = {},
): RatioEstimate {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  checkList('numerator', numerator);
  checkList('denominator', denominator);
  const n = numerator.length;
  if (n !== denominator.length) {
    const message = `The numerator has ${n} units and the denominator ${denominator.length}: they must be the same units.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  if (n < 2) {
    throw new LevainError({
      code: 'too-few-values',
      message: `A ratio with an interval needs at least two units; there ${n === 1 ? 'is 1' : 'are 0'}.`,
    });
  }
  const top = sum(numerator, 'numerator');
  const bottom = sum(denominator, 'denominator');
  if (bottom === 0) {
    throw new LevainError({
      code: 'zero-denominator',
      message: 'The denominator adds up to 0, so there is no ratio.',
      hint: 'Leave out groups without any (a channel that spent nothing has no return on spend).',
    });
  }
  const value = top / bottom;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (numerator[i]! - value * denominator[i]!) ** 2;
  const standardError = Math.sqrt((n / (n - 1)) * squares) / Math.abs(bottom);
  const reach = studentTQuantile((1 + confidence) / 2, n - 1) * standardError;
  const isNeverNegative = Array.from(numerator).every((x) => x >= 0) && Array.from(denominator).every((x) => x >= 0);
  return {
    value,
    standardError,
    lower: isNeverNegative ? Math.max(0, value - reach) : value - reach,
    upper: value + reach,
    confidence,
    numerator: top,
    denominator: bottom,
    n,
  };
}

function sum(values: ArrayLike<number>, what: string): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw notFinite(what, i, values[i]);
    total += values[i]!;
  }
  return total;
}
