import type { Warning } from '../../regression/design';
import { checkFeatures, readFeature, type Feature } from '../features';
import { areaUnderRoc } from '../metrics/roc';
import { binaryOutcome, type Outcome } from '../outcome';

/** A single column that ranks rows better than this has mostly seen the outcome. */
const SUSPECT = 0.98;

/**
 * Names columns that alone tell the outcome nearly without fail, which in customers' data mostly means that they were
 * written after it (a cancellation fee, a last call). Complements `checkKnownBefore` where columns have no dates.
 *
 * @param y zeros and ones
 * @param features columns; of categories, each counts by its share of ones
 * @returns a warning `too-good` for each such column
 * @throws LevainError `single-class`, `not-binary`, `mixed-column`, `unequal-lengths`
 * @example tooGoodColumns([0, 0, 1, 1], [{ name: 'fee', values: [0, 0, 9, 9] }])[0].code // => 'too-good'
 */
export function tooGoodColumns(y: Outcome, features: readonly Feature[]): Warning[] {
  const outcome = binaryOutcome(y);
  checkFeatures(features, outcome.length);
  return features.flatMap((feature) => {
    const read = readFeature(feature);
    const scores = read.kind === 'number' ? withoutMissing(read.values) : sharesOfOnes(read.values, outcome);
    if (!scores) return [];
    const { value } = areaUnderRoc(outcome, scores);
    const auc = Math.max(value, 1 - value);
    if (auc < SUSPECT) return [];
    const message = `Column "${feature.name}" alone tells the outcome nearly without fail (AUC ${auc.toFixed(3)}): was it written afterwards?`;
    return [{ code: 'too-good', message }];
  });
}

/** Missing numbers below all others; undefined where there is none. */
function withoutMissing(values: Float64Array): Float64Array | undefined {
  const least = values.reduce((low, value) => (value < low ? value : low), Infinity);
  return least === Infinity ? undefined : values.map((value) => (Number.isNaN(value) ? least - 1 : value));
}

/** Categories with a handful of rows tell an outcome by chance: they are drawn to the share of all. */
function sharesOfOnes(values: readonly (string | undefined)[], y: Float64Array): Float64Array {
  const sums = new Map<string | undefined, [number, number]>();
  values.forEach((value, i) => {
    const [ones, rows] = sums.get(value) ?? [0, 0];
    sums.set(value, [ones + y[i]!, rows + 1]);
  });
  const rate = y.reduce((sum, value) => sum + value, 0) / y.length;
  return Float64Array.from(values, (value) => {
    const [ones, rows] = sums.get(value)!;
    return rows < 5 ? rate : ones / rows;
  });
}
