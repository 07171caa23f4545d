import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { chooseK } from '../../../src/stats/cluster/choose-k';
import { gapStatistic } from '../../../src/stats/cluster/gap';
import { fromRows } from '../../../src/stats/linear/matrix';
import { three } from './simulated';

describe('chooseK', () => {
  it('finds how many clusters were put there, by all three rules', () => {
    const { rows, bySilhouette, byGap, byElbow } = chooseK(three(3).data, { most: 6 });
    expect([bySilhouette, byGap, byElbow]).toEqual([3, 3, 3]);
    expect(rows[0]!.silhouette).toBeUndefined();
    const inertias = rows.map(({ inertia }) => inertia);
    expect(inertias).toEqual(inertias.toSorted((a, b) => b - a));
  });

  it('says by the gap that there may be none', () => {
    const random = seededRandom(5);
    const cloud = fromRows(Array.from({ length: 300 }, () => [random.uniform(), random.uniform(), random.uniform()]));
    expect(chooseK(cloud, { most: 5 }).byGap).toBe(1);
  });

  it('refuses to choose among fewer than two', () => {
    expect(() => chooseK(three(1).data, { most: 1 })).toThrow(/2 or more/);
  });
});

describe('gapStatistic', () => {
  it('expects the log of the mean square of evenly spread numbers for one cluster', () => {
    // n numbers drawn evenly from [0, 1] have an inertia of about n/12, those from a cluster at both ends n/4.
    const ends = fromRows(Array.from({ length: 2000 }, (_, i) => [i % 2]));
    const [row] = gapStatistic(ends, [1], { references: 30 });
    expect(row!.gap).toBeCloseTo(Math.log(2000 / 12) - Math.log(2000 / 4), 1);
    expect(row!.standardError).toBeGreaterThan(0);
  });
});
