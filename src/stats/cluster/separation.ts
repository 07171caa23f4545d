import { LevainError } from '../../base/problem';
import { zeros, type Matrix } from '../linear/matrix';
import { checkLabels } from './check';

/** How tight clusters are and how far apart. */
export interface Separation {
  /** Between-cluster over within-cluster variance; more is better. */
  readonly calinskiHarabasz: number;
  /** The mean over clusters of the worst (widthᵢ + widthⱼ) / distanceᵢⱼ; less is better. */
  readonly daviesBouldin: number;
}

/**
 * Two indices of how well labels part rows:
 *
 *     CH = ( B / (k − 1) ) / ( W / (n − k) ),     DB = (1/k) Σᵢ maxⱼ (sᵢ + sⱼ) / ‖cᵢ − cⱼ‖
 *
 * with B and W the sums of squares between and within, s a cluster's mean distance to its centre c.
 *
 * Source: Caliński and Harabasz (1974), Commun. Stat. 3; Davies and Bouldin (1979), IEEE PAMI 1.
 *
 * @param labels one a row; 2 ≤ k < n clusters, none empty
 * @throws LevainError `unequal-lengths`, `bad-parameter`, `too-few-clusters`
 * @example separation({ rows: 4, columns: 1, values: new Float64Array([0, 2, 8, 10]) }, [0, 0, 1, 1]).daviesBouldin // => 0.25
 */
export function separation(data: Matrix, labels: ArrayLike<number>): Separation {
  const k = checkLabels(labels, data.rows);
  const { rows: n, columns: p } = data;
  const { centers, counts } = clusterMeans(data, labels, k);
  if (k < 2 || k >= n || counts.some((count) => count === 0)) {
    const message = `These indices need at least two clusters, none empty, and fewer than rows; there are ${k} for ${n} rows.`;
    throw new LevainError({ code: 'too-few-clusters', message });
  }
  const { centers: whole } = clusterMeans(data, new Uint8Array(n), 1);
  const at = (row: number, c: number): number => {
    let squares = 0;
    for (let j = 0; j < p; j++) squares += (data.values[j * n + row]! - centers.values[j * k + c]!) ** 2;
    return squares;
  };
  let within = 0;
  const widths = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    const squares = at(i, labels[i]!);
    within += squares;
    widths[labels[i]!]! += Math.sqrt(squares) / counts[labels[i]!]!;
  }
  let between = 0;
  let worst = 0;
  for (let a = 0; a < k; a++) {
    for (let j = 0; j < p; j++) between += counts[a]! * (centers.values[j * k + a]! - whole.values[j]!) ** 2;
    let most = 0;
    for (let b = 0; b < k; b++) {
      let apart = 0;
      for (let j = 0; j < p; j++) apart += (centers.values[j * k + a]! - centers.values[j * k + b]!) ** 2;
      if (a !== b) most = Math.max(most, (widths[a]! + widths[b]!) / Math.sqrt(apart));
    }
    worst += most;
  }
  return { calinskiHarabasz: between / (k - 1) / (within / (n - k)), daviesBouldin: worst / k };
}

/** The mean of each cluster, k × p, and how many rows it has. */
export function clusterMeans(data: Matrix, labels: ArrayLike<number>, k: number) {
  const centers = zeros(k, data.columns);
  const counts = new Float64Array(k);
  for (let i = 0; i < data.rows; i++) counts[labels[i]!]!++;
  for (let j = 0; j < data.columns; j++) {
    for (let i = 0; i < data.rows; i++) centers.values[j * k + labels[i]!]! += data.values[j * data.rows + i]!;
    for (let c = 0; c < k; c++) centers.values[j * k + c]! /= counts[c] || 1;
  }
  return { centers, counts };
}
