import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { kaplanMeier, survivalAt } from '../../../src/stats/survival/kaplan-meier';
import { logRank } from '../../../src/stats/survival/log-rank';
import { restrictedMean } from '../../../src/stats/survival/restricted-mean';

/** Exponential times of a known mean, last seen at a uniform time. */
function exponential(seed: number, n: number, mean: number, seen: number) {
  const random = seededRandom(seed);
  const rows = Array.from({ length: n }, () => {
    const end = -mean * Math.log(1 - random.uniform());
    const last = seen * random.uniform();
    return { time: Math.min(end, last), event: end <= last };
  });
  return { time: rows.map(({ time }) => time), event: rows.map(({ event }) => event) };
}

describe('kaplanMeier', () => {
  it('counts by hand', () => {
    const curve = kaplanMeier({ time: [2, 1, 3, 3, 5, 4], event: [1, 1, 1, 0, 0, 0] });
    expect(Array.from(curve.time)).toEqual([1, 2, 3, 4, 5]);
    expect(Array.from(curve.atRisk)).toEqual([6, 5, 4, 2, 1]);
    expect(Array.from(curve.events)).toEqual([1, 1, 1, 0, 0]);
    [5 / 6, 4 / 6, 3 / 6, 3 / 6, 3 / 6].forEach((share, k) => expect(curve.survival[k]).toBeCloseTo(share, 12));
    // Flat at one half from 3 on, to the end: the median is where it comes down.
    expect(curve.median.value).toBe(3);
    expect(survivalAt(curve, 0.5)).toMatchObject({ value: 1, atRisk: 6 });
    expect(survivalAt(curve, 3.5)!.atRisk).toBe(2);
    expect(survivalAt(curve, 9)).toBeUndefined();
  });

  it('is the share of those left where nobody is censored', () => {
    const { time } = exponential(1, 200, 10, Infinity);
    const curve = kaplanMeier({ time, event: time.map(() => true) });
    curve.time.forEach((at, k) => {
      const share = time.filter((end) => end > at).length / 200;
      expect(curve.survival[k]).toBeCloseTo(share, 10);
      expect(curve.standardError[k]!).toBeCloseTo(Math.sqrt((share * (1 - share)) / 200), 10);
    });
    expect(restrictedMean(curve, 12).value).toBeCloseTo(
      time.reduce((sum, end) => sum + Math.min(12, end), 0) / 200,
      10,
    );
  });

  it.each(['log', 'log-log', 'plain'] as const)('holds the true curve as often as it says: %s', (interval) => {
    let [inside, held] = [0, 0];
    for (let run = 0; run < 400; run++) {
      const curve = kaplanMeier(exponential(100 + run, 150, 10, 40), { interval, confidence: 0.9 });
      const at = survivalAt(curve, 8)!;
      if (at.lower <= Math.exp(-0.8) && Math.exp(-0.8) <= at.upper) inside++;
      const mean = restrictedMean(curve, 20);
      const truth = 10 * (1 - Math.exp(-2));
      if (mean.lower <= truth && truth <= mean.upper) held++;
      expect(curve.lower.every((low, k) => low >= 0 && low <= curve.survival[k]! && curve.upper[k]! <= 1)).toBe(true);
    }
    // 360 of 400 expected, with a deviation of 6.
    expect(inside).toBeGreaterThan(336);
    expect(inside).toBeLessThan(384);
    expect(held).toBeGreaterThan(336);
    expect(held).toBeLessThan(384);
  });

  it('does not mind the order of rows, and follows the unit of time', () => {
    const rows = exponential(5, 60, 10, 30);
    const base = kaplanMeier(rows);
    expect(kaplanMeier({ time: rows.time.toReversed(), event: rows.event.toReversed() })).toEqual(base);
    const inDays = kaplanMeier({ time: rows.time.map((t) => 8 * t), event: rows.event });
    expect(inDays.survival).toEqual(base.survival);
    expect(inDays.median.value).toBe(8 * base.median.value!);
    expect(restrictedMean(inDays, 80).value).toBeCloseTo(8 * restrictedMean(base, 10).value, 9);
  });

  it('says what is wrong with a row', () => {
    expect(() => kaplanMeier([1, 2] as never)).toThrow('given as two lists');
    expect(() => kaplanMeier({ time: [], event: [] })).toThrow('nobody to follow');
    expect(() => kaplanMeier({ time: [1, -2], event: [1, 1] })).toThrow('The time in row 2 is -2');
    expect(() => kaplanMeier({ time: [1, NaN], event: [1, 1] })).toThrow('The time in row 2 is NaN');
    expect(() => kaplanMeier({ time: [1, 2], event: [1, 2] })).toThrow('The event in row 2 is 2');
    expect(() => kaplanMeier({ time: [1, 2], event: [1] })).toThrow('2 times and 1 events');
    expect(() => kaplanMeier({ time: [1], event: [1] }, { confidence: 95 })).toThrow('between 0 and 1');
    expect(() => kaplanMeier({ time: [1, 2], event: [1, 0] }, { interval: 'logit' as 'log' })).toThrow(
      'no survival interval logit',
    );
    expect(() => restrictedMean(kaplanMeier({ time: [1, 2], event: [1, 0] }), 3)).toThrow('goes from 0 to 2');
  });

  it('stands with one customer, and where nobody left', () => {
    const one = kaplanMeier({ time: [4], event: [true] });
    expect([one.survival[0], one.lower[0], one.upper[0], one.standardError[0]]).toEqual([0, 0, 0, 0]);
    const none = kaplanMeier({ time: [3, 4], event: [false, false] });
    expect(Array.from(none.survival)).toEqual([1, 1]);
    expect(none.median).toEqual({});
  });
});

describe('logRank', () => {
  it('rejects as often as it should where groups are alike, and often where they are not', () => {
    let [alike, apart] = [0, 0];
    for (let run = 0; run < 300; run++) {
      const rows = exponential(1000 + run, 120, 10, 30);
      const groups = rows.time.map((_, i) => i % 3);
      if (logRank(rows, groups).p < 0.1) alike++;
      const slow = exponential(5000 + run, 60, 20, 30);
      const both = {
        time: [...rows.time.slice(0, 60), ...slow.time],
        event: [...rows.event.slice(0, 60), ...slow.event],
      };
      if (
        logRank(
          both,
          both.time.map((_, i) => (i < 60 ? 'quick' : 'slow')),
        ).p < 0.1
      )
        apart++;
    }
    // 30 of 300 expected, with a deviation of 5.
    expect(alike).toBeGreaterThan(12);
    expect(alike).toBeLessThan(50);
    expect(apart).toBeGreaterThan(200);
  });

  it('does not mind the names of groups, and shares out all events', () => {
    const rows = exponential(8, 90, 10, 30);
    const groups = rows.time.map((_, i) => ['a', 'b', 'c'][i % 3]!);
    const base = logRank(rows, groups);
    const renamed = logRank(
      rows,
      groups.map((name) => ({ a: 'z', b: 'x', c: 'y' })[name]!),
    );
    expect(renamed.statistic).toBeCloseTo(base.statistic, 10);
    expect(base.degreesOfFreedom).toBe(2);
    const sum = (of: 'observed' | 'expected'): number => base.groups.reduce((total, group) => total + group[of], 0);
    expect(sum('observed')).toBeCloseTo(sum('expected'), 9);
  });

  it('finds no difference where all end at once, and leaves out a group that was gone before anything ended', () => {
    const together = logRank({ time: [5, 5, 5, 5], event: [1, 1, 1, 1] }, ['a', 'b', 'a', 'b']);
    expect(together).toMatchObject({ statistic: 0, degreesOfFreedom: 0, p: 1 });
    const two = logRank({ time: [1, 2, 3, 4], event: [1, 1, 1, 1] }, ['a', 'a', 'b', 'b']);
    const gone = logRank({ time: [0.5, 1, 2, 3, 4], event: [0, 1, 1, 1, 1] }, ['c', 'a', 'a', 'b', 'b']);
    expect(gone.degreesOfFreedom).toBe(1);
    expect(gone.statistic).toBeCloseTo(two.statistic, 10);
  });

  it('refuses what cannot be compared', () => {
    expect(() => logRank({ time: [1, 2], event: [1, 1] }, ['a', 'a'])).toThrow('one group only (a)');
    expect(() => logRank({ time: [1, 2], event: [1, 1] }, ['a'])).toThrow('2 times and 1 groups');
    expect(() => logRank({ time: [1, 2], event: [0, 0] }, ['a', 'b'])).toThrow('nothing to compare');
  });
});
