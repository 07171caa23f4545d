import { LevainError } from '../../base/problem';
import { seededRandom } from '../../base/random';
import { pickRows, transpose, type Matrix } from '../linear/matrix';
import { checkLabels } from './check';
import { squaredDistance } from './distance';

export interface Silhouette {
  /** From −1 to 1: above 0.5 clear, 0.25 to 0.5 weak, below that hardly clusters at all. */
  readonly mean: number;
  /** The mean in each cluster; undefined for one without a row in the sample. */
  readonly byCluster: readonly (number | undefined)[];
  /** One a row looked at. */
  readonly values: Float64Array;
  /** Which rows those are. */
  readonly rows: Uint32Array;
}

/**
 * How much closer each row is to its own cluster than to the next: s = (b − a) / max(a, b), where a is the mean distance to
 * the rows of its own cluster and b the least mean distance to those of another. 0 for a row alone in its cluster.
 *
 * Source: Rousseeuw (1987), "Silhouettes", J. Comput. Appl. Math. 20; Euclidean distances.
 *
 * @param data n × p
 * @param labels one a row, at least two clusters
 * @param options.sample all pairs are measured, so of more rows than this (3,000) a seeded sample is taken
 * @throws LevainError `unequal-lengths`, `bad-parameter`, `too-few-clusters`
 * @example silhouette({ rows: 4, columns: 1, values: new Float64Array([0, 0, 9, 9]) }, [0, 0, 1, 1]).mean // => 1
 */
export function silhouette(
  data: Matrix,
  labels: ArrayLike<number>,
  options: { sample?: number; seed?: number } = {},
): Silhouette {
  const { sample = 3000, seed = 1 } = options;
  const k = checkLabels(labels, data.rows);
  const rows = sampleOf(data.rows, sample, seed);
  const points = transpose(data.rows > sample ? pickRows(data, rows) : data).values;
  const own = Int32Array.from(rows, (row) => labels[row]!);
  const counts = new Float64Array(k);
  for (const label of own) counts[label]!++;
  if (counts.filter((count) => count > 0).length < 2) {
    const message = 'A silhouette needs rows of at least two clusters.';
    throw new LevainError({ code: 'too-few-clusters', message, hint: 'Ask for two clusters or more.' });
  }
  const sums = distanceSums(points, data.columns, own, k);
  const values = Float64Array.from(own, (label, i) => {
    if (counts[label] === 1) return 0;
    const a = sums[i * k + label]! / (counts[label]! - 1);
    let b = Infinity;
    for (let c = 0; c < k; c++) if (c !== label && counts[c]! > 0) b = Math.min(b, sums[i * k + c]! / counts[c]!);
    return a === 0 && b === 0 ? 0 : (b - a) / Math.max(a, b);
  });
  const totals = new Float64Array(k);
  own.forEach((label, i) => (totals[label]! += values[i]!));
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    byCluster: Array.from(totals, (total, c) => (counts[c]! > 0 ? total / counts[c]! : undefined)),
    values,
    rows,
  };
}

/** Of each row, the distances to all rows of each cluster, added up: n × k, row after row. */
function distanceSums(points: Float64Array, d: number, labels: Int32Array, k: number): Float64Array {
  const sums = new Float64Array(labels.length * k);
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < i; j++) {
      const distance = Math.sqrt(squaredDistance(points, i * d, points, j * d, d));
      sums[i * k + labels[j]!]! += distance;
      sums[j * k + labels[i]!]! += distance;
    }
  }
  return sums;
}

/** All rows, or `most` of them drawn without return, in their sequence. */
export function sampleOf(n: number, most: number, seed: number): Uint32Array {
  const rows = Uint32Array.from({ length: n }, (_, i) => i);
  if (n <= most) return rows;
  const random = seededRandom(seed);
  for (let i = 0; i < most; i++) {
    const other = i + random.integer(n - i);
    [rows[i], rows[other]] = [rows[other]!, rows[i]!];
  }
  return rows.slice(0, most).sort();
}
