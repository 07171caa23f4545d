import { LevainError } from '../../../base/problem';
import type { Warning } from '../../regression/design';
import { checkThreshold } from '../metrics/metrics';
import { confusionOf, measuresOf, type Judged } from '../metrics/measures';
import { ranking } from '../metrics/ranking';
import { resampled, type Resampled, type ResampleOptions } from '../metrics/resample';
import { binaryOutcome, checkProbabilities, type Outcome } from '../outcome';

/** What the model does to one group. */
export type GroupMeasure =
  | 'baseRate'
  | 'selectionRate'
  | 'truePositiveRate'
  | 'falsePositiveRate'
  | 'precision'
  | 'accuracy'
  | 'auc'
  | 'meanScore'
  | 'brier';

export interface GroupMetrics extends Readonly<Record<GroupMeasure, Resampled>> {
  readonly group: string;
  readonly n: number;
  readonly positives: number;
}

/** How far apart groups are, with fairlearn's names. */
export type Disparity =
  | 'demographicParityDifference'
  | 'demographicParityRatio'
  | 'equalOpportunityDifference'
  | 'equalizedOddsDifference'
  | 'equalizedOddsRatio'
  | 'predictiveParityDifference';

export interface Fairness {
  readonly groups: readonly GroupMetrics[];
  /** Differences are the largest less the smallest over groups, ratios the smallest over the largest. */
  readonly disparities: Readonly<Record<Disparity, Resampled>>;
  readonly warnings: readonly Warning[];
}

/** With fewer rows of a kind than this, a group's rates say little. */
const FEW = 20;
/** Under this ratio of selection rates, the four-fifths rule speaks of adverse impact. */
const FOUR_FIFTHS = 0.8;

/**
 * What a model does to groups of people: how often each is selected at a threshold, how often rightly and wrongly, with
 * percentile intervals from resamples of all rows. Equalised odds take the worse of the gaps in true and in false positive
 * rates. The interval of a disparity is that of the two groups which are farthest apart in the rows as they are: the largest
 * gap of each resample would be larger still, by chance, than what it is to show. So it may reach below a gap of 0, or above
 * a ratio of 1, where it is not sure which of the two groups is ahead; and as the farthest of several, a gap is rather too wide.
 *
 * Source: Hardt, Price and Srebro (2016), "Equality of opportunity in supervised learning", NIPS 29; definitions as in
 * fairlearn.
 *
 * @param y zeros and ones of rows that the model has not seen
 * @param probabilities one a row
 * @param groups the group of each row
 * @param options.threshold from which a row is selected, 0.5 when not given
 * @returns warnings `small-group` and `four-fifths`
 * @throws LevainError `single-group`, `single-class`, `not-binary`, `unequal-lengths`, `not-finite`, `bad-parameter`
 * @example fairness([1, 0, 1, 0], [0.9, 0.2, 0.8, 0.7], ['a', 'a', 'b', 'b']).disparities.demographicParityDifference.value // => 0.5
 */
export function fairness(
  y: Outcome,
  probabilities: ArrayLike<number>,
  groups: ArrayLike<string | number | boolean | null | undefined>,
  options: ResampleOptions & { threshold?: number } = {},
): Fairness {
  const { threshold = 0.5 } = options;
  checkThreshold(threshold);
  const outcome = binaryOutcome(y);
  const n = outcome.length;
  const p = checkProbabilities(probabilities, n);
  if (groups.length !== n) {
    throw new LevainError({ code: 'unequal-lengths', message: `There are ${groups.length} groups for ${n} outcomes.` });
  }
  const members = new Map<string, number[]>();
  for (let i = 0; i < n; i++) {
    const group = String(groups[i] ?? 'missing');
    if (!members.has(group)) members.set(group, []);
    members.get(group)!.push(i);
  }
  const names = [...members.keys()].sort();
  if (names.length < 2) {
    const message = `All rows are of one group, "${names[0]}": there is nothing to compare.`;
    throw new LevainError({ code: 'single-group', message });
  }
  const parts = names.map((name) => partOf(members.get(name)!, outcome, p, threshold));
  const once = new Uint32Array(n).fill(1);
  const disparitiesOf = disparitiesBetween(parts.map((part) => ratesOf(part, once)));
  const statistics = (counts: Uint32Array): Record<string, number> => {
    const rates = parts.map((part) => ratesOf(part, counts));
    const each = rates.flatMap((rate, at) => Object.entries(rate).map(([key, value]) => [`${at} ${key}`, value]));
    return { ...(Object.fromEntries(each) as Record<string, number>), ...disparitiesOf(rates) };
  };
  const found = resampled(n, statistics, options);
  const pick = <K extends string>(keys: readonly K[], prefix: string): Record<K, Resampled> =>
    Object.fromEntries(keys.map((key) => [key, found[prefix + key]!])) as Record<K, Resampled>;
  const measured = names.map((group, at) => ({
    group,
    n: parts[at]!.rows.length,
    positives: parts[at]!.judged.y.reduce((sum, value) => sum + value, 0),
    ...pick(GROUP_MEASURES, `${at} `),
  }));
  const disparities = pick(DISPARITIES, '');
  return { groups: measured, disparities, warnings: warningsOf(measured, disparities) };
}

const GROUP_MEASURES = 'baseRate selectionRate truePositiveRate falsePositiveRate precision accuracy auc meanScore brier'.split(' ') as GroupMeasure[]; // prettier-ignore
const DISPARITIES = [
  'demographicParityDifference',
  'demographicParityRatio',
  'equalOpportunityDifference',
  'equalizedOddsDifference',
  'equalizedOddsRatio',
  'predictiveParityDifference',
] as const;

interface Part {
  readonly rows: readonly number[];
  readonly judged: Judged;
}

function partOf(rows: readonly number[], y: Float64Array, p: Float64Array, threshold: number): Part {
  const own = Float64Array.from(rows, (i) => p[i]!);
  return { rows, judged: { y: Float64Array.from(rows, (i) => y[i]!), p: own, order: ranking(own), threshold } };
}

function ratesOf({ rows, judged }: Part, all: Uint32Array): Record<GroupMeasure, number> {
  const counts = Uint32Array.from(rows, (i) => all[i]!);
  const { trueNegatives: tn, falsePositives: fp, falseNegatives: fn, truePositives: tp } = confusionOf(judged, counts);
  const n = tn + fp + fn + tp;
  const { auc, brier, precision, accuracy } = measuresOf(judged, counts);
  return {
    baseRate: (tp + fn) / n,
    selectionRate: (tp + fp) / n,
    truePositiveRate: tp / (tp + fn),
    falsePositiveRate: fp / (fp + tn),
    precision,
    accuracy,
    auc,
    meanScore: counts.reduce((sum, count, k) => sum + count * judged.p[k]!, 0) / n,
    brier,
  };
}

/** The groups of the largest and of the smallest rate, by their places. */
interface Ends {
  readonly key: GroupMeasure;
  readonly most: number;
  readonly least: number;
}

/** How far apart the groups are whose rates lie farthest apart in `observed`, by other rates of the same groups. */
function disparitiesBetween(
  observed: readonly Record<GroupMeasure, number>[],
): (rates: readonly Record<GroupMeasure, number>[]) => Record<Disparity, number> {
  const ends = (key: GroupMeasure): Ends => {
    const values = observed.map((rate) => rate[key]);
    // NaN where a group lacks the rate, so that no group has the largest.
    return { key, most: values.indexOf(Math.max(...values)), least: values.indexOf(Math.min(...values)) };
  };
  type Rates = typeof observed;
  const gap = ({ key, most, least }: Ends, rates: Rates): number =>
    (rates[most]?.[key] ?? NaN) - (rates[least]?.[key] ?? NaN);
  const ratio = ({ key, most, least }: Ends, rates: Rates): number =>
    (rates[least]?.[key] ?? NaN) / (rates[most]?.[key] ?? NaN);
  const [selected, found, mistaken, precise] = [
    ends('selectionRate'),
    ends('truePositiveRate'),
    ends('falsePositiveRate'),
    ends('precision'),
  ];
  const worse = (of: typeof gap, isWorse: (a: number, b: number) => boolean): Ends =>
    isWorse(of(mistaken, observed), of(found, observed)) || Number.isNaN(of(mistaken, observed)) ? mistaken : found;
  const [byGap, byRatio] = [worse(gap, (a, b) => a > b), worse(ratio, (a, b) => a < b)];
  return (rates) => ({
    demographicParityDifference: gap(selected, rates),
    demographicParityRatio: ratio(selected, rates),
    equalOpportunityDifference: gap(found, rates),
    equalizedOddsDifference: gap(byGap, rates),
    equalizedOddsRatio: ratio(byRatio, rates),
    predictiveParityDifference: gap(precise, rates),
  });
}

function warningsOf(groups: readonly GroupMetrics[], disparities: Fairness['disparities']): Warning[] {
  const warnings = groups
    .filter(({ n, positives }) => Math.min(positives, n - positives) < FEW)
    .map(({ group, n, positives }) => ({
      code: 'small-group',
      message: `Group "${group}" has ${positives} ones and ${n - positives} zeros: its rates say little.`,
    }));
  const { value } = disparities.demographicParityRatio;
  if (value < FOUR_FIFTHS) {
    const message = `The group selected least is selected ${(100 * value).toFixed(0)} % as often as the one selected most: below four fifths, ask why.`;
    warnings.push({ code: 'four-fifths', message });
  }
  return warnings;
}
