import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random';
import { bootstrapInterval, proportionInterval, ratioOfSums, relativeChange } from '../../src/stats';
import { sampleGamma } from '../../src/stats/distributions/gamma';
import { samplePoisson } from '../../src/stats/distributions/poisson';

const reference = resolve(import.meta.dirname, '../../../shared/reference/customers');

/** Days of spend and of sales that follow it, as a shop's are: skewed and correlated. */
function shopDays(n: number, seed: number): { spend: Float64Array; sales: Float64Array } {
  const random = seededRandom(seed);
  const spend = Float64Array.from({ length: n }, () => sampleGamma(random, 4, 10));
  const sales = spend.map((value) => 3 * value + sampleGamma(random, 2, 60) - 60);
  return { spend, sales };
}

describe('ratioOfSums', () => {
  it('ends at 0 where nothing is below it, and goes on where something is', () => {
    const orders = [10, 12, 9, 11, 10, 12];
    const few = ratioOfSums([0, 0, 100, 0, 0, 0], orders);
    expect(few.lower).toBe(0);
    expect(few.upper).toBeCloseTo(4.81, 2);
    expect(ratioOfSums([0, 0, 100, 0, 0, -1], orders).lower).toBeLessThan(-1);
  });

  it('is the sum over the sum, not the mean of ratios', () => {
    const ratio = ratioOfSums([10, 90], [1, 3]);
    expect(ratio.value).toBe(25);
    expect(ratio).toMatchObject({ numerator: 100, denominator: 4, n: 2, confidence: 0.9 });
  });

  it('is the mean with its t interval where every denominator is 1', () => {
    const values = [2.5, -1, 7, 7, 0.25, 19, 3.5];
    const ratio = ratioOfSums(
      values,
      values.map(() => 1),
      { confidence: 0.95 },
    );
    // numpy and scipy: mean, sd(ddof=1)/√7, t.ppf(.975, 6)
    expect(ratio.value).toBeCloseTo(5.464285714285714, 12);
    expect(ratio.standardError).toBeCloseTo(Math.sqrt(44.925595238095234 / 7), 12);
    expect(ratio.upper - ratio.value).toBeCloseTo(2.4469118511449786 * Math.sqrt(44.925595238095234 / 7), 10);
  });

  it('has the standard error that a bootstrap of 20,000 finds', () => {
    const { spend, sales } = shopDays(200, 5);
    const delta = ratioOfSums(sales, spend);
    const statistic = (indices: Uint32Array): number => {
      let [top, bottom] = [0, 0];
      for (const i of indices) [top, bottom] = [top + sales[i]!, bottom + spend[i]!];
      return top / bottom;
    };
    const boot = bootstrapInterval(200, statistic, { resamples: 20_000 });
    expect(Math.abs(boot.standardError / delta.standardError - 1)).toBeLessThan(0.03);
    expect(Math.abs(boot.lower - delta.lower)).toBeLessThan(0.25 * delta.standardError);
    expect(Math.abs(boot.upper - delta.upper)).toBeLessThan(0.25 * delta.standardError);
  });

  it('holds the true ratio in about 90 of 100 samples, with as few as 20 units', () => {
    let held = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const { spend, sales } = shopDays(20, 100 + seed);
      const { lower, upper } = ratioOfSums(sales, spend);
      const truth = 3 + 60 / 40;
      if (lower <= truth && truth <= upper) held++;
    }
    expect(held).toBeGreaterThan(860);
    expect(held).toBeLessThan(930);
  });

  it.skipIf(!existsSync(`${reference}/out/19_ratio_holdout.json`))(
    'replays the reference of a revenue per session',
    () => {
      const { ratio } = JSON.parse(readFileSync(`${reference}/out/19_ratio_holdout.json`, 'utf8')) as {
        ratio: Record<string, number>;
      };
      const rows = readFileSync(`${reference}/in/ratio_metric.csv`, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').map(Number));
      for (const [arm, value, error] of [
        [0, ratio.a, ratio.se_a],
        [1, ratio.b, ratio.se_b],
      ] as const) {
        const group = rows.filter((row) => row[1] === arm);
        const ours = ratioOfSums(
          group.map((row) => row[3]!),
          group.map((row) => row[2]!),
        );
        expect(ours.value).toBeCloseTo(value!, 9);
        expect(ours.standardError).toBeCloseTo(error!, 9);
      }
    },
  );

  it('says what is wrong', () => {
    expect(() => ratioOfSums([1, 2], [1])).toThrow('The numerator has 2 units and the denominator 1');
    expect(() => ratioOfSums([1], [1])).toThrow('at least two units; there is 1');
    expect(() => ratioOfSums([1, 2], [0, 0])).toThrow('The denominator adds up to 0');
    expect(() => ratioOfSums([1, NaN], [1, 1])).toThrow('The numerator needs numbers; value 2 is NaN.');
    expect(() => ratioOfSums(['1', 2] as never, [1, 1])).toThrow('value 1 is the text “1”.');
    expect(() => ratioOfSums([1, 2], [1n, 1] as never)).toThrow('value 1 is the big integer 1n.');
    expect(() => ratioOfSums(1 as never, 2 as never)).toThrow('The numerator must be a list of numbers; it is 1.');
    expect(() => ratioOfSums(new Set([1, 2]) as never, [1, 2])).toThrow(
      'The numerator must be a list of numbers; it is a Set.',
    );
    expect(() => ratioOfSums([1, 2], [1, 1], { confidence: 90 })).toThrow('between 0 and 1; it is 90');
  });
});

describe('relativeChange', () => {
  it('is symmetric on the log scale and undone by turning time round', () => {
    const [a, b] = [
      { value: 40, standardError: 2 },
      { value: 50, standardError: 1 },
    ];
    const forth = relativeChange(a, b);
    const back = relativeChange(b, a);
    expect(forth.value).toBeCloseTo(0.25, 12);
    expect((1 + forth.lower) * (1 + back.upper)).toBeCloseTo(1, 12);
  });

  it('holds the true change in about 90 of 100 samples', () => {
    let held = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const [before, after] = [shopDays(60, 5000 + seed), shopDays(60, 9000 + seed)];
      const raised = after.sales.map((value) => value * 1.2);
      const change = relativeChange(ratioOfSums(before.sales, before.spend), ratioOfSums(raised, after.spend));
      if (change.lower <= 0.2 && 0.2 <= change.upper) held++;
    }
    expect(held).toBeGreaterThan(860);
    expect(held).toBeLessThan(930);
  });

  it('refuses values that are not above 0', () => {
    expect(() => relativeChange({ value: 0, standardError: 1 }, { value: 1, standardError: 1 })).toThrow(
      'the value before is 0',
    );
  });
});

describe('proportionInterval', () => {
  // scipy 1.17: binomtest(k, n).proportion_ci(c, 'wilson')
  it.each([
    [0, 10, 0.95, 0, 0.27753279986288926],
    [7, 20, 0.95, 0.1811918241010821, 0.5671457233147637],
    [250, 1000, 0.9, 0.22817176898889255, 0.2731773526309877],
    [10, 10, 0.9, 0.787058029916593, 1],
    [1, 3, 0.99, 0.04042662929608476, 0.855783984952333],
  ])('of %i in %i at %d is as in scipy', (successes, n, confidence, lower, upper) => {
    const ours = proportionInterval(successes, n, { confidence });
    expect(ours.lower).toBeCloseTo(lower, 12);
    expect(ours.upper).toBeCloseTo(upper, 12);
  });

  it('refuses counts that are none', () => {
    expect(() => proportionInterval(3, 2)).toThrow('3 of 2 is not');
    expect(() => proportionInterval(0, 0)).toThrow('0 of 0 is not');
    expect(() => proportionInterval(0.5, 2)).toThrow('0.5 of 2 is not');
  });
});

describe('bootstrapInterval', () => {
  const data = [3.1, 4.7, 0.2, 9.9, 5.5, 6.1, 2.2, 14.8, 3.3, 1.0, 7.7, 2.9];
  const mean = (indices: Uint32Array): number => indices.reduce((sum, i) => sum + data[i]!, 0) / indices.length;

  // scipy 1.17: bootstrap((d,), mean, confidence_level=.9, n_resamples=200000)
  it('agrees with scipy, percentile and BCa', () => {
    const percentile = bootstrapInterval(12, mean, { method: 'percentile', resamples: 100_000 });
    expect(percentile.lower).toBeCloseTo(3.3583, 1);
    expect(percentile.upper).toBeCloseTo(7.1, 1);
    expect(Math.abs(percentile.standardError / 1.1393 - 1)).toBeLessThan(0.01);
    const corrected = bootstrapInterval(12, mean, { resamples: 100_000 });
    expect(corrected.lower).toBeCloseTo(3.5667, 1);
    expect(corrected.upper).toBeCloseTo(7.45, 1);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(bootstrapInterval(12, mean, { seed: 3 })).toEqual(bootstrapInterval(12, mean, { seed: 3 }));
    expect(bootstrapInterval(12, mean, { seed: 3 })).not.toEqual(bootstrapInterval(12, mean, { seed: 4 }));
  });

  it('holds a skewed mean about as often as it says', () => {
    let [bca, missesAbove] = [0, 0];
    for (let seed = 0; seed < 400; seed++) {
      const random = seededRandom(40_000 + seed);
      const values = Array.from({ length: 30 }, () => samplePoisson(random, 0.4));
      const at = (indices: Uint32Array): number => indices.reduce((sum, i) => sum + values[i]!, 0) / indices.length;
      const interval = bootstrapInterval(30, at, { resamples: 500, seed });
      if (interval.lower <= 0.4 && 0.4 <= interval.upper) bca++;
      if (interval.upper < 0.4) missesAbove++;
    }
    expect(bca).toBeGreaterThan(0.84 * 400);
    expect(missesAbove).toBeLessThan(0.1 * 400);
  });

  it('says what is wrong', () => {
    expect(() => bootstrapInterval(1, () => 1)).toThrow('at least two units');
    expect(() => bootstrapInterval(5, () => NaN)).toThrow('The statistic of a resample is NaN.');
    expect(() => bootstrapInterval(5, () => 1, { resamples: 10 })).toThrow('at least 100');
  });
});
