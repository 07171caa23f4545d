import { LevainError } from '../../base/problem';
import { normalQuantile } from '../distributions/normal';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from './interval';

/**
 * The relative change from one estimate to a later, independent one, C = after / before − 1, with an interval made on the
 * log scale, where it is nearly symmetric:
 *
 *     SE(log(1 + C)) = √( (SE_a / a)² + (SE_b / b)² ),   (1 + C) · exp(± z · SE) − 1
 *
 * Source: the delta method on the logarithm; Franz (2007), "Ratios: a short guide to confidence limits and proper use".
 *
 * @param before a positive estimate and its standard error
 * @param after the same of the later period, from other units
 * @param options.confidence in (0, 1), 0.9 when not given
 * @returns the change as a share: 0.12 for 12 % more
 * @throws LevainError `not-positive`, `bad-parameter`
 * @example relativeChange({ value: 50, standardError: 1 }, { value: 60, standardError: 1 }).value.toFixed(2) // => '0.20'
 */
export function relativeChange(
  before: Pick<Estimate, 'value' | 'standardError'>,
  after: Pick<Estimate, 'value' | 'standardError'>,
  options: { confidence?: number } = {},
): Estimate {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  for (const [name, { value }] of Object.entries({ before, after })) {
    if (value > 0 && Number.isFinite(value)) continue;
    throw new LevainError({
      code: 'not-positive',
      message: `A relative change needs two values above 0; the value ${name} is ${value}.`,
    });
  }
  const ratio = after.value / before.value;
  const error = Math.hypot(after.standardError / after.value, before.standardError / before.value);
  const reach = Math.exp(normalQuantile((1 + confidence) / 2) * error);
  return {
    value: ratio - 1,
    standardError: ratio * error,
    lower: ratio / reach - 1,
    upper: ratio * reach - 1,
    confidence,
  };
}
