import { LevainError } from '../../base/problem';
import { normalQuantile } from '../distributions/normal';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from './interval';

/**
 * A correlation of `n` pairs with Fisher's interval: tanh( atanh r ± z / √(n − 3) ). It holds for pairs that come each on
 * its own from something like a normal distribution; days in a row and skewed amounts make it look too narrow.
 *
 * Source: Fisher (1921), "On the 'probable error' of a coefficient of correlation deduced from a small sample", Metron 1.
 *
 * @param r from −1 to 1
 * @param n pairs, ≥ 4
 * @param options.confidence in (0, 1), 0.9 when not given
 * @returns the standard error is (1 − r²) / √(n − 3), of r itself
 * @throws LevainError `bad-parameter`
 * @example correlationInterval(0.5, 28, { confidence: 0.95 }).lower.toFixed(3) // => '0.156'
 */
export function correlationInterval(r: number, n: number, options: { confidence?: number } = {}): Estimate {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  if (!(Math.abs(r) <= 1) || !(n >= 4)) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `A correlation lies between -1 and 1 and needs four pairs; this is ${r} of ${n}.`,
    });
  }
  const reach = normalQuantile((1 + confidence) / 2) / Math.sqrt(n - 3);
  const at = Math.atanh(r);
  return {
    value: r,
    standardError: (1 - r * r) / Math.sqrt(n - 3),
    lower: Math.tanh(at - reach),
    upper: Math.tanh(at + reach),
    confidence,
  };
}
