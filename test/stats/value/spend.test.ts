import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { sampleGamma } from '../../../src/stats/distributions/gamma';
import { samplePoisson } from '../../../src/stats/distributions/poisson';
import { digamma } from '../../../src/stats/distributions/digamma';
import { logGamma } from '../../../src/stats/distributions/log-gamma';
import { fitBuyers } from '../../../src/stats/value/fit-buyers';
import { lifetimeValue } from '../../../src/stats/value/lifetime-value';
import { expectedPurchases } from '../../../src/stats/value/predict';
import { expectedSpend, fitSpend } from '../../../src/stats/value/spend';
import { simulateBuyers } from './simulate-buyers';

const [P, Q, V] = [6, 4, 15];

/** Customers whose mean spend is drawn from known parameters; a third bought once. */
function simulateSpend(seed: number, customers: number) {
  const random = seededRandom(seed);
  const frequency: number[] = [];
  const spend: number[] = [];
  const mean: number[] = [];
  for (let i = 0; i < customers; i++) {
    const x = i % 3 === 0 ? 0 : 1 + samplePoisson(random, 3);
    const nu = sampleGamma(random, Q, 1 / V);
    frequency.push(x);
    spend.push(x > 0 ? sampleGamma(random, P * x, 1 / (nu * x)) : 0);
    mean.push(P / nu);
  }
  return { frequency, spend, mean };
}

describe('fitSpend', () => {
  const customers = simulateSpend(4, 3000);
  const fit = fitSpend(customers);

  it('finds the parameters that spend was drawn from, within their errors', () => {
    expect(fit.converged).toBe(true);
    expect(fit.customers).toBe(2000);
    fit.parameters.forEach(({ name, value, standardError }, i) => {
      const strays = Math.log(value / [P, Q, V][i]!) / (standardError / value);
      expect(Math.abs(strays), name).toBeLessThan(3);
    });
    expect(fit.mean!.lower).toBeLessThan((P * V) / (Q - 1));
    expect(fit.mean!.upper).toBeGreaterThan((P * V) / (Q - 1));
  });

  it('draws a customer’s own mean towards everyone’s, and is nearer to the truth for it', () => {
    const said = expectedSpend(fit, customers).value;
    const off = (of: (i: number) => number): number =>
      customers.mean.reduce((sum, mean, i) => sum + (customers.frequency[i]! > 0 ? (of(i) - mean) ** 2 : 0), 0);
    expect(off((i) => said[i]!)).toBeLessThan(0.9 * off((i) => customers.spend[i]!));
    expect(said[0]).toBeCloseTo(fit.mean!.value, 9);
  });

  it('does not mind the order of rows or the unit of money', () => {
    const cents = fitSpend({
      frequency: customers.frequency.toReversed(),
      spend: customers.spend.map((m) => 100 * m).toReversed(),
    });
    [1, 1, 100].forEach((unit, i) => {
      expect(cents.parameters[i]!.value / (unit * fit.parameters[i]!.value)).toBeCloseTo(1, 4);
    });
    expect(cents.logLikelihood).toBeCloseTo(fit.logLikelihood - fit.customers * Math.log(100), 5);
  });

  it('leaves customers out whose orders were taken back, and says so', () => {
    const spend = customers.spend.with(1, -20).with(2, 0);
    const { warnings, customers: kept } = fitSpend({ frequency: customers.frequency, spend });
    expect(kept).toBe(1998);
    expect(warnings).toEqual([expect.objectContaining({ code: 'spend-not-positive' })]);
    expect(warnings[0]!.message).toContain('2 customers');
    const each = expectedSpend(fit, { frequency: [3, 3], spend: [-20, 30] }).value;
    expect(each[0]).toBeCloseTo(fit.mean!.value, 9);
  });

  it('says when those who buy often spend more', () => {
    const spend = customers.spend.map((m, i) => m * (1 + customers.frequency[i]!));
    expect(fitSpend({ ...customers, spend }).warnings.map(({ code }) => code)).toContain('spend-follows-frequency');
  });

  it('refuses what it cannot fit', () => {
    expect(() => fitSpend({ frequency: [1, 2], spend: [3, 4] })).toThrow('takes at least 10');
    expect(() => fitSpend({ frequency: [1, 2], spend: [3] })).toThrow('There are 2 frequencies and 1 values of spend');
    expect(() => fitSpend({ frequency: [0, 2], spend: [NaN, NaN] })).toThrow('in row 2 bought 2 times again');
  });

  it('has no mean where the tail is too heavy, and says so', () => {
    const random = seededRandom(9);
    const heavy = customers.frequency.map((x) =>
      x > 0 ? sampleGamma(random, P * x, 1 / (sampleGamma(random, 0.5, 1 / V) * x)) : 0,
    );
    const wild = fitSpend({ frequency: customers.frequency, spend: heavy });
    expect(wild.mean).toBeUndefined();
    expect(wild.warnings.map(({ code }) => code)).toContain('no-mean-spend');
    expect(() => expectedSpend(wild, customers)).toThrow('its mean is not defined');
  });
});

describe('lifetimeValue', () => {
  const buyers = simulateBuyers(seededRandom(3), 'mbg-nbd', [0.8, 4, 0.9, 2.5], Array(400).fill(50) as number[], 0);
  const random = seededRandom(8);
  const spend = buyers.frequency.map((x) => (x > 0 ? sampleGamma(random, 6 * x, 5 / x) : 0));
  const customers = { ...buyers, spend };
  const fit = fitBuyers(buyers);
  const money = fitSpend(customers);

  it('is purchases times spend where money keeps its worth', () => {
    const value = lifetimeValue(fit, money, customers, { steps: 4, step: 10, discount: 0 });
    const purchases = expectedPurchases(fit, customers, 40).value;
    const worth = expectedSpend(money, customers).value;
    value.value.forEach((sum, i) => expect(sum / (purchases[i]! * worth[i]!)).toBeCloseTo(1, 10));
    expect(value.lower.every((low, i) => low > 0 && low < value.value[i]! && value.value[i]! < value.upper[i]!)).toBe(
      true,
    );
  });

  it('falls with the discount and with the margin', () => {
    const [full] = lifetimeValue(fit, money, customers, { discount: 0 }).value;
    expect(lifetimeValue(fit, money, customers).value[0]!).toBeLessThan(full!);
    expect(lifetimeValue(fit, money, customers, { discount: 0, margin: 0.25 }).value[0]! / full!).toBeCloseTo(0.25, 12);
    expect(() => lifetimeValue(fit, money, customers, { margin: 40 })).toThrow(
      'The margin must be above 0 and at most 1',
    );
    expect(() => lifetimeValue(fit, money, customers, { steps: 1.5 })).toThrow('whole number');
    expect(() => lifetimeValue(fit, money, customers, { discount: -0.1 })).toThrow('0 or more');
  });
});

describe('digamma', () => {
  it('is the slope of log gamma, and grows by 1/x', () => {
    for (const x of [0.1, 0.7, 1.5, 4, 11.9, 12.1, 300]) {
      const h = 1e-5 * x;
      expect(digamma(x)).toBeCloseTo((logGamma(x + h) - logGamma(x - h)) / (2 * h), 6);
      expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 12);
    }
  });
});
