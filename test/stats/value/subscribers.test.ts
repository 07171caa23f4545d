import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { sampleBeta } from '../../../src/stats/distributions/beta';
import {
  fitSubscribers,
  residualLifetime,
  subscriberRetention,
  subscriberSurvival,
} from '../../../src/stats/value/subscribers';

describe('fitSubscribers', () => {
  it('finds the parameters that leaving was drawn from', () => {
    const random = seededRandom(6);
    const survivors = new Array<number>(9).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const leaves = sampleBeta(random, 0.7, 2.5);
      for (let t = 0; t < 9; t++) {
        survivors[t]!++;
        if (random.uniform() < leaves) break;
      }
    }
    const fit = fitSubscribers(survivors);
    expect(fit.converged).toBe(true);
    fit.parameters.forEach(({ value, standardError }, i) => {
      expect(Math.abs(value - [0.7, 2.5][i]!)).toBeLessThan(3 * standardError);
    });
    const survival = subscriberSurvival(fit, 12);
    expect(survival.value[0]).toBe(1);
    expect(survival.lower[0]).toBe(1);
    for (let t = 1; t <= 12; t++) {
      expect(survival.value[t]!).toBeLessThan(survival.value[t - 1]!);
      expect(survival.lower[t]!).toBeLessThan(survival.value[t]!);
    }
  });

  it('is a sum over all renewals to come', () => {
    const fit = fitSubscribers([1000, 869, 743, 653, 593]);
    const retention = subscriberRetention(fit, 400).value;
    let [share, sum] = [1, 0];
    retention.forEach((rate, i) => {
      share *= rate;
      sum += share / 1.1 ** i;
    });
    expect(residualLifetime(fit, 1, 0.1).value[0]).toBeCloseTo(sum, 8);
  });

  it('refuses counts that cannot be', () => {
    expect(() => fitSubscribers([100, 90])).toThrow('There are 2 counts');
    expect(() => fitSubscribers([100, 90, 95])).toThrow('Count 3 of the survivors is 95 after 90');
    expect(() => fitSubscribers([100, -1, -2])).toThrow('Count 2 of the survivors is -1');
    expect(() => fitSubscribers([100, 100, 100])).toThrow('Nobody left');
    expect(() => fitSubscribers([0, 0, 0])).toThrow('has no subscribers');
    const fit = fitSubscribers([1000, 869, 743]);
    expect(() => residualLifetime(fit, 1, 0)).toThrow('must be above 0');
    expect(() => subscriberRetention(fit, 0)).toThrow('from 1 up');
  });

  it('says where retention does not change', () => {
    const fit = fitSubscribers([1000, 800, 640, 512]);
    expect(fit.warnings.map(({ code }) => code)).toContain('flat-likelihood');
    for (const { lower, upper } of fit.parameters) expect([lower, upper]).toEqual([0, Infinity]);
    const retention = subscriberRetention(fit, 3);
    expect(retention.value[2]).toBeCloseTo(0.8, 3);
    expect(retention.upper[2]! - retention.lower[2]!).toBeLessThan(0.1);
  });
});
