import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../src/base/problem';
import { features, type FeatureInput } from '../../../src/stats/cluster/features';
import { column } from '../../../src/stats/linear/matrix';

const thrown = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return problemOf(error);
  }
  throw new Error('nothing was thrown');
};

describe('features', () => {
  it('gives every column mean 0 and deviation 1, and says what it did', () => {
    const spend = Array.from({ length: 400 }, (_, i) => i);
    const { matrix, columns } = features([
      { name: 'spend', values: spend },
      { name: 'orders', values: spend.map((value) => (value * value) % 17), log: true },
    ]);
    for (const j of [0, 1]) {
      const values = column(matrix, j);
      expect(values.reduce((sum, value) => sum + value, 0) / 400).toBeCloseTo(0, 12);
      expect(values.reduce((sum, value) => sum + value * value, 0) / 400).toBeCloseTo(1, 12);
    }
    // 0.005 of 399 is 1.995: two at each end lie outside.
    expect(columns[0]).toMatchObject({ name: 'spend', log: false, lowest: 1.995, highest: 397.005, clipped: 4 });
    expect(columns[1]!.log).toBe(true);
  });

  it('pulls in one value that would decide everything, or keeps it', () => {
    const values = [...Array.from({ length: 300 }, (_, i) => i % 10), 1e6];
    const pulled = features([{ name: 'spend', values }]);
    expect(Math.max(...pulled.matrix.values)).toBeLessThan(2.5);
    expect(pulled.columns[0]!.original.at(-1)).toBe(1e6);
    const kept = features([{ name: 'spend', values }], { clip: 0 });
    expect(Math.max(...kept.matrix.values)).toBeGreaterThan(15);
    expect(kept.columns[0]!.clipped).toBe(0);
  });

  it('says the same in euros and in cents', () => {
    const euros = [3, 8, 1, 20, 4, 4];
    const [a, b] = [euros, euros.map((value) => 100 * value)].map((values) => features([{ name: 'spend', values }]));
    a!.matrix.values.forEach((value, i) => expect(b!.matrix.values[i]).toBeCloseTo(value, 12));
  });

  it('scales by median and quartiles where asked, or not at all', () => {
    const values = [0, 1, 2, 3, 4];
    expect(Array.from(features([{ name: 'x', values }], { scale: 'robust', clip: 0 }).matrix.values)).toEqual([
      -1, -0.5, 0, 0.5, 1,
    ]);
    expect(Array.from(features([{ name: 'x', values }], { scale: 'none', clip: 0 }).matrix.values)).toEqual(values);
  });

  it('leaves a constant column out and says so', () => {
    const { matrix, warnings } = features([
      { name: 'country', values: [1, 1, 1] },
      { name: 'spend', values: [1, 2, 3] },
    ]);
    expect(matrix.columns).toBe(1);
    expect(warnings).toMatchObject([{ code: 'constant-feature', subject: 'country' }]);
  });

  it('names the column and the row of what it cannot use', () => {
    const of = (...inputs: FeatureInput[]) => thrown(() => features(inputs));
    expect(of({ name: 'age', values: [30, null, 40] })).toMatchObject({ code: 'missing-value', subject: 'age' });
    expect(of({ name: 'age', values: [30, null, 40] }).message).toContain('row 2');
    expect(of({ name: 'age', values: [null, undefined, NaN] }).code).toBe('missing-column');
    expect(of({ name: 'spend', values: [1, -5, 9], log: true })).toMatchObject({ code: 'negative-value' });
    expect(of({ name: 'x', values: [1] }).code).toBe('too-few-rows');
    expect(of().code).toBe('too-few-rows');
    expect(of({ name: 'x', values: [1, 1] }).code).toBe('no-features');
    expect(of({ name: 'x', values: [1, 2] }, { name: 'x', values: [1, 2] }).code).toBe('duplicate-name');
    expect(of({ name: 'x', values: [1, 2] }, { name: 'y', values: [1] }).code).toBe('unequal-lengths');
  });
});
