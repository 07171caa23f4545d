import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { agreement } from '../../../src/stats/cluster/agreement';
import { copheneticDistances, cutTree, leafOrder } from '../../../src/stats/cluster/cut-tree';
import { hierarchical, type Linkage } from '../../../src/stats/cluster/hierarchical';
import { silhouette } from '../../../src/stats/cluster/silhouette';
import { fromColumns, fromRows, pickRows, zeros, type Matrix } from '../../../src/stats/linear/matrix';
import { standardDeviation, mean } from '../../../src/stats/summary/moments';
import { hasKnownData, knownCase, knownColumns } from './known-data';
import { three } from './simulated';

const LINKAGES: readonly Linkage[] = ['ward', 'average', 'complete', 'single'];
const at = (data: Matrix, i: number, j: number): number => data.values[j * data.rows + i]!;
const distance = (data: Matrix, a: number, b: number): number =>
  Math.hypot(...Array.from({ length: data.columns }, (_, j) => at(data, a, j) - at(data, b, j)));

/** Heights by the definition: at each step every pair of clusters is measured from its rows. */
function plainHeights(data: Matrix, linkage: Linkage): number[] {
  let clusters = Array.from({ length: data.rows }, (_, i) => [i]);
  const centre = (rows: number[]): number[] =>
    Array.from({ length: data.columns }, (_, j) => rows.reduce((sum, i) => sum + at(data, i, j), 0) / rows.length);
  const between = (a: number[], b: number[]): number => {
    const all = a.flatMap((i) => b.map((j) => distance(data, i, j)));
    switch (linkage) {
      case 'single':
        return Math.min(...all);
      case 'complete':
        return Math.max(...all);
      case 'average':
        return all.reduce((sum, value) => sum + value, 0) / all.length;
      case 'ward': {
        const [x, y] = [centre(a), centre(b)];
        const apart = x.reduce((sum, value, j) => sum + (value - y[j]!) ** 2, 0);
        return Math.sqrt(((2 * a.length * b.length) / (a.length + b.length)) * apart);
      }
    }
  };
  const heights: number[] = [];
  while (clusters.length > 1) {
    let best = { height: Infinity, a: clusters[0]!, b: clusters[1]! };
    clusters.forEach((a, i) =>
      clusters.slice(0, i).forEach((b) => {
        const height = between(a, b);
        if (height < best.height) best = { height, a, b };
      }),
    );
    heights.push(best.height);
    clusters = [...clusters.filter((rows) => rows !== best.a && rows !== best.b), [...best.a, ...best.b]];
  }
  return heights;
}

describe.each(LINKAGES)('hierarchical, %s', (linkage) => {
  it('merges at the heights of the definition', () => {
    const random = seededRandom(4);
    const data = fromRows(Array.from({ length: 40 }, () => [random.normal(), 2 * random.normal(), random.uniform()]));
    const { heights, sizes } = hierarchical(data, linkage);
    plainHeights(data, linkage).forEach((height, t) => expect(heights[t]).toBeCloseTo(height, 9));
    expect(sizes.at(-1)).toBe(40);
  });

  it('finds clusters again that were put there, in whatever sequence the rows come', () => {
    const { data, truth } = three(2);
    const labels = cutTree(hierarchical(data, linkage), 3);
    // A chain of single links can cross a gap that the others see.
    expect(agreement(labels, truth).adjustedRand).toBeGreaterThan(linkage === 'single' ? 0.5 : 0.99);
    const backwards = Array.from({ length: data.rows }, (_, i) => data.rows - 1 - i);
    const again = cutTree(hierarchical(pickRows(data, backwards), linkage), 3);
    expect(agreement(again.toReversed(), labels).adjustedRand).toBe(1);
  });
});

describe('cutTree and leafOrder', () => {
  const tree = hierarchical(fromRows([[0], [1], [5], [6], [20]]), 'average');

  it('cuts into any number of clusters, the largest first', () => {
    expect(Array.from(cutTree(tree, 1))).toEqual([0, 0, 0, 0, 0]);
    expect(Array.from(cutTree(tree, 2))).toEqual([0, 0, 0, 0, 1]);
    expect(Array.from(cutTree(tree, 3))).toEqual([0, 0, 1, 1, 2]);
    expect(new Set(cutTree(tree, 5)).size).toBe(5);
    expect(() => cutTree(tree, 6)).toThrow(/1 to 5 clusters/);
  });

  it('keeps the rows of every cluster side by side', () => {
    const order = leafOrder(tree);
    expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    for (let k = 1; k <= 5; k++) {
      const along = order.map((row) => cutTree(tree, k)[row]);
      expect(along.filter((label, i) => label !== along[i - 1])).toHaveLength(k);
    }
  });

  it('refuses one row, too many rows and gaps', () => {
    expect(() => hierarchical(zeros(1, 2))).toThrow(/at least two rows/);
    expect(() => hierarchical(zeros(5001, 1))).toThrow(/5,001 rows/);
    expect(() => hierarchical(fromRows([[1], [NaN]]))).toThrow(/row 2 of column 1/);
  });
});

describe.skipIf(!hasKnownData)('trees beside scipy and R (shared/reference/customers, case 09)', () => {
  const known = hasKnownData
    ? (knownCase('09_hclust_pca_usarrests') as {
        hclust: Record<Linkage, { heights: number[]; cophenetic_corr: number; cut4_sizes: number[] }>;
        silhouette_ward4: number;
      })
    : undefined!;
  const arrests = (): Matrix => {
    const rows = knownColumns('usarrests', 1, 5);
    return fromColumns(
      rows[0]!.map((_, j) => {
        const values = rows.map((row) => row[j]!);
        const [center, scale] = [mean(values), standardDeviation(values)];
        return values.map((value) => (value - center) / scale);
      }),
    );
  };

  it.each(LINKAGES)('has the heights, the cut and the cophenetic correlation of %s', (linkage) => {
    const data = arrests();
    const tree = hierarchical(data, linkage);
    const reference = known.hclust[linkage];
    reference.heights.forEach((height, t) => expect(tree.heights[t]).toBeCloseTo(height, 8));
    const labels = cutTree(tree, 4);
    const sizes = [0, 1, 2, 3].map((label) => labels.filter((each) => each === label).length);
    expect(sizes.toReversed()).toEqual(reference.cut4_sizes);
    const distances = Array.from({ length: data.rows }, (_, i) =>
      Array.from({ length: i }, (_, j) => distance(data, i, j)),
    ).flat();
    expect(correlation(copheneticDistances(tree), distances)).toBeCloseTo(reference.cophenetic_corr, 8);
    if (linkage === 'ward') expect(silhouette(data, labels).mean).toBeCloseTo(known.silhouette_ward4, 8);
  });
});

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - x) * (b[i]! - y);
    aa += (a[i]! - x) ** 2;
    bb += (b[i]! - y) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
