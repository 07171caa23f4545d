import type { Matrix } from '../linear/matrix';
import { plainNearest, squaredDistanceTo, type Nearest } from './nearest';
import { simdNearest } from './nearest-simd';

export interface LloydRun {
  /** k runs of d numbers. */
  readonly centers: Float64Array;
  readonly labels: Int32Array;
  readonly counts: Float64Array;
  readonly inertia: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface LloydOptions {
  readonly maxIterations: number;
  /** Stops when the squared moves of the centres add up to no more. 0: when no label changes. */
  readonly tolerance: number;
}

/** What tells the nearest of k centres of each row, as quickly as this browser can. */
export function nearestIn(data: Matrix, k: number): Nearest {
  return simdNearest(data, k) ?? plainNearest(data);
}

/**
 * Lloyd's iteration from given centres: every row to its nearest centre, every centre to the mean of its rows. An emptied
 * cluster takes the row farthest from its centre, as in scikit-learn.
 *
 * @param nearest of the same rows and as many centres; its labels are written to
 */
export function lloyd(
  data: Matrix,
  initial: Float64Array,
  { maxIterations, tolerance }: LloydOptions,
  nearest: Nearest,
): LloydRun {
  const d = data.columns;
  const k = initial.length / d;
  const { labels } = nearest;
  labels.fill(-1);
  const clusters = { centers: initial.slice(), sums: new Float64Array(k * d), counts: new Float64Array(k) };
  const { centers, counts } = clusters;
  let changed = 0;
  const moved = (row: number, to: number): void => {
    move(data, clusters, row, labels[row]!, to);
    changed++;
  };
  let iterations = 0;
  let settled = false;
  let near = false;
  while (!settled && !near && iterations < maxIterations) {
    changed = 0;
    nearest.assign(centers, moved);
    settled = changed === 0;
    if (settled) break;
    fillEmpty(data, clusters, labels);
    iterations++;
    near = moveCenters(clusters, d) <= tolerance;
  }
  if (!settled) nearest.assign(centers, moved);
  let inertia = 0;
  for (let i = 0; i < data.rows; i++) inertia += squaredDistanceTo(data, i, centers, labels[i]!);
  return { centers, labels: labels.slice(), counts, inertia, iterations, converged: settled || near };
}

interface Clusters {
  readonly centers: Float64Array;
  /** Of the rows of each cluster. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** Moves a row from its cluster's sums, if it has one, to another's. */
function move(
  { rows, columns: d, values }: Matrix,
  { sums, counts }: Clusters,
  row: number,
  from: number,
  to: number,
): void {
  for (let j = 0; j < d; j++) sums[to * d + j]! += values[j * rows + row]!;
  counts[to]!++;
  if (from < 0) return;
  for (let j = 0; j < d; j++) sums[from * d + j]! -= values[j * rows + row]!;
  counts[from]!--;
}

function fillEmpty(data: Matrix, clusters: Clusters, labels: Int32Array): void {
  const { centers, counts } = clusters;
  for (let c = 0; c < counts.length; c++) {
    if (counts[c]! > 0) continue;
    let farthest = 0;
    let at = -1;
    for (let i = 0; i < data.rows; i++) {
      if (counts[labels[i]!]! < 2) continue;
      const distance = squaredDistanceTo(data, i, centers, labels[i]!);
      if (distance > farthest) [farthest, at] = [distance, i];
    }
    if (at < 0) return;
    move(data, clusters, at, labels[at]!, c);
    labels[at] = c;
  }
}

/** Moves the centres to the means; the sum of the squared moves. A centre without rows stays. */
function moveCenters({ centers, sums, counts }: Clusters, d: number): number {
  let total = 0;
  for (let c = 0; c < counts.length; c++) {
    for (let at = c * d; at < (c + 1) * d && counts[c]! > 0; at++) {
      const mean = sums[at]! / counts[c]!;
      total += (mean - centers[at]!) ** 2;
      centers[at] = mean;
    }
  }
  return total;
}
