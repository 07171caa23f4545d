import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { profileClusters } from '../../../src/stats/cluster/profile';

describe('profileClusters', () => {
  const random = seededRandom(4);
  const labels = Array.from({ length: 300 }, (_, i) => i % 3);
  const spend = labels.map((label) => 20 + 10 * (label === 1 ? 3 : 0) + random.normal());
  const age = labels.map((label) => 40 - (label === 2 ? 12 : 0) + 3 * random.normal());

  it('names what sets each cluster apart, and nothing where nothing does', () => {
    const profiles = profileClusters(
      [
        { name: 'spend', values: spend },
        { name: 'age', values: age },
      ],
      labels,
    );
    expect(profiles.map(({ summary }) => summary)).toEqual([
      'low spend, high age',
      'high spend, high age',
      'low age, low spend',
    ]);
    expect(profiles[1]!.traits[0]!.mean.value).toBeCloseTo(50, 0);
    expect(profiles[1]!.traits[0]!.others).toBeCloseTo(20, 0);
    const noise = Array.from({ length: 300 }, () => random.normal());
    expect(profileClusters([{ name: 'noise', values: noise }], labels)[0]!.summary).toBe('near the average');
  });

  it('has intervals that hold the truth nine times in ten', () => {
    let held = 0;
    for (let run = 0; run < 400; run++) {
      const values = Array.from({ length: 24 }, (_, i) => (i % 2) + random.normal());
      const [, second] = profileClusters(
        [{ name: 'x', values }],
        values.map((_, i) => i % 2),
      );
      const { lower, upper } = second!.traits[0]!.mean;
      if (lower <= 1 && upper >= 1) held++;
    }
    expect(held / 400).toBeGreaterThan(0.86);
    expect(held / 400).toBeLessThan(0.94);
  });

  it('says the same of shuffled rows, and names a gap', () => {
    const columns = [{ name: 'spend', values: spend }];
    const back = profileClusters([{ name: 'spend', values: spend.toReversed() }], labels.toReversed());
    profileClusters(columns, labels).forEach(({ traits }, c) => {
      expect(back[c]!.traits[0]!.mean.value).toBeCloseTo(traits[0]!.mean.value, 9);
    });
    expect(() => profileClusters([{ name: 'spend', values: [1, NaN] }], [0, 1])).toThrow(/“spend”.*value 2/);
    expect(() => profileClusters([{ name: 'spend', values: [1] }], [0, 1])).toThrow(/2 labels for 1 rows/);
  });

  it('gives a row alone an interval without end', () => {
    const [, alone] = profileClusters([{ name: 'x', values: [1, 2, 9] }], [0, 0, 1]);
    expect(alone!.traits[0]!.mean).toMatchObject({ value: 9, lower: -Infinity, upper: Infinity });
  });
});
