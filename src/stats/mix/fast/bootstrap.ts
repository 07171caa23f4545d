import { seededRandom } from '../../../base/random';
import type { MixModel } from '../model';
import type { Evaluator } from './evaluator';

/** Outcome that each channel explains over all rows, on the model's scale. */
export interface Effects {
  /** One a channel. */
  readonly observed: Float64Array;
  /** One array a channel: in each resample. */
  readonly resampled: readonly Float64Array[];
}

/**
 * Moving-block bootstrap of the residuals: blocks of rows that follow each other are drawn with replacement, so that
 * residuals keep following each other as they did, and are added to the fitted values. Each resample is judged under every
 * near-best candidate by the same folds as the data were, and counts with the candidate that foretells it best.
 *
 * Blocks have ⌈2 · n^(1/3)⌉ rows; residuals are widened by √(n / (n − p)), since a fit always takes some of the noise with it.
 *
 * @param fit of the best candidate, which the evaluator holds
 * @param points near-best candidates, the best first
 */
export function bootstrapEffects(
  evaluator: Evaluator,
  fit: { readonly coefficients: Float64Array; readonly fitted: Float64Array },
  points: readonly Float64Array[],
  { seed, resamples, model }: { seed: number; resamples: number; model: MixModel },
): Effects {
  const observed = effectsOf(evaluator, model.channels.length);
  const outcomes = redraw(fit, model.outcome, seed, resamples);
  const least = new Float64Array(resamples).fill(Infinity);
  const resampled = model.channels.map(() => new Float64Array(resamples));
  for (const point of points) {
    evaluator.setCandidate(point);
    for (const [b, outcome] of outcomes.entries()) {
      evaluator.setOutcome(outcome);
      const error = evaluator.score();
      if (!(error < least[b]!)) continue;
      least[b] = error;
      const effects = effectsOf(evaluator, resampled.length);
      for (let c = 0; c < effects.length; c++) resampled[c]![b] = effects[c]!;
    }
  }
  return { observed, resampled };
}

function redraw(
  { coefficients, fitted }: { readonly coefficients: Float64Array; readonly fitted: Float64Array },
  actual: Float64Array,
  seed: number,
  resamples: number,
): Float64Array[] {
  const n = actual.length;
  const mean = actual.reduce((total, value) => total + value, 0) / n;
  const used = coefficients.filter((value) => value !== 0).length + 1;
  const widened = Math.sqrt(n / Math.max(1, n - used));
  const residuals = actual.map((value, t) => (value - mean - fitted[t]!) * widened);
  const length = Math.min(n, Math.ceil(2 * Math.cbrt(n)));
  const random = seededRandom(seed);
  return Array.from({ length: resamples }, () => {
    const outcome = new Float64Array(n);
    for (let t = 0; t < n; t += length) {
      const from = random.integer(n - length + 1);
      for (let k = 0; k < length && t + k < n; k++) outcome[t + k] = fitted[t + k]! + residuals[from + k]!;
    }
    return outcome;
  });
}

function effectsOf({ columns, coefficients }: Evaluator, channels: number): Float64Array {
  const first = columns.length - channels;
  return Float64Array.from({ length: channels }, (_, c) => {
    const sum = columns[first + c]!.reduce((total, value) => total + value, 0);
    return coefficients[first + c]! * sum;
  });
}
