import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { aliveMatrix } from '../../../src/stats/value/alive-matrix';
import type { BuyerModelName } from '../../../src/stats/value/buyer-model';
import { fitBuyers, modelOf, parametersOf, type BuyerFit } from '../../../src/stats/value/fit-buyers';
import { groupHistories } from '../../../src/stats/value/histories';
import { holdout } from '../../../src/stats/value/holdout';
import {
  activeCustomers,
  aliveProbability,
  expectedOfNewCustomer,
  expectedPurchases,
  frequencyTable,
  predictedTotal,
} from '../../../src/stats/value/predict';
import { trackPurchases } from '../../../src/stats/value/tracking';
import { meanOverLeaving, momentWhileHere } from '../../../src/stats/value/mixed-counts';
import { simulateBuyers } from './simulate-buyers';

const TRUTH: Record<BuyerModelName, readonly [number, number, number, number]> = {
  'bg-nbd': [0.8, 4, 0.9, 2.5],
  'mbg-nbd': [0.8, 4, 0.9, 2.5],
  'pareto-nbd': [0.8, 6, 0.9, 15],
};
const names = Object.keys(TRUTH) as BuyerModelName[];
const ages = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / count);

describe.each(names)('%s', (name) => {
  const model = modelOf(name);
  const random = seededRandom(7);
  const customers = simulateBuyers(random, name, TRUTH[name], ages(4000, 20, 60), 30);
  const fit = fitBuyers(customers, { model: name });

  it('has the slopes of its own likelihood', () => {
    const objective = model.objective(
      groupHistories(simulateBuyers(seededRandom(3), name, TRUTH[name], ages(80, 5, 40), 0)),
    );
    for (const logs of [
      [0, 0, 0, 0],
      [-1.5, 2, 0.5, 1.2],
      [1, -1, 1, -0.5],
    ]) {
      const gradient = new Float64Array(4);
      const at = Float64Array.from(logs);
      objective(at, gradient);
      for (let i = 0; i < 4; i++) {
        const [up, down] = [at.slice(), at.slice()];
        up[i]! += 1e-5;
        down[i]! -= 1e-5;
        const slope = (objective(up, new Float64Array(4)) - objective(down, new Float64Array(4))) / 2e-5;
        expect(gradient[i]! / slope).toBeCloseTo(1, 5);
      }
    }
  });

  it('finds the parameters that customers were drawn from, within their errors', () => {
    expect(fit.converged).toBe(true);
    expect(fit.warnings).toEqual([]);
    fit.parameters.forEach(({ value, standardError, lower, upper }, i) => {
      const strays = Math.log(value / TRUTH[name][i]!) / (standardError / value);
      expect(Math.abs(strays), `parameter ${i}`).toBeLessThan(3);
      expect(lower).toBeLessThan(value);
      expect(upper).toBeGreaterThan(value);
    });
  });

  it('knows who is still there, and what they buy next', () => {
    const there = customers.isAlive.filter(Boolean).length;
    const active = activeCustomers(fit, customers);
    expect(Math.abs(active.value - there)).toBeLessThan(3.5 * active.standardError);
    const each = aliveProbability(fit, customers);
    expect(each.value.reduce((sum, p) => sum + p, 0)).toBeCloseTo(active.value, 6);
    expect(each.lower.every((low, i) => low >= 0 && low <= each.value[i]! && each.upper[i]! <= 1)).toBe(true);

    const bought = customers.later.reduce((sum, count) => sum + count, 0);
    const total = predictedTotal(fit, customers, 30);
    expect(Math.abs(total.value - bought)).toBeLessThan(3.5 * total.standardError);
    const next = expectedPurchases(fit, customers, 30);
    expect(next.value.reduce((sum, mean) => sum + mean, 0)).toBeCloseTo(total.value, 6);

    const after = holdout(fit, customers, customers.later, 30);
    expect(after.rows.reduce((sum, row) => sum + row.customers, 0)).toBe(4000);
    expect(after.actualTotal).toBe(bought);
    expect(after.meanAbsoluteError).toBeLessThan(after.meanAbsoluteErrorOfRate);
  });

  it('expects of new customers what it draws, on average', () => {
    const simulated = simulateBuyers(seededRandom(11), name, TRUTH[name], Array(20_000).fill(40) as number[], 0);
    const known: BuyerFit = { ...fit, parameters: fit.parameters.map((p, i) => ({ ...p, value: TRUTH[name][i]! })) };
    const mean = simulated.frequency.reduce((sum, x) => sum + x, 0) / 20_000;
    const spread = Math.sqrt(simulated.frequency.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / 20_000;
    expect(Math.abs(expectedOfNewCustomer(known, [40]).value[0]! - mean)).toBeLessThan(4 * spread);
    const { actual, expected } = frequencyTable(known, simulated);
    actual.forEach((count, x) => {
      expect(Math.abs(count - expected[x]!), `${x} purchases`).toBeLessThan(4.5 * Math.sqrt(expected[x]!));
    });
  });

  it('gives the mean square that its draws have', () => {
    const history = { frequency: 3, recency: 15, age: 20 };
    // Those among many whose history is near the one asked for.
    const random = seededRandom(5);
    const parameters = Float64Array.from(TRUTH[name]);
    let [weight, first, second] = [0, 0, 0];
    const many = simulateBuyers(random, name, TRUTH[name], Array(60_000).fill(20) as number[], 20);
    many.frequency.forEach((x, i) => {
      if (x !== 3 || Math.abs(many.recency[i]! - 15) > 1.5) return;
      weight++;
      first += many.later[i]!;
      second += many.later[i]! ** 2;
    });
    expect(weight).toBeGreaterThan(200);
    const [mean, square] = [model.expected(parameters, 20, history), model.square(parameters, 20, history)];
    const deviation = Math.sqrt((square - mean * mean) / weight);
    expect(Math.abs(first / weight - mean)).toBeLessThan(4 * deviation + 0.05 * mean);
    expect(second / weight / square).toBeGreaterThan(0.7);
    expect(second / weight / square).toBeLessThan(1.4);
  });

  it('does not mind the order of the rows or the unit of time', () => {
    const few = {
      frequency: customers.frequency.slice(0, 600),
      recency: customers.recency.slice(0, 600),
      age: customers.age.slice(0, 600),
    };
    const base = fitBuyers(few, { model: name });
    const turned = fitBuyers(
      { frequency: few.frequency.toReversed(), recency: few.recency.toReversed(), age: few.age.toReversed() },
      { model: name },
    );
    const inDays = fitBuyers(
      { frequency: few.frequency, recency: few.recency.map((t) => 7 * t), age: few.age.map((t) => 7 * t) },
      { model: name },
    );
    const purchases = few.frequency.reduce((sum, x) => sum + x, 0);
    expect(inDays.logLikelihood).toBeCloseTo(base.logLikelihood - purchases * Math.log(7), 5);
    base.parameters.forEach(({ name: parameter, value }, i) => {
      expect(turned.parameters[i]!.value / value).toBeCloseTo(1, 4);
      const unit = model.times.includes(parameter) ? 7 : 1;
      expect(inDays.parameters[i]!.value / (unit * value)).toBeCloseTo(1, 4);
    });
    const history = { frequency: [2], recency: [14], age: [28] };
    const weeks = { frequency: [2], recency: [2], age: [4] };
    expect(expectedPurchases(inDays, history, 70).value[0]! / expectedPurchases(base, weeks, 10).value[0]!).toBeCloseTo(
      1,
      4,
    );
  });

  it('tracks what happens over calendar time', () => {
    const born = customers.age.map((age) => 60 - age);
    const { value, lower, upper } = trackPurchases(fit, born, [10, 60, 90]);
    const until60 = customers.frequency.reduce((sum, x) => sum + x, 0);
    expect(Math.abs(value[1]! / until60 - 1)).toBeLessThan(0.06);
    const until90 = until60 + customers.later.reduce((sum, x) => sum + x, 0);
    expect(Math.abs(value[2]! / until90 - 1)).toBeLessThan(0.06);
    expect(lower[2]!).toBeLessThan(value[2]!);
    expect(upper[2]!).toBeGreaterThan(value[2]!);
  });
});

describe('the mean of purchases', () => {
  it('is the same summed over counts and integrated over the chance to leave', () => {
    for (const [shape, rate, a, b, time] of [
      [0.6, 2, 0.9, 2.4, 39.9],
      [0.6, 2, 1, 2.4, 30],
      [2.5, 1, 0.2, 0.4, 19],
      [0.2, 3, 5, 40, 55],
      [12, 4, 0.05, 3, 70],
    ] as const) {
      const summed = momentWhileHere({ shape, rate }, { a, b }, time, 1);
      expect(meanOverLeaving({ shape, rate }, { a, b }, time) / summed).toBeCloseTo(1, 9);
    }
    // Where one rule takes over from the other.
    const [rate, leaving] = [
      { shape: 0.7, rate: 2 },
      { a: 0.8, b: 2 },
    ];
    const [before, after] = [39.999, 40.001].map((time) => momentWhileHere(rate, leaving, time, 1));
    expect(after! / before!).toBeCloseTo(1, 4);
    expect(momentWhileHere(rate, leaving, 1e9, 1)).toBeGreaterThan(after!);
  });
});

describe('aliveMatrix', () => {
  it('falls with silence, and faster for those who bought often', () => {
    const fit = fitBuyers(simulateBuyers(seededRandom(2), 'mbg-nbd', TRUTH['mbg-nbd'], ages(300, 20, 60), 0));
    const cells = aliveMatrix(fit, 50, { frequencies: [0, 1, 10], steps: 5 });
    expect(cells.map(({ frequency, since }) => [frequency, since]).slice(0, 3)).toEqual([
      [0, 50],
      [1, 0],
      [1, 10],
    ]);
    const row = (x: number): number[] => cells.filter(({ frequency }) => frequency === x).map(({ alive }) => alive);
    for (const x of [1, 10]) row(x).forEach((alive, k) => expect(alive).toBeLessThan(k === 0 ? 1 : row(x)[k - 1]!));
    expect(row(10)[0]!).toBeGreaterThan(row(1)[0]!);
    expect(row(10)[4]!).toBeLessThan(row(1)[4]!);
    expect(() => aliveMatrix(fit, 0)).toThrow('age above 0');
  });
});

describe('fitBuyers', () => {
  const random = seededRandom(2);
  const customers = simulateBuyers(random, 'mbg-nbd', TRUTH['mbg-nbd'], ages(300, 20, 60), 0);

  it('takes MBG/NBD unless told otherwise, for BG/NBD has everyone who bought once still there', () => {
    expect(fitBuyers(customers).model).toBe('mbg-nbd');
    const once = { frequency: [0], recency: [0], age: [50] };
    const bg = aliveProbability(fitBuyers(customers, { model: 'bg-nbd' }), once);
    expect([bg.value[0], bg.lower[0], bg.upper[0], bg.standardError[0]]).toEqual([1, 1, 1, 0]);
    expect(aliveProbability(fitBuyers(customers), once).value[0]).toBeLessThan(0.8);
  });

  it('refuses histories that cannot be, with the row', () => {
    const bad =
      (change: object): (() => unknown) =>
      () =>
        fitBuyers({ frequency: [1, 1], recency: [1, 2], age: [4, 4], ...change });
    expect(bad({ age: [4, -1] })).toThrow('row 2 cannot be: age is -1');
    expect(bad({ recency: [1, 9] })).toThrow('row 2 cannot be: recency 9 is not between 0 and the age 4');
    expect(bad({ frequency: [0, 1] })).toThrow('row 1 cannot be: nothing was bought again');
    expect(bad({ recency: [1, 0] })).toThrow('row 2 cannot be: frequency is 1, yet the last order');
    expect(bad({ frequency: [1, 1.5] })).toThrow('row 2 cannot be: frequency is 1.5');
    expect(bad({ age: [4, NaN] })).toThrow('row 2 cannot be: age is NaN');
    expect(bad({ age: [4] })).toThrow('There are 2 frequencies and 1 values of age');
    expect(bad({})).toThrow('There are 2 customers');
  });

  it('refuses customers of whom none came back, and a model it does not know', () => {
    const once = {
      frequency: Array(20).fill(0) as number[],
      recency: Array(20).fill(0) as number[],
      age: Array(20).fill(9) as number[],
    };
    expect(() => fitBuyers(once)).toThrow('None of the 20 customers bought on a second day');
    expect(() => fitBuyers(customers, { model: 'nbd' as BuyerModelName })).toThrow('There is no model nbd');
    expect(() => fitBuyers(customers, { confidence: 90 })).toThrow('between 0 and 1');
    expect(() => expectedPurchases(fitBuyers(customers), customers, NaN)).toThrow('it is NaN');
  });

  it('warns where the data tell little', () => {
    const same = {
      frequency: Array(12).fill(1) as number[],
      recency: Array(12).fill(5) as number[],
      age: Array(12).fill(10) as number[],
    };
    const fit = fitBuyers(same);
    expect(fit.warnings.map(({ code }) => code)).toContain('few-repeat-buyers');
    expect(fit.warnings.map(({ code }) => code)).toContain('flat-likelihood');
    const next = expectedPurchases(fit, same, 10);
    for (const values of [next.value, next.lower, next.upper]) expect(values.every(Number.isFinite)).toBe(true);
    expect(parametersOf(fit).every(Number.isFinite)).toBe(true);
  });
});
