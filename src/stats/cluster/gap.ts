import { seededRandom, type Random } from '../../base/random';
import { column, zeros, type Matrix } from '../linear/matrix';
import { kMeans } from './k-means';
import { fromComponents, principalComponents } from './principal-components';

/** Gap statistic of one number of clusters. */
export interface GapRow {
  readonly k: number;
  readonly gap: number;
  /** √(1 + 1/B) times the standard deviation of log W over the B reference sets. */
  readonly standardError: number;
}

/**
 * How much tighter k clusters are than in data without any: Gap(k) = E*[log Wₖ] − log Wₖ, where W is the inertia and E*
 * the mean over data drawn evenly from the box around the principal components.
 *
 * Source: Tibshirani, Walther and Hastie (2001), "Estimating the number of clusters in a data set via the gap statistic",
 * JRSS B 63, with the reference of their choice (b).
 *
 * @param data n × p
 * @param ks numbers of clusters, each below n
 * @param options.references B, 20 when not given
 * @throws LevainError as `kMeans`
 * @example gapStatistic({ rows: 4, columns: 1, values: new Float64Array([0, 1, 8, 9]) }, [1, 2]).length // => 2
 */
export function gapStatistic(
  data: Matrix,
  ks: readonly number[],
  options: { references?: number; starts?: number; seed?: number } = {},
): GapRow[] {
  const { references = 20, starts = 3, seed = 1 } = options;
  const random = seededRandom(seed);
  const draw = referenceOf(data);
  const dispersion = (points: Matrix, k: number): number =>
    Math.log(kMeans(points, { k, starts, seed }).inertia || Number.MIN_VALUE);
  const drawn = Array.from({ length: references }, () => draw(random));
  return ks.map((k) => {
    const logs = drawn.map((points) => dispersion(points, k));
    const mean = logs.reduce((sum, value) => sum + value, 0) / references;
    const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / references;
    return { k, gap: mean - dispersion(data, k), standardError: Math.sqrt(variance * (1 + 1 / references)) };
  });
}

/** Draws data sets that fill the box of the principal components evenly. */
function referenceOf(data: Matrix): (random: Random) => Matrix {
  const parts = principalComponents(data);
  const { rows, columns } = parts.scores;
  const bounds = Array.from({ length: columns }, (_, j) => {
    const values = column(parts.scores, j);
    return { low: values.reduce((a, b) => Math.min(a, b)), high: values.reduce((a, b) => Math.max(a, b)) };
  });
  return (random) => {
    const even = zeros(rows, columns);
    bounds.forEach(({ low, high }, j) => {
      const values = column(even, j);
      for (let i = 0; i < rows; i++) values[i] = low + (high - low) * random.uniform();
    });
    return fromComponents(parts, even);
  };
}
