import { normalQuantile } from '../../distributions/normal';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../../intervals/interval';
import { proportionInterval } from '../../intervals/proportion';
import { binaryOutcome, checkScores, type Outcome } from '../outcome';
import { ranking, stepsOf } from './ranking';

export interface RocPoint {
  /** Rows of this score or more count as yes. */
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/**
 * The receiver operating characteristic: for each threshold, the share of the ones found and of the zeros mistaken.
 *
 * @param y zeros and ones
 * @param scores one a row; the higher, the more likely
 * @returns from (0, 0) to (1, 1)
 * @throws LevainError `single-class`, `not-binary`, `unequal-lengths`, `not-finite`
 * @example rocCurve([0, 1], [0.2, 0.9]).length // => 3
 */
export function rocCurve(y: Outcome, scores: ArrayLike<number>): RocPoint[] {
  const outcome = binaryOutcome(y);
  const given = checkScores('scores', scores, outcome.length);
  const steps = stepsOf(ranking(given), outcome, given);
  const { truePositives: ones, falsePositives: zeros } = steps.at(-1)!;
  const points = steps.map(({ threshold, truePositives, falsePositives }) => ({
    threshold,
    falsePositiveRate: falsePositives / zeros,
    truePositiveRate: truePositives / ones,
  }));
  return [{ threshold: Infinity, falsePositiveRate: 0, truePositiveRate: 0 }, ...points];
}

/**
 * The area under the ROC curve: the chance that a one scores above a zero, ties counting half. Its standard error is
 * DeLong's; the interval is made on the logit, so that it stays within 0 and 1. At 0 and 1, where that error is 0, it is
 * Wilson's for as many trials as there are rows of the rarer kind.
 *
 * Source: DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44; Sun and Xu (2014), IEEE Signal Processing Letters 21.
 *
 * @param options.confidence in (0, 1), 0.9 when not given
 * @throws as {@link rocCurve}
 * @example areaUnderRoc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).value // => 0.75
 */
export function areaUnderRoc(y: Outcome, scores: ArrayLike<number>, options: { confidence?: number } = {}): Estimate {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const outcome = binaryOutcome(y);
  const given = checkScores('scores', scores, outcome.length);
  const all = midranks(given, (_, i) => i >= 0);
  const own = [0, 1].map((kind) => midranks(given, (_, i) => outcome[i] === kind));
  const ones = outcome.reduce((sum, value) => sum + value, 0);
  const zeros = outcome.length - ones;
  // For each row, the share of the other kind that it is on the right side of.
  const placements: [number[], number[]] = [[], []];
  outcome.forEach((value, i) => {
    const above = (all[i]! - own[value]![i]!) / (value === 1 ? zeros : ones);
    placements[value as 0 | 1].push(value === 1 ? above : 1 - above);
  });
  const value = placements[1].reduce((sum, share) => sum + share, 0) / ones;
  const spread = (shares: readonly number[]): number =>
    shares.length < 2 ? 0.25 : shares.reduce((sum, share) => sum + (share - value) ** 2, 0) / (shares.length - 1);
  const standardError = Math.sqrt(spread(placements[1]) / ones + spread(placements[0]) / zeros);
  if (value === 0 || value === 1 || standardError === 0) {
    const trials = Math.min(ones, zeros);
    const { lower, upper } = proportionInterval(Math.round(value * trials), trials, { confidence });
    return { value, standardError, lower, upper, confidence };
  }
  const logit = Math.log(value / (1 - value));
  const reach = (normalQuantile((1 + confidence) / 2) * standardError) / (value * (1 - value));
  const back = (x: number): number => 1 / (1 + Math.exp(-x));
  return { value, standardError, lower: back(logit - reach), upper: back(logit + reach), confidence };
}

/** The ranks of some values from the least up, ties sharing the mean of theirs; 0 for those left out. */
function midranks(values: Float64Array, takes: (value: number, i: number) => boolean): Float64Array {
  const order = Uint32Array.from(values.keys()).filter((i) => takes(values[i]!, i));
  order.sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let k = start; k < end; k++) ranks[order[k]!] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}
