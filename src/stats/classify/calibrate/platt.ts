import type { Contributions } from '../explain/contributions';
import { logistic } from '../logistic/logistic';
import { sigmoid } from '../logistic/model';
import { checkProbabilities, type Outcome } from '../outcome';

/** A map of probabilities: log odds times `slope`, plus `intercept`. */
export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

/** Log odds beyond this are cut, so that a probability of 0 or 1 has some. */
const FARTHEST = 36;

/**
 * Platt's calibration: a logistic regression of what happened on the log odds that were said. A slope below 1 means that
 * they were too sure. Fit it to rows that the model has not seen; it needs fewer than `isotonic`.
 *
 * Source: Platt (1999), "Probabilistic outputs for support vector machines", without his shrunken targets.
 *
 * @param y zeros and ones
 * @param probabilities one a row
 * @throws LevainError `separation` where the probabilities tell the outcome without fail; `single-class`, `not-binary`
 * @example platt([0, 1, 0, 1, 1, 0], [0.2, 0.8, 0.7, 0.6, 0.3, 0.4]).slope > 0 // => true
 */
export function platt(y: Outcome, probabilities: ArrayLike<number>): PlattScaling {
  const p = checkProbabilities(probabilities, y.length);
  const { intercept, coefficients } = logistic(y, [{ name: 'log odds', values: p.map(oddsOf) }]);
  return { slope: coefficients[0] ?? 0, intercept };
}

/**
 * Probabilities after Platt's map.
 *
 * @throws LevainError `not-finite`, `bad-parameter`
 * @example Array.from(plattProbabilities({ slope: 1, intercept: 0 }, [0.5])) // => [0.5]
 */
export function plattProbabilities({ slope, intercept }: PlattScaling, probabilities: ArrayLike<number>): Float64Array {
  return checkProbabilities(probabilities, probabilities.length).map((p) => sigmoid(intercept + slope * oddsOf(p)));
}

function oddsOf(p: number): number {
  return Math.min(FARTHEST, Math.max(-FARTHEST, Math.log(p / (1 - p))));
}

/**
 * What columns add to the log odds after Platt's map: the map is straight, so that contributions go along with it and
 * still add up.
 *
 * @example plattContributions({ slope: 2, intercept: 1 }, { names: ['x'], base: 3, rows: 1, values: Float64Array.of(4) }).base // => 7
 */
export function plattContributions({ slope, intercept }: PlattScaling, contributions: Contributions): Contributions {
  const { base, values } = contributions;
  return { ...contributions, base: intercept + slope * base, values: values.map((value) => slope * value) };
}
