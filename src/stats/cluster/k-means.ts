import { LevainError, type Problem } from '../../base/problem';
import { seededRandom } from '../../base/random';
import { column, pickRows, transpose, type Matrix } from '../linear/matrix';
import { checkClusters, checkInitial } from './check';
import { plusPlusCenters } from './k-means-start';
import { lloyd, nearestIn, type LloydRun } from './lloyd';

export interface KMeansOptions {
  readonly k: number;
  /** How many times to begin anew; the best is kept. 10 when not given. */
  readonly starts?: number;
  /** k × p centres to begin at, in place of drawn ones; the clusters keep their sequence. */
  readonly initial?: Matrix;
  readonly seed?: number;
  /** 300 when not given. */
  readonly maxIterations?: number;
  /** Stop when the centres' squared moves, over the columns' mean variance, are no more: 1e-4. 0: when no row moves. */
  readonly tolerance?: number;
}

export interface KMeans {
  readonly k: number;
  /** k × p, largest cluster first. */
  readonly centers: Matrix;
  /** One a row, 0 to k − 1. */
  readonly labels: Int32Array;
  readonly sizes: Float64Array;
  /** Σ of the squared distances to the own centre: less is tighter. */
  readonly inertia: number;
  /** Of the start that was kept. */
  readonly iterations: number;
  readonly starts: number;
  readonly warnings: readonly Problem[];
}

/**
 * k-means: k centres c such that Σᵢ minₖ ‖xᵢ − cₖ‖² is small, by Lloyd's iteration from greedy k-means++ starts. It finds
 * round clusters of about equal width; scale the columns first (`features`).
 *
 * Source: Lloyd (1982), "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28; Arthur and Vassilvitskii (2007);
 * defaults as scikit-learn 1.2.
 *
 * @param data n × p, finite, n ≥ k
 * @returns with the warning `not-converged` where `maxIterations` ended it, `empty-cluster` where points run out
 * @throws LevainError `bad-parameter`, `too-few-rows`, `bad-shape`, `not-finite`
 * @example Array.from(kMeans({ rows: 4, columns: 1, values: new Float64Array([1, 2, 9, 10]) }, { k: 2 }).sizes) // => [2, 2]
 */
export function kMeans(data: Matrix, options: KMeansOptions): KMeans {
  const { k, starts = 10, initial, seed = 1, maxIterations = 300, tolerance = 1e-4 } = options;
  checkClusters('k-means', data, k);
  for (const [name, value] of Object.entries({ starts, maxIterations })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new LevainError({ code: 'bad-parameter', message: `${name} must be a whole number from 1; it is ${value}.` });
  }
  const nearest = nearestIn(data, k);
  const stop = { maxIterations, tolerance: tolerance * meanVariance(data) };
  if (initial) {
    checkInitial(initial, k, data.columns);
    return result(lloyd(data, transpose(initial).values, stop, nearest), data.columns, 1);
  }
  const random = seededRandom(seed);
  let best: LloydRun | undefined;
  for (let start = 0; start < (k === 1 ? 1 : starts); start++) {
    const run = lloyd(data, plusPlusCenters(data, k, random), stop, nearest);
    if (!best || run.inertia < best.inertia) best = run;
  }
  return largestFirst(result(best!, data.columns, starts));
}

function meanVariance(data: Matrix): number {
  let total = 0;
  for (let j = 0; j < data.columns; j++) {
    const values = column(data, j);
    let mean = 0;
    for (let i = 0; i < data.rows; i++) mean += values[i]!;
    mean /= data.rows;
    for (let i = 0; i < data.rows; i++) total += (values[i]! - mean) ** 2;
  }
  return total / (data.rows * data.columns);
}

function result(run: LloydRun, d: number, starts: number): KMeans {
  const { centers, labels, counts, inertia, iterations, converged } = run;
  const k = counts.length;
  const warnings: Problem[] = [];
  if (!converged) {
    const message = `The centres were still moving after ${iterations} rounds.`;
    warnings.push({ code: 'not-converged', message, hint: 'Allow more iterations.' });
  }
  const empty = counts.filter((count) => count === 0).length;
  if (empty > 0) {
    const message = `${empty} of ${k} clusters hold no row: too few rows differ.`;
    warnings.push({ code: 'empty-cluster', message, hint: 'Ask for fewer clusters.' });
  }
  const asMatrix = transpose({ rows: d, columns: k, values: centers });
  return { k, centers: asMatrix, labels, sizes: counts, inertia, iterations, starts, warnings };
}

/** Numbers the clusters by size, so that another seed or sequence of rows gives the same numbers. */
function largestFirst(found: KMeans): KMeans {
  const order = Array.from(found.sizes.keys()).sort(
    (a, b) => found.sizes[b]! - found.sizes[a]! || found.centers.values[a]! - found.centers.values[b]!,
  );
  const place = Int32Array.from(order.keys());
  order.forEach((cluster, at) => (place[cluster] = at));
  return {
    ...found,
    centers: pickRows(found.centers, order),
    labels: found.labels.map((label) => place[label]!),
    sizes: Float64Array.from(order, (cluster) => found.sizes[cluster]!),
  };
}
