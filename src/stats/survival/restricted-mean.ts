import { LevainError } from '../../base/problem';
import { normalQuantile } from '../distributions/normal';
import type { Estimate } from '../intervals/interval';
import type { SurvivalCurve } from './kaplan-meier';

/**
 * The restricted mean survival time: how long one stays on average within the first `until`, ∫₀^until S(t) dt. Unlike the
 * mean it is known although some are still there, and unlike the hazard ratio it needs no assumption.
 *
 * Variance Σ A(t)² d / (n (n − d)) over the times with events, A(t) the area under the curve from t to `until`.
 *
 * Source: Royston and Parmar (2013), BMC Medical Research Methodology 13:152.
 *
 * @param until above 0 and at most the longest time followed, in the unit of the times
 * @throws LevainError `bad-time`
 */
export function restrictedMean(curve: SurvivalCurve, until: number): Estimate {
  const longest = curve.time.at(-1)!;
  if (!(until > 0 && until <= longest)) {
    throw new LevainError({
      code: 'bad-time',
      message: `A restricted mean until ${until} is not known: the curve goes from 0 to ${longest}.`,
      hint: `Choose a time above 0 and at most ${longest}.`,
    });
  }
  const { time, survival, events, atRisk, confidence } = curve;
  let last = time.findLastIndex((at) => at < until);
  let area = 0;
  let variance = 0;
  let end = until;
  for (; last >= 0; last--) {
    area += survival[last]! * (end - time[last]!);
    end = time[last]!;
    const [d, n] = [events[last]!, atRisk[last]!];
    if (d > 0 && n > d) variance += (area * area * d) / (n * (n - d));
  }
  const value = area + end;
  const standardError = Math.sqrt(variance);
  const reach = normalQuantile((1 + confidence) / 2) * standardError;
  return { value, standardError, lower: Math.max(0, value - reach), upper: Math.min(until, value + reach), confidence };
}
