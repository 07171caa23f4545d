import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../src/base/problem';
import { seededRandom } from '../../../src/base/random';
import { agreement } from '../../../src/stats/cluster/agreement';
import { kMeans } from '../../../src/stats/cluster/k-means';
import { lloyd } from '../../../src/stats/cluster/lloyd';
import { plainNearest } from '../../../src/stats/cluster/nearest';
import { simdNearest } from '../../../src/stats/cluster/nearest-simd';
import { separation } from '../../../src/stats/cluster/separation';
import { silhouette } from '../../../src/stats/cluster/silhouette';
import { fromRows, pickRows, zeros, type Matrix } from '../../../src/stats/linear/matrix';
import { hasKnownData, iris, knownCase, knownColumns, species } from './known-data';
import { three } from './simulated';

const rowsOf = ({ rows, columns, values }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => values[j * rows + i]!));

/** Lloyd's iteration as it is written down: every distance, every round. */
function plainLloyd(data: Matrix, initial: Matrix, rounds: number) {
  const points = rowsOf(data);
  let centers = rowsOf(initial);
  let labels: number[] = [];
  const squared = (a: number[], b: number[]): number => a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
  for (let round = 0; round < rounds; round++) {
    labels = points.map((row) => {
      const distances = centers.map((center) => squared(row, center));
      return distances.indexOf(Math.min(...distances));
    });
    centers = centers.map((center, c) => {
      const own = points.filter((_, i) => labels[i] === c);
      return own.length === 0 ? center : center.map((_, j) => own.reduce((sum, row) => sum + row[j]!, 0) / own.length);
    });
  }
  return { labels, inertia: points.reduce((sum, row, i) => sum + squared(row, centers[labels[i]!]!), 0) };
}

describe('kMeans', () => {
  it('gives the labels of the plain iteration, from the same start, on points without clusters', () => {
    const random = seededRandom(3);
    for (const [n, d, k] of [
      [400, 2, 5],
      [300, 7, 4],
      [500, 8, 9],
    ] as const) {
      const data = fromRows(Array.from({ length: n }, () => Array.from({ length: d }, () => random.normal())));
      const initial = pickRows(
        data,
        Array.from({ length: k }, (_, i) => i),
      );
      const ours = kMeans(data, { k, initial, tolerance: 0 });
      const plain = plainLloyd(data, initial, 200);
      expect(Array.from(ours.labels)).toEqual(plain.labels);
      expect(ours.inertia).toBeCloseTo(plain.inertia, 8);
    }
  });

  it('gives every row the centre that plain arithmetic gives it, where SIMD is used', () => {
    const random = seededRandom(4);
    const normal = (): number => random.normal();
    const grid = (): number => random.integer(3);
    const cases: [what: string, n: number, d: number, k: number, draw: (j: number) => number][] = [
      ['a cloud', 3001, 8, 8, normal],
      ['one centre', 20, 3, 1, normal],
      ['ties', 1000, 2, 7, grid],
      ['many columns, a centre over', 700, 33, 9, normal],
      ['far from 0', 1000, 2, 5, (j) => (j ? 1.7e12 : 2e9) + 1e3 * normal()],
      ['nearer than numbers of 32 bits tell', 500, 2, 4, (j) => (j ? 1e-9 * normal() : 1)],
      ['too small, and too large, for 32 bits', 600, 2, 5, (j) => (j ? 1e-200 : 1e150) * normal()],
      ['hardly above 0', 300, 2, 3, () => 1e-310 * normal()],
      ['one far out', 900, 4, 6, () => (random.uniform() < 1e-3 ? 1e12 : 1) * normal()],
      ['no difference', 100, 2, 2, () => 5],
    ];
    for (const [what, n, d, k, draw] of cases) {
      const data = fromRows(Array.from({ length: n }, () => Array.from({ length: d }, (_, j) => draw(j))));
      const simd = simdNearest(data, k)!;
      const plain = plainNearest(data);
      const start = Float64Array.from({ length: k * d }, (_, at) => data.values[(at % d) * n + Math.floor(at / d)]!);
      for (const centers of [start, start.map((value) => 1e30 * value)]) {
        const told: [number, number][][] = [simd, plain].map((nearest) => {
          const moves: [number, number][] = [];
          nearest.labels.fill(-1);
          nearest.assign(centers, (row, to) => void moves.push([row, to]));
          nearest.assign(centers, () => expect.fail('nothing has moved'));
          return moves;
        });
        expect(told[0], what).toEqual(told[1]);
        expect(simd.labels, what).toEqual(plain.labels);
      }
      const stop = { maxIterations: 30, tolerance: 0 };
      expect(lloyd(data, start, stop, simd), what).toEqual(lloyd(data, start, stop, plain));
    }
  });

  it('finds clusters again that were put there', () => {
    const { data, truth } = three(5);
    const { labels, sizes, centers } = kMeans(data, { k: 3 });
    expect(agreement(labels, truth).adjustedRand).toBeGreaterThan(0.99);
    expect(Array.from(sizes)).toEqual([150, 100, 50]);
    rowsOf(centers).forEach((center, c) => {
      [
        [0, 0, 0],
        [8, 0, 2],
        [0, 9, -3],
      ][c]!.forEach((value, j) => expect(Math.abs(center[j]! - value)).toBeLessThan(0.5));
    });
  });

  it('says the same whatever the sequence of the rows, the seed and the unit', () => {
    const { data } = three(6);
    const first = kMeans(data, { k: 3 });
    const random = seededRandom(9);
    const order = Array.from({ length: data.rows }, (_, i) => ({ i, at: random.uniform() }))
      .sort((a, b) => a.at - b.at)
      .map(({ i }) => i);
    const shuffled = kMeans(pickRows(data, order), { k: 3, seed: 77 });
    expect(Array.from(shuffled.labels)).toEqual(order.map((i) => first.labels[i]));
    expect(shuffled.inertia).toBeCloseTo(first.inertia, 8);
    const cents = kMeans({ ...data, values: data.values.map((value) => 100 * value) }, { k: 3 });
    expect(Array.from(cents.labels)).toEqual(Array.from(first.labels));
    expect(cents.inertia / 1e4).toBeCloseTo(first.inertia, 6);
  });

  it('fills a cluster that no row is nearest to', () => {
    const data = fromRows([[0], [1], [10], [11], [50]]);
    const initial = fromRows([[0], [10], [1000]]);
    const { sizes, warnings } = kMeans(data, { k: 3, initial });
    expect(Array.from(sizes)).toEqual([2, 2, 1]);
    expect(warnings).toEqual([]);
  });

  it('is one cluster with the mean for k = 1, and each row its own for k = n', () => {
    const data = fromRows([[1], [2], [6]]);
    expect(Array.from(kMeans(data, { k: 1 }).centers.values)).toEqual([3]);
    expect(kMeans(data, { k: 3 }).inertia).toBe(0);
  });

  it('says when it was stopped before it settled', () => {
    const random = seededRandom(1);
    const data = fromRows(Array.from({ length: 500 }, () => [random.normal(), random.normal()]));
    const { warnings, iterations } = kMeans(data, { k: 8, starts: 1, maxIterations: 2, tolerance: 0 });
    expect(iterations).toBe(2);
    expect(warnings.map(({ code }) => code)).toEqual(['not-converged']);
  });

  it('refuses what has no clusters', () => {
    const code = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        return problemOf(error).code;
      }
      return 'none';
    };
    expect(code(() => kMeans(zeros(1, 2), { k: 2 }))).toBe('too-few-rows');
    expect(code(() => kMeans(zeros(9, 2), { k: 2 }))).toBe('too-few-rows');
    expect(code(() => kMeans(zeros(9, 2), { k: 1.5 }))).toBe('bad-parameter');
    expect(code(() => kMeans(zeros(9, 2), { k: 1, starts: 0 }))).toBe('bad-parameter');
    expect(code(() => kMeans(fromRows([[1], [NaN], [3]]), { k: 2 }))).toBe('not-finite');
    expect(code(() => kMeans(fromRows([[1], [2], [3]]), { k: 2, initial: zeros(3, 1) }))).toBe('bad-shape');
  });
});

interface Known {
  inertia: number;
  centers: number[][];
  sizes: number[];
  silhouette: number;
  calinski_harabasz: number;
  davies_bouldin: number;
}

describe.skipIf(!hasKnownData)('k-means beside scikit-learn (shared/reference/customers, case 07)', () => {
  const known = hasKnownData
    ? (knownCase('07_kmeans') as {
        iris: { k: Record<string, Known>; fixed_start_rows_0_50_100: Known & { iterations: number } };
        rfm: { k: Record<string, Known> };
        silhouette_samples_iris_k3_first10: number[];
        ari_iris_k3_vs_species: number;
        nmi: number;
      })
    : undefined!;

  it.each(['iris', 'rfm'] as const)('is as tight as the best of 100 starts on %s', (set) => {
    const data = set === 'iris' ? iris() : fromRows(knownColumns('rfm_scaled_cdnow', 0, 3));
    for (const [k, reference] of Object.entries(known[set].k)) {
      const ours = kMeans(data, { k: Number(k), starts: 100, tolerance: 0 });
      expect(ours.inertia, `k = ${k}`).toBeLessThan(reference.inertia * (1 + 1e-9));
      // Where ours is tighter than the reference's, its figures are those of its own centres.
      const settled = kMeans(data, { k: Number(k), initial: fromRows(reference.centers), tolerance: 0 });
      expect(settled.inertia / reference.inertia).toBeCloseTo(1, 9);
      expect(Array.from(settled.sizes)).toEqual(reference.sizes);
      rowsOf(settled.centers).forEach((center, c) =>
        center.forEach((value, j) => expect(value).toBeCloseTo(reference.centers[c]![j]!, 6)),
      );
      expect(silhouette(data, settled.labels).mean).toBeCloseTo(reference.silhouette, 6);
      const { calinskiHarabasz, daviesBouldin } = separation(data, settled.labels);
      expect(calinskiHarabasz / reference.calinski_harabasz).toBeCloseTo(1, 7);
      expect(daviesBouldin).toBeCloseTo(reference.davies_bouldin, 6);
    }
  });

  it('walks the same way from a given start', () => {
    const data = iris();
    const reference = known.iris.fixed_start_rows_0_50_100;
    const ours = kMeans(data, { k: 3, initial: pickRows(data, [0, 50, 100]), tolerance: 0 });
    expect(Array.from(ours.sizes)).toEqual(reference.sizes);
    expect(ours.inertia).toBeCloseTo(reference.inertia, 6);
    expect(Math.abs(ours.iterations - reference.iterations)).toBeLessThanOrEqual(1);
    const { values } = silhouette(data, ours.labels);
    known.silhouette_samples_iris_k3_first10.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 6));
    const { adjustedRand, mutualInformation } = agreement(ours.labels, species());
    expect(adjustedRand).toBeCloseTo(known.ari_iris_k3_vs_species, 6);
    expect(mutualInformation).toBeCloseTo(known.nmi, 6);
  });
});
