import { studentTQuantile } from '../distributions/student-t';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../intervals/interval';
import { notFinite } from '../summary/moments';
import { checkLabels } from './check';

/** A cluster's mean of one column beside everybody's. */
export interface Trait {
  readonly name: string;
  /** In the column's own unit, with an interval over the cluster's rows; a row alone has one without end. */
  readonly mean: Estimate;
  /** The mean of all rows that are not in the cluster. */
  readonly others: number;
  /** (mean − others) over the column's standard deviation: beyond ±0.5 it sets the cluster apart. */
  readonly difference: number;
}

export interface ClusterProfile {
  readonly cluster: number;
  readonly size: number;
  readonly share: number;
  /** In the sequence of the columns. */
  readonly traits: readonly Trait[];
  /** What sets it apart, most first: “high spend, low recency”; “near the average” where nothing does. */
  readonly summary: string;
}

export interface ProfileColumn {
  readonly name: string;
  /** One value a row, in the unit to be read. */
  readonly values: ArrayLike<number>;
}

/** Differences of less than half a standard deviation are not named. */
const WORTH_NAMING = 0.5;

/**
 * Who is in each cluster: its size, the mean of each column with an interval, and what sets it apart from the rest. The
 * columns need not be those that were clustered by. Where they are, the differences were looked for, so they are no test.
 *
 * @param columns in their own units, as many rows as labels
 * @param labels one a row, from 0
 * @throws LevainError `unequal-lengths`, `not-finite`, `bad-parameter`
 * @example profileClusters([{ name: 'orders', values: [1, 2, 9, 8] }], [0, 0, 1, 1]).map((row) => row.summary) // => ['low orders', 'high orders']
 */
export function profileClusters(
  columns: readonly ProfileColumn[],
  labels: ArrayLike<number>,
  options: { confidence?: number } = {},
): ClusterProfile[] {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const rows = labels.length;
  const k = checkLabels(labels, rows);
  for (const { name, values } of columns) {
    checkLabels(labels, values.length);
    const at = Array.prototype.findIndex.call(values, (value) => !Number.isFinite(value));
    if (at >= 0) throw notFinite(`column “${name}”`, at, values[at]);
  }
  const sums = columns.map(({ values }) => sumsOf(values, labels, k));
  const sizes = new Float64Array(k);
  for (let i = 0; i < rows; i++) sizes[labels[i]!]!++;
  return Array.from(sizes, (size, cluster) => {
    const traits = columns.map(({ name }, j) => traitOf(name, sums[j]!, sizes, cluster, confidence));
    return { cluster, size, share: size / rows, traits, summary: summaryOf(traits) };
  });
}

interface Sums {
  readonly means: Float64Array;
  /** Squared differences from the cluster's own mean. */
  readonly squares: Float64Array;
  /** Standard deviation of all rows. */
  readonly deviation: number;
}

function sumsOf(values: ArrayLike<number>, labels: ArrayLike<number>, k: number): Sums {
  const counts = new Float64Array(k);
  const means = new Float64Array(k);
  const squares = new Float64Array(k);
  let all = 0;
  let spread = 0;
  for (let i = 0; i < values.length; i++) {
    const [value, c] = [values[i]!, labels[i]!];
    counts[c]!++;
    const before = value - means[c]!;
    means[c]! += before / counts[c]!;
    squares[c]! += before * (value - means[c]!);
    const off = value - all;
    all += off / (i + 1);
    spread += off * (value - all);
  }
  return { means, squares, deviation: Math.sqrt(spread / Math.max(1, values.length - 1)) };
}

function traitOf(name: string, sums: Sums, sizes: Float64Array, cluster: number, confidence: number): Trait {
  const { means, squares, deviation } = sums;
  const size = sizes[cluster]!;
  const value = means[cluster]!;
  let total = 0;
  let rest = 0;
  sizes.forEach((count, c) => {
    if (c === cluster) return;
    total += count * means[c]!;
    rest += count;
  });
  const others = rest > 0 ? total / rest : value;
  const standardError = size > 1 ? Math.sqrt(squares[cluster]! / (size - 1) / size) : Infinity;
  const reach = size > 1 ? studentTQuantile((1 + confidence) / 2, size - 1) * standardError : Infinity;
  return {
    name,
    mean: { value, standardError, lower: value - reach, upper: value + reach, confidence },
    others,
    difference: deviation > 0 ? (value - others) / deviation : 0,
  };
}

function summaryOf(traits: readonly Trait[]): string {
  const named = traits
    .filter(({ difference }) => Math.abs(difference) >= WORTH_NAMING)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
    .slice(0, 3)
    .map(({ name, difference }) => `${difference > 0 ? 'high' : 'low'} ${name}`);
  return named.length > 0 ? named.join(', ') : 'near the average';
}
