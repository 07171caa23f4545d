import { binaryOutcome, checkScores, type Outcome } from '../outcome';
import { ranking, stepsOf } from './ranking';

export interface PrecisionRecallPoint {
  /** Rows of this score or more count as yes. */
  readonly threshold: number;
  /** Of those that count as yes, the share that are. */
  readonly precision: number;
  /** Of those that are, the share that count as yes. */
  readonly recall: number;
}

/**
 * Precision and recall for each threshold, from the highest score down.
 *
 * @throws LevainError `single-class`, `not-binary`, `unequal-lengths`, `not-finite`
 * @example precisionRecallCurve([0, 1], [0.2, 0.9])[0].precision // => 1
 */
export function precisionRecallCurve(y: Outcome, scores: ArrayLike<number>): PrecisionRecallPoint[] {
  const outcome = binaryOutcome(y);
  const given = checkScores('scores', scores, outcome.length);
  const steps = stepsOf(ranking(given), outcome, given);
  const ones = steps.at(-1)!.truePositives;
  return steps.map(({ threshold, truePositives, falsePositives }) => ({
    threshold,
    precision: truePositives / (truePositives + falsePositives),
    recall: truePositives / ones,
  }));
}
