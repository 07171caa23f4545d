import { LevainError } from '../../../base/problem';
import { seededRandom } from '../../../base/random';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../../intervals/interval';
import { quantileOfSorted } from '../../summary/quantile';

export interface ResampleOptions {
  /** Of the intervals, in (0, 1); 0.9 when not given. */
  readonly confidence?: number;
  /** How often rows are drawn again, at least 100; 500 when not given. */
  readonly resamples?: number;
  readonly seed?: number;
}

/** An estimate whose interval is left out where it is not known: too few rows of a kind. */
export interface Resampled extends Omit<Estimate, 'lower' | 'upper'> {
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** A resample may lack a kind of row; with more of them than this share, a statistic gets no interval. */
const MOST_UNDEFINED = 0.05;

/**
 * Percentile intervals of several statistics from the same resamples of n rows. What drawing again pushes to one side, as it does
 * a calibration error, whose bins hold fewer rows of their own, may lie outside of all that is drawn: its interval is moved back by
 * the distance of their median, not below 0 where nothing drawn is.
 *
 * @param statistics from how often each row counts to numbers by name; NaN where a statistic does not exist
 * @throws LevainError `bad-parameter`
 */
export function resampled<K extends string>(
  n: number,
  statistics: (counts: Uint32Array) => Record<K, number>,
  options: ResampleOptions = {},
): Record<K, Resampled> {
  const { confidence = DEFAULT_CONFIDENCE, resamples = 500, seed = 1 } = options;
  checkConfidence(confidence);
  if (!(Number.isInteger(resamples) && resamples >= 100)) {
    const message = `A bootstrap needs at least 100 resamples; it was given ${resamples}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const counts = new Uint32Array(n).fill(1);
  const values = statistics(counts);
  const names = Object.keys(values) as K[];
  const redrawn = new Map(names.map((name) => [name, [] as number[]]));
  const random = seededRandom(seed);
  for (let round = 0; round < resamples; round++) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[random.integer(n)]!++;
    const found = statistics(counts);
    for (const name of names) if (!Number.isNaN(found[name])) redrawn.get(name)!.push(found[name]);
  }
  const estimates = names.map((name): [K, Resampled] => {
    const sorted = Float64Array.from(redrawn.get(name)!).sort();
    const isKnown = sorted.length >= (1 - MOST_UNDEFINED) * resamples && !Number.isNaN(values[name]);
    const tails = [(1 - confidence) / 2, (1 + confidence) / 2] as const;
    const [lower, upper] = isKnown ? around(sorted, values[name], tails) : [undefined, undefined];
    return [
      name,
      {
        value: values[name],
        standardError: isKnown ? deviation(sorted) : NaN,
        lower,
        upper,
        confidence,
      },
    ];
  });
  return Object.fromEntries(estimates) as Record<K, Resampled>;
}

/** The quantiles of what was drawn, about the value. */
function around(sorted: Float64Array, value: number, [low, high]: readonly [number, number]): [number, number] {
  const [lower, upper] = [quantileOfSorted(sorted, low), quantileOfSorted(sorted, high)];
  if (value >= lower && value <= upper) return [lower, upper];
  const bias = quantileOfSorted(sorted, 0.5) - value;
  const moved = lower - bias;
  return [sorted[0]! >= 0 ? Math.max(0, moved) : moved, upper - bias];
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
