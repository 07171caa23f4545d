import type { Matrix } from '../linear/matrix';
import { squaredDistance } from './distance';

/** Points and centres, each a run of d numbers after the other. */
export interface Points {
  readonly values: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** The rows of a matrix, one after the other. */
export function pointsOf({ rows: n, columns: d, values: from }: Matrix): Points {
  const values = new Float64Array(n * d);
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < d; j++) values[at++] = from[j * n + i]!;
  return { values, n, d };
}

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

/**
 * Lloyd's iteration from given centres, with Hamerly's bounds: a point whose distance to its own centre cannot exceed that
 * to any other is passed over. The answer is that of the plain iteration.
 *
 * Source: Hamerly (2010), "Making k-means even faster", SIAM SDM; an emptied cluster takes the point farthest from its
 * centre, as scikit-learn does.
 */
export function lloyd(points: Points, initial: Float64Array, { maxIterations, tolerance }: LloydOptions): LloydRun {
  const state = begin(points, initial);
  let iterations = 0;
  let settled = false;
  let near = false;
  while (!settled && !near && iterations < maxIterations) {
    settled = assign(state) === 0;
    if (settled) break;
    fillEmpty(state);
    iterations++;
    near = moveCenters(state) <= tolerance;
  }
  if (!settled) assign(state);
  const { values, n, d, centers, labels, counts } = state;
  let inertia = 0;
  for (let i = 0; i < n; i++) inertia += squaredDistance(values, i * d, centers, labels[i]! * d, d);
  return { centers, labels, counts, inertia, iterations, converged: settled || near };
}

interface State extends Points {
  readonly k: number;
  readonly centers: Float64Array;
  /** −1 before the first assignment. */
  readonly labels: Int32Array;
  /** No less than the distance to the point's own centre, before the last move. */
  readonly upper: Float64Array;
  /** No more than the distance to any other centre, before the last move. */
  readonly lower: Float64Array;
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  /** How far each centre moved last. */
  readonly moved: Float64Array;
  /** Half the distance to the nearest other centre. */
  readonly half: Float64Array;
}

function begin({ values, n, d }: Points, initial: Float64Array): State {
  const k = initial.length / d;
  const state = {
    values,
    n,
    d,
    k,
    centers: initial.slice(),
    labels: new Int32Array(n).fill(-1),
    upper: new Float64Array(n),
    lower: new Float64Array(n),
    sums: new Float64Array(k * d),
    counts: new Float64Array(k),
    moved: new Float64Array(k),
    half: new Float64Array(k),
  };
  measureHalves(state);
  return state;
}

/** Gives each point its nearest centre; how many changed. */
function assign(state: State): number {
  const { values, n, d, k, centers, labels, upper, lower, moved, half } = state;
  const { farthest, most, next } = farthestMoves(moved);
  let changed = 0;
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    const from = i * d;
    if (label >= 0) {
      const low = lower[i]! - (label === farthest ? next : most);
      const bound = low > half[label]! ? low : half[label]!;
      let up = upper[i]! + moved[label]!;
      if (up > bound) up = Math.sqrt(squaredDistance(values, from, centers, label * d, d));
      upper[i] = up;
      lower[i] = low;
      if (up <= bound) continue;
    }
    let nearest = Infinity;
    let second = Infinity;
    let at = 0;
    for (let c = 0; c < k; c++) {
      const distance = squaredDistance(values, from, centers, c * d, d);
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        at = c;
      } else if (distance < second) second = distance;
    }
    upper[i] = Math.sqrt(nearest);
    lower[i] = Math.sqrt(second);
    if (at === label) continue;
    give(state, i, at);
    changed++;
  }
  return changed;
}

/** The two longest moves: another centre's bound falls by the longest that is not the point's own. */
function farthestMoves(moved: Float64Array) {
  let farthest = 0;
  for (let c = 1; c < moved.length; c++) if (moved[c]! > moved[farthest]!) farthest = c;
  let next = 0;
  for (let c = 0; c < moved.length; c++) if (c !== farthest && moved[c]! > next) next = moved[c]!;
  return { farthest, most: moved[farthest]!, next };
}

/** Moves a point from its cluster's sums to another's. */
function give({ values, d, labels, sums, counts }: State, i: number, to: number): void {
  const label = labels[i]!;
  const from = i * d;
  for (let j = 0; j < d; j++) sums[to * d + j]! += values[from + j]!;
  counts[to]!++;
  if (label >= 0) {
    for (let j = 0; j < d; j++) sums[label * d + j]! -= values[from + j]!;
    counts[label]!--;
  }
  labels[i] = to;
}

function fillEmpty(state: State): void {
  const { values, n, d, k, centers, labels, counts, upper, lower } = state;
  for (let c = 0; c < k; c++) {
    if (counts[c]! > 0) continue;
    let farthest = 0;
    let at = -1;
    for (let i = 0; i < n; i++) {
      if (counts[labels[i]!]! < 2) continue;
      const distance = squaredDistance(values, i * d, centers, labels[i]! * d, d);
      if (distance > farthest) [farthest, at] = [distance, i];
    }
    if (at < 0) return;
    give(state, at, c);
    upper[at] = Math.sqrt(squaredDistance(values, at * d, centers, c * d, d));
    lower[at] = 0;
  }
}

/** Moves the centres to the means; the sum of the squared moves. A centre without points stays. */
function moveCenters(state: State): number {
  const { d, k, centers, sums, counts, moved } = state;
  let total = 0;
  for (let c = 0; c < k; c++) {
    let squares = 0;
    for (let j = 0; j < d && counts[c]! > 0; j++) {
      const mean = sums[c * d + j]! / counts[c]!;
      squares += (mean - centers[c * d + j]!) ** 2;
      centers[c * d + j] = mean;
    }
    moved[c] = Math.sqrt(squares);
    total += squares;
  }
  measureHalves(state);
  return total;
}

function measureHalves({ d, k, centers, half }: Pick<State, 'd' | 'k' | 'centers' | 'half'>): void {
  half.fill(Infinity);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < a; b++) {
      const reach = Math.sqrt(squaredDistance(centers, a * d, centers, b * d, d)) / 2;
      half[a] = Math.min(half[a]!, reach);
      half[b] = Math.min(half[b]!, reach);
    }
  }
}
