import { LevainError } from '../../base/problem';
import { pickRows, type Matrix } from '../linear/matrix';
import { gapStatistic } from './gap';
import { kMeans } from './k-means';
import { sampleOf, silhouette } from './silhouette';

/** What speaks for one number of clusters. */
export interface ClusterCount {
  readonly k: number;
  readonly inertia: number;
  /** Undefined for one cluster. */
  readonly silhouette: number | undefined;
  readonly gap: number;
  readonly gapError: number;
}

export interface ClusterCounts {
  readonly rows: readonly ClusterCount[];
  /** The number that each rule picks. They need not agree: round clusters far apart are rare in customers. */
  readonly bySilhouette: number;
  /** The smallest k whose gap is within one standard error of the next; 1 says that there may be no clusters. */
  readonly byGap: number;
  /** Where inertia's curve bends most. */
  readonly byElbow: number;
}

/** Rows that the silhouette and the gap look at; the inertia is of all. */
const SAMPLE = { silhouette: 2000, gap: 800 };

/**
 * Tries 1 to `most` clusters and says what speaks for each number.
 *
 * @param data n × p, n > most
 * @param options.most 8 when not given
 * @param options.starts of each k-means, 5 when not given
 * @throws LevainError as `kMeans`
 * @example chooseK({ rows: 6, columns: 1, values: new Float64Array([0, 0.1, 0.2, 9, 9.1, 9.2]) }, { most: 4 }).bySilhouette // => 2
 */
export function chooseK(data: Matrix, options: { most?: number; starts?: number; seed?: number } = {}): ClusterCounts {
  const { most = 8, starts = 5, seed = 1 } = options;
  if (!Number.isInteger(most) || most < 2) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `The most clusters to try must be 2 or more; it is ${most}.`,
    });
  }
  const ks = Array.from({ length: most }, (_, i) => i + 1);
  const few = data.rows > SAMPLE.gap ? pickRows(data, sampleOf(data.rows, SAMPLE.gap, seed)) : data;
  const gaps = gapStatistic(few, ks, { seed });
  const rows = ks.map((k, i): ClusterCount => {
    const { inertia, labels } = kMeans(data, { k, starts, seed });
    return {
      k,
      inertia,
      silhouette: k > 1 ? silhouette(data, labels, { sample: SAMPLE.silhouette, seed }).mean : undefined,
      gap: gaps[i]!.gap,
      gapError: gaps[i]!.standardError,
    };
  });
  const enough = rows.find(({ gap }, i) => i + 1 === most || gap >= rows[i + 1]!.gap - rows[i + 1]!.gapError);
  return {
    rows,
    bySilhouette: rows.slice(1).reduce((best, row) => (row.silhouette! > best.silhouette! ? row : best)).k,
    byGap: enough!.k,
    byElbow: elbowOf(rows.map(({ inertia }) => inertia)) + 1,
  };
}

/**
 * The index at which a falling curve is farthest below the straight line from its first point to its last.
 *
 * Source: Satopää et al. (2011), "Finding a kneedle in a haystack", ICDCS workshops, without smoothing.
 *
 * @param values two or more
 * @example elbowOf([100, 20, 10, 5]) // => 1
 */
export function elbowOf(values: ArrayLike<number>): number {
  const last = values.length - 1;
  let best = 0;
  let deepest = 0;
  for (let i = 1; i < last; i++) {
    const below = values[0]! + ((values[last]! - values[0]!) * i) / last - values[i]!;
    if (below > deepest) [deepest, best] = [below, i];
  }
  return best;
}
