import { LevainError } from '../../../base/problem';
import { binaryOutcome, checkProbabilities, type Outcome } from '../outcome';
import { confusionOf, measuresOf, type Confusion, type Measures } from './measures';
import { ranking } from './ranking';
import { resampled, type Resampled, type ResampleOptions } from './resample';

export interface ClassifierMetrics extends Readonly<Record<keyof Measures, Resampled>> {
  readonly n: number;
  readonly positives: number;
  readonly threshold: number;
  readonly confusion: Confusion;
}

/**
 * How well probabilities foretold a yes or no, on rows that the model has not seen: ranking (area under ROC, average
 * precision, Kolmogorov-Smirnov), probabilities (log loss, Brier score, expected calibration error over ten equal widths)
 * and decisions at a threshold (accuracy, precision, recall, F1, Matthews' correlation). Percentile intervals from
 * resamples of rows; none where more than 5 % of them lack what a measure needs.
 *
 * Source: definitions as in scikit-learn; Efron and Tibshirani (1993), ch. 13.
 *
 * @param y zeros and ones
 * @param probabilities from 0 to 1, one a row
 * @param options.threshold from which a row counts as yes, 0.5 when not given
 * @throws LevainError `single-class`, `not-binary`, `unequal-lengths`, `not-finite`, `bad-parameter`
 * @example classifierMetrics([0, 1, 0, 1], [0.1, 0.9, 0.6, 0.8]).accuracy.value // => 0.75
 */
export function classifierMetrics(
  y: Outcome,
  probabilities: ArrayLike<number>,
  options: ResampleOptions & { threshold?: number } = {},
): ClassifierMetrics {
  const { threshold = 0.5 } = options;
  checkThreshold(threshold);
  const outcome = binaryOutcome(y);
  const p = checkProbabilities(probabilities, outcome.length);
  const judged = { y: outcome, p, order: ranking(p), threshold };
  const n = outcome.length;
  return {
    n,
    positives: outcome.reduce((sum, value) => sum + value, 0),
    threshold,
    confusion: confusionOf(judged, new Uint32Array(n).fill(1)),
    ...resampled<keyof Measures>(n, (counts) => ({ ...measuresOf(judged, counts) }), options),
  };
}

export function checkThreshold(threshold: number): void {
  if (threshold >= 0 && threshold <= 1) return;
  throw new LevainError({ code: 'bad-parameter', message: `The threshold must be from 0 to 1; it is ${threshold}.` });
}
