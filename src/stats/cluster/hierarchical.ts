import { LevainError } from '../../base/problem';
import { checkFinite } from '../linear/check';
import { transpose, type Matrix } from '../linear/matrix';
import { squaredDistance } from './distance';

export type Linkage = 'ward' | 'average' | 'complete' | 'single';

/** A tree of merges: leaves are the rows 0 … n − 1, merge t makes node n + t. */
export interface ClusterTree {
  readonly leaves: number;
  readonly linkage: Linkage;
  /** The two nodes of each merge, the lower number first; merges by height. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The distance at which they merge, never falling. */
  readonly heights: Float64Array;
  /** How many rows the merged cluster has. */
  readonly sizes: Float64Array;
}

/** 5,000 rows hold 12.5 million distances, 100 MB. */
const MOST_ROWS = 5000;

/**
 * Hierarchical clustering of rows by Euclidean distance: the two nearest clusters merge until one is left. Nearest by
 * Ward's criterion (the least growth of inertia; heights as R's `ward.D2`), by the mean, the largest or the smallest
 * distance between their rows. By the nearest-neighbour chain, n² steps.
 *
 * Source: Murtagh (1985), "A survey of algorithms for contiguity-constrained clustering", and Müllner (2011), "Modern
 * hierarchical, agglomerative clustering algorithms", arXiv:1109.2378; distances after a merge by Lance and Williams (1967).
 *
 * @param data n × p, 2 ≤ n ≤ 5,000
 * @throws LevainError `too-few-rows`, `too-many-rows`, `not-finite`
 * @example Array.from(hierarchical({ rows: 3, columns: 1, values: new Float64Array([0, 1, 5]) }, 'single').heights) // => [1, 4]
 */
export function hierarchical(data: Matrix, linkage: Linkage = 'ward'): ClusterTree {
  checkRows(data);
  const pairs = pairDistances(data, linkage === 'ward');
  const raw = chainMerges(pairs, linkage);
  return treeOf(raw, data.rows, linkage);
}

function checkRows(data: Matrix): void {
  checkFinite('hierarchical clustering', data);
  if (data.rows < 2) {
    const message = `Clusters need at least two rows; there are ${data.rows}.`;
    throw new LevainError({ code: 'too-few-rows', message });
  }
  if (data.rows <= MOST_ROWS) return;
  throw new LevainError({
    code: 'too-many-rows',
    message: `A tree of ${data.rows.toLocaleString('en')} rows needs all their distances; the most is ${MOST_ROWS.toLocaleString('en')} rows.`,
    hint: 'Take a sample (USING SAMPLE 2000 ROWS), or use k-means.',
  });
}

/** All distances, or their squares: of the pairs (1, 0), (2, 0), (2, 1), (3, 0), … */
interface Pairs {
  readonly n: number;
  readonly values: Float64Array;
}

function pairDistances(data: Matrix, squared: boolean): Pairs {
  const { rows: n, columns: p } = data;
  const points = transpose(data).values;
  const values = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < i; j++, at++) {
      const distance = squaredDistance(points, i * p, points, j * p, p);
      values[at] = squared ? distance : Math.sqrt(distance);
    }
  }
  return { n, values };
}

const place = (i: number, j: number): number => (i > j ? (i * (i - 1)) / 2 + j : (j * (j - 1)) / 2 + i);

interface Merge {
  /** A row of each of the two clusters. */
  readonly a: number;
  readonly b: number;
  readonly height: number;
}

/** Follows nearest neighbours until two are each other's, and merges those. */
function chainMerges({ n, values }: Pairs, linkage: Linkage): Merge[] {
  const sizes = new Float64Array(n).fill(1);
  const chain: number[] = [];
  const merges: Merge[] = [];
  let first = 0;
  while (merges.length < n - 1) {
    while (sizes[first] === 0) first++;
    if (chain.length === 0) chain.push(first);
    const tip = chain.at(-1)!;
    const before = chain.at(-2);
    let nearest = before ?? -1;
    let least = before === undefined ? Infinity : values[place(tip, before)]!;
    for (let i = 0; i < n; i++) {
      if (i === tip || sizes[i] === 0) continue;
      const distance = values[place(tip, i)]!;
      if (distance < least) [least, nearest] = [distance, i];
    }
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    merges.push({ a: tip, b: nearest, height: linkage === 'ward' ? Math.sqrt(least) : least });
    mergeInto(nearest, tip, values, sizes, linkage);
  }
  return merges;
}

/** The distances of the merged cluster, kept in the place of `into`. */
function mergeInto(into: number, from: number, values: Float64Array, sizes: Float64Array, linkage: Linkage): void {
  const [s, t] = [sizes[into]!, sizes[from]!];
  const between = values[place(into, from)]!;
  for (let i = 0; i < sizes.length; i++) {
    const size = sizes[i]!;
    if (size === 0 || i === into || i === from) continue;
    const [a, b] = [values[place(into, i)]!, values[place(from, i)]!];
    values[place(into, i)] =
      linkage === 'ward'
        ? ((s + size) * a + (t + size) * b - size * between) / (s + t + size)
        : linkage === 'average'
          ? (s * a + t * b) / (s + t)
          : linkage === 'complete'
            ? Math.max(a, b)
            : Math.min(a, b);
  }
  sizes[into] = s + t;
  sizes[from] = 0;
}

/** Merges in the sequence of their heights, with the nodes they join. */
function treeOf(merges: readonly Merge[], n: number, linkage: Linkage): ClusterTree {
  const inOrder = merges.toSorted((x, y) => x.height - y.height);
  const node = Int32Array.from({ length: n }, (_, i) => i);
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const counts = new Float64Array(n).fill(1);
  const rootOf = (row: number): number => {
    let root = row;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  const left = new Int32Array(n - 1);
  const right = new Int32Array(n - 1);
  const sizes = new Float64Array(n - 1);
  inOrder.forEach(({ a, b }, t) => {
    const [x, y] = [rootOf(a), rootOf(b)];
    left[t] = Math.min(node[x]!, node[y]!);
    right[t] = Math.max(node[x]!, node[y]!);
    parent[y] = x;
    sizes[t] = counts[x]! += counts[y]!;
    node[x] = n + t;
  });
  return { leaves: n, linkage, left, right, heights: Float64Array.from(inOrder, ({ height }) => height), sizes };
}
