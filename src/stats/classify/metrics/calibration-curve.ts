import { LevainError } from '../../../base/problem';
import { proportionInterval } from '../../intervals/proportion';
import { quantileOfSorted } from '../../summary/quantile';
import { binaryOutcome, checkProbabilities, type Outcome } from '../outcome';

export interface CalibrationPoint {
  readonly rows: number;
  /** The mean of the probabilities. */
  readonly said: number;
  /** The share of ones, with Wilson's interval. */
  readonly happened: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * What was said beside what happened: rows in bins by their probability, those without rows left out.
 *
 * @param options.bins how many, 10 when not given
 * @param options.strategy `quantile` for bins of equally many rows (when not given), `uniform` for equal widths
 * @param options.confidence in (0, 1), 0.9 when not given
 * @throws LevainError `single-class`, `not-binary`, `unequal-lengths`, `not-finite`, `bad-parameter`
 * @example calibrationCurve([0, 1], [0.2, 0.9], { strategy: 'uniform' })[1].said // => 0.9
 */
export function calibrationCurve(
  y: Outcome,
  probabilities: ArrayLike<number>,
  options: { bins?: number; strategy?: 'quantile' | 'uniform'; confidence?: number } = {},
): CalibrationPoint[] {
  const { bins = 10, strategy = 'quantile', confidence = 0.9 } = options;
  if (!(Number.isInteger(bins) && bins >= 1)) {
    const message = `The number of bins must be a whole number of 1 or more; it is ${bins}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const outcome = binaryOutcome(y);
  const p = checkProbabilities(probabilities, outcome.length);
  const sorted = p.slice().sort();
  const inner = Array.from({ length: bins - 1 }, (_, at) => (at + 1) / bins);
  const edges = strategy === 'uniform' ? inner : inner.map((share) => quantileOfSorted(sorted, share));
  const [rows, said, ones] = [new Float64Array(bins), new Float64Array(bins), new Float64Array(bins)];
  p.forEach((probability, i) => {
    const bin = edges.reduce((below, edge) => below + Number(edge < probability), 0);
    rows[bin]!++;
    said[bin]! += probability;
    ones[bin]! += outcome[i]!;
  });
  return Array.from(rows).flatMap((count, bin) => {
    if (count === 0) return [];
    const { value, lower, upper } = proportionInterval(ones[bin]!, count, { confidence });
    return [{ rows: count, said: said[bin]! / count, happened: value, lower, upper }];
  });
}
