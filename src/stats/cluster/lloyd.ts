import type { Matrix } from '../linear/matrix';
import { squaredDistance } from './distance';

/** Points and centres, each a run of d numbers after the other. */
export interface Points {
  readonly values: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** As many rows as a near cache holds of a wide matrix. */
const BLOCK = 256;

/** The rows of a matrix, one after the other. */
export function pointsOf({ rows: n, columns: d, values: from }: Matrix): Points {
  const values = new Float64Array(n * d);
  for (let begin = 0; begin < n; begin += BLOCK) {
    const end = Math.min(n, begin + BLOCK);
    for (let j = 0; j < d; j++) {
      const column = from.subarray(j * n + begin, j * n + end);
      for (let i = 0, at = begin * d + j; i < column.length; i++, at += d) values[at] = column[i]!;
    }
  }
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
  /** No less than the distance to the point's own centre, less `risen` of that centre. */
  readonly upper: Float64Array;
  /** No more than how much farther any other centre is than the own one, and `drift` of that one beside. */
  readonly gap: Float64Array;
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  /** How far each centre moved last. */
  readonly moved: Float64Array;
  /** How far each centre moved in all. Bounds are kept without it, so that a point that is passed over costs no write. */
  readonly risen: Float64Array;
  /** `risen`, and how much nearer any other centre may have come to a point of this one. */
  readonly drift: Float64Array;
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
    gap: new Float64Array(n),
    sums: new Float64Array(k * d),
    counts: new Float64Array(k),
    moved: new Float64Array(k),
    risen: new Float64Array(k),
    drift: new Float64Array(k),
    half: new Float64Array(k),
  };
  measureHalves(state);
  return state;
}

/** Gives each point its nearest centre; how many changed. */
function assign(state: State): number {
  const { values, n, d, k, centers, labels, upper, gap, risen, drift, half } = state;
  const fours = inFours(state);
  const four = new Float64Array(4);
  let changed = 0;
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    const from = i * d;
    if (label >= 0) {
      if (gap[i]! >= drift[label]!) continue;
      const rise = risen[label]!;
      if (upper[i]! + rise <= half[label]!) continue;
      const up = Math.sqrt(squaredDistance(values, from, centers, label * d, d));
      gap[i]! += upper[i]! + rise - up;
      upper[i] = up - rise;
      if (gap[i]! >= drift[label]! || up <= half[label]!) continue;
    }
    let nearest = Infinity;
    let second = Infinity;
    let at = 0;
    for (let c = 0, p = 0; c < k; c += 4) {
      let first = 0;
      let next = 0;
      let third = 0;
      let fourth = 0;
      for (let j = 0; j < d; j++, p += 4) {
        const value = values[from + j]!;
        const a = value - fours[p]!;
        const b = value - fours[p + 1]!;
        const e = value - fours[p + 2]!;
        const f = value - fours[p + 3]!;
        first += a * a;
        next += b * b;
        third += e * e;
        fourth += f * f;
      }
      four[0] = first;
      four[1] = next;
      four[2] = third;
      four[3] = fourth;
      for (let q = 0; q < 4; q++) {
        const distance = four[q]!;
        second = Math.min(second, Math.max(nearest, distance));
        if (distance < nearest) {
          nearest = distance;
          at = c + q;
        }
      }
    }
    bound(state, i, at, Math.sqrt(nearest), Math.sqrt(second));
    if (at === label) continue;
    give(state, i, at);
    changed++;
  }
  return changed;
}

/** The centres four by four, the four's first numbers, then their second, …; what is lacking to four lies infinitely far. */
function inFours({ d, k, centers }: State): Float64Array {
  const fours = new Float64Array(4 * Math.ceil(k / 4) * d).fill(Infinity);
  for (let c = 0; c < k; c++) {
    for (let j = 0; j < d; j++) fours[(c - (c % 4)) * d + 4 * j + (c % 4)] = centers[c * d + j]!;
  }
  return fours;
}

/** Keeps what is known of a point that is `own` away from centre c and at least `other` from the rest. */
function bound({ upper, gap, risen, drift }: State, i: number, c: number, own: number, other: number): void {
  upper[i] = own - risen[c]!;
  gap[i] = other - own + drift[c]!;
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
  const { values, n, d, k, centers, labels, counts } = state;
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
    bound(state, at, c, Math.sqrt(squaredDistance(values, at * d, centers, c * d, d)), 0);
  }
}

/** Moves the centres to the means; the sum of the squared moves. A centre without points stays. */
function moveCenters(state: State): number {
  const { d, k, centers, sums, counts, moved, risen, drift } = state;
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
  const { farthest, most, next } = farthestMoves(moved);
  for (let c = 0; c < k; c++) {
    risen[c]! += moved[c]!;
    drift[c]! += moved[c]! + (c === farthest ? next : most);
  }
  measureHalves(state);
  return total;
}

/** The two longest moves: another centre's bound falls by the longest that is not the point's own. */
function farthestMoves(moved: Float64Array) {
  let farthest = 0;
  for (let c = 1; c < moved.length; c++) if (moved[c]! > moved[farthest]!) farthest = c;
  let next = 0;
  for (let c = 0; c < moved.length; c++) if (c !== farthest && moved[c]! > next) next = moved[c]!;
  return { farthest, most: moved[farthest]!, next };
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
