import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { fitBuyers } from '../../../src/stats/value/fit-buyers';
import { activeCustomers, expectedOfNewCustomer, predictedTotal } from '../../../src/stats/value/predict';
import { simulateBuyers } from './simulate-buyers';

const TRUTH = [0.8, 4, 0.9, 2.5] as const;
const RUNS = 120;

describe('intervals of 90 % around MBG/NBD, of 800 customers each time', () => {
  const random = seededRandom(21);
  const held = { parameters: [0, 0, 0, 0], active: 0, total: 0, mean: 0 };
  // E[X(30)] of a new customer, from many draws of the model itself.
  const many = simulateBuyers(random, 'mbg-nbd', TRUTH, Array(200_000).fill(30) as number[], 0);
  const truth = many.frequency.reduce((sum, x) => sum + x, 0) / many.frequency.length;
  for (let run = 0; run < RUNS; run++) {
    const ages = Array.from({ length: 800 }, (_, i) => 15 + (45 * i) / 800);
    const customers = simulateBuyers(random, 'mbg-nbd', TRUTH, ages, 25);
    const fit = fitBuyers(customers);
    const inside = ({ lower, upper }: { lower: number; upper: number }, value: number): number =>
      Number(lower <= value && value <= upper);
    fit.parameters.forEach((parameter, i) => (held.parameters[i]! += inside(parameter, TRUTH[i]!)));
    held.active += inside(activeCustomers(fit, customers), customers.isAlive.filter(Boolean).length);
    const later = customers.later.reduce((sum, count) => sum + count, 0);
    held.total += inside(predictedTotal(fit, customers, 25), later);
    const mean = expectedOfNewCustomer(fit, [30]);
    held.mean += inside({ lower: mean.lower[0]!, upper: mean.upper[0]! }, truth);
  }

  // 108 of 120 expected, with a deviation of 3.3.
  const asOften = (count: number): void => {
    expect(count).toBeGreaterThanOrEqual(97);
    expect(count).toBeLessThanOrEqual(119);
  };
  it('hold the parameters', () => held.parameters.forEach(asOften));
  it('hold the number of those still there', () => asOften(held.active));
  it('hold the number of orders to come', () => asOften(held.total));
  it('hold the mean of new customers', () => asOften(held.mean));
});
