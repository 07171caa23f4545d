import { LevainError } from '../../base/problem';
import { told } from '../../base/told';
import { normalQuantile } from '../distributions/normal';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from './interval';

/** A share with its counts. */
export interface ProportionEstimate extends Estimate {
  readonly successes: number;
  readonly n: number;
}

/**
 * A share, p̂ = x / n, with Wilson's score interval, which stays inside 0 and 1 and holds where x is 0 or n:
 *
 *     ( p̂ + z²/2n ± z √( p̂(1−p̂)/n + z²/4n² ) ) / ( 1 + z²/n )
 *
 * Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22; advised by
 * Brown, Cai and DasGupta (2001), Statistical Science 16.
 *
 * @param successes x, a whole number from 0 to n
 * @param n trials, a whole number ≥ 1; each counts once and on its own (customers, not their orders)
 * @param options.confidence in (0, 1), 0.9 when not given
 * @throws LevainError `bad-counts`, `bad-parameter`
 * @example proportionInterval(0, 10, { confidence: 0.95 }).upper.toFixed(3) // => '0.278'
 */
export function proportionInterval(
  successes: number,
  n: number,
  options: { confidence?: number } = {},
): ProportionEstimate {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  if (!Number.isInteger(successes) || !Number.isInteger(n) || n < 1 || successes < 0 || successes > n) {
    throw new LevainError({
      code: 'bad-counts',
      message: `A share needs whole counts, some of at least one: ${told(successes)} of ${told(n)} is not.`,
    });
  }
  const z = normalQuantile((1 + confidence) / 2);
  const value = successes / n;
  const standardError = Math.sqrt((value * (1 - value)) / n);
  const centre = value + (z * z) / (2 * n);
  const reach = z * Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  // At 0 and n the bounds are exact; rounding would put them a hair outside.
  const lower = successes === 0 ? 0 : (centre - reach) / scale;
  const upper = successes === n ? 1 : (centre + reach) / scale;
  return { value, standardError, lower, upper, confidence, successes, n };
}
