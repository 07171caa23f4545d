import { LevainError } from '../../base/problem';
import { normalQuantile } from '../distributions/normal';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../intervals/interval';
import { riskTable, type Observed } from './observed';

/** How the interval of a survival curve is made: symmetric in log S (as in R), in log(−log S), or in S itself. */
export type SurvivalInterval = 'log' | 'log-log' | 'plain';

export interface KaplanMeierOptions {
  /** `log` when not given. */
  readonly interval?: SurvivalInterval;
  /** In (0, 1); 0.9 when not given. */
  readonly confidence?: number;
}

/** A survival curve: a step down at each time at which some ended. Plain data. */
export interface SurvivalCurve {
  /** Distinct times, from the first on; censored ones too. */
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  /** Share still there after each time. */
  readonly survival: Float64Array;
  /** Greenwood's. */
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly interval: SurvivalInterval;
  readonly confidence: number;
  readonly n: number;
  /** When half have ended, with its interval; undefined where the curve (or its band) never falls that low. */
  readonly median: { readonly value?: number; readonly lower?: number; readonly upper?: number };
}

/**
 * The Kaplan-Meier estimate of the share still there after each time, S(t) = Π (1 − d/n) over the times until t, d of n at
 * risk having ended. Who was only last seen (censored) counts until then. Greenwood's standard error,
 * S·√(Σ d / (n (n − d))); intervals kept within 0 and 1.
 *
 * Assumes that those who were censored would have gone on as the others.
 *
 * Source: Kaplan and Meier (1958), JASA 53; Kalbfleisch and Prentice (2002), "The Statistical Analysis of Failure Time
 * Data", 2nd ed., section 1.4.
 *
 * @throws LevainError `unequal-lengths`, `no-rows`, `bad-time`, `bad-event`, `bad-parameter`
 * @example Array.from(kaplanMeier({ time: [1, 2, 2, 4], event: [1, 1, 0, 1] }).survival) // => [0.75, 0.5, 0]
 */
export function kaplanMeier(observed: Observed, options: KaplanMeierOptions = {}): SurvivalCurve {
  const { interval = 'log', confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const { time, atRisk, events } = riskTable(observed);
  const survival = new Float64Array(time.length);
  const relativeError = new Float64Array(time.length);
  let [share, sum] = [1, 0];
  time.forEach((_, k) => {
    const [d, n] = [events[k]!, atRisk[k]!];
    share *= 1 - d / n;
    if (d > 0) sum += d / (n * (n - d));
    survival[k] = share;
    relativeError[k] = Math.sqrt(sum);
  });
  const bands = Array.from(survival, (s, k) => survivalBand(s, relativeError[k]!, interval, confidence));
  const lower = Float64Array.from(bands, ([low]) => low);
  const upper = Float64Array.from(bands, ([, high]) => high);
  return {
    time,
    atRisk,
    events,
    survival,
    standardError: survival.map((s, k) => (s === 0 ? 0 : s * relativeError[k]!)),
    lower,
    upper,
    interval,
    confidence,
    n: observed.time.length,
    median: defined({
      value: timeOfFall(time, events, survival, 0.5),
      lower: timeOfFall(time, events, lower, 0.5),
      upper: timeOfFall(time, events, upper, 0.5),
    }),
  };
}

/**
 * The share still there at a time, and how many were still followed.
 *
 * @param time 0 or more; beyond the longest time nothing is known, and the result is undefined
 * @throws LevainError `bad-time`
 */
export function survivalAt(curve: SurvivalCurve, time: number): (Estimate & { readonly atRisk: number }) | undefined {
  if (!(time >= 0)) throw new LevainError({ code: 'bad-time', message: `There is no survival at the time ${time}.` });
  const { confidence } = curve;
  const next = curve.time.findIndex((later) => later > time);
  const at = next < 0 ? curve.time.length - 1 : next - 1;
  if (next < 0 && time > curve.time[at]!) return undefined;
  const atRisk = at >= 0 && curve.time[at] === time ? curve.atRisk[at]! : next < 0 ? 0 : curve.atRisk[next]!;
  if (at < 0) return { value: 1, standardError: 0, lower: 1, upper: 1, confidence, atRisk };
  return {
    value: curve.survival[at]!,
    standardError: curve.standardError[at]!,
    lower: curve.lower[at]!,
    upper: curve.upper[at]!,
    confidence,
    atRisk,
  };
}

/** The interval around a share S whose standard error is S·relativeError. */
export function survivalBand(
  s: number,
  relativeError: number,
  interval: SurvivalInterval,
  confidence: number,
): readonly [number, number] {
  // At 1 and 0 there is no error to speak of: Greenwood's is 0, or not defined.
  if (s >= 1) return [1, 1];
  if (s <= 0) return [0, 0];
  const z = normalQuantile((1 + confidence) / 2);
  switch (interval) {
    case 'log':
      return [s * Math.exp(-z * relativeError), Math.min(1, s * Math.exp(z * relativeError))];
    case 'log-log': {
      const reach = Math.exp((z * relativeError) / Math.log(s));
      return [s ** (1 / reach), s ** reach];
    }
    case 'plain':
      return [Math.max(0, s * (1 - z * relativeError)), Math.min(1, s * (1 + z * relativeError))];
    default:
      throw new LevainError({
        code: 'bad-parameter',
        message: `There is no survival interval ${String(interval)}; there are log, log-log and plain.`,
      });
  }
}

/** The first time at which a curve is down to a level; the middle of the stretch where it lies on the level itself. */
function timeOfFall(time: Float64Array, events: Float64Array, curve: Float64Array, level: number): number | undefined {
  const at = curve.findIndex((share) => share <= level + 1e-9);
  if (at < 0) return undefined;
  if (Math.abs(curve[at]! - level) > 1e-9) return time[at];
  const next = events.findIndex((count, k) => k > at && count > 0);
  return next < 0 ? time[at] : (time[at]! + time[next]!) / 2;
}

function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
