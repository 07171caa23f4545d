import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import type { Bounds } from '../../../src/stats/mix/budget/bounds';
import { returnOf } from '../../../src/stats/mix/budget/constraint';
import { averageOf, type ResponseCurve } from '../../../src/stats/mix/budget/curve';
import { optimizeBudget } from '../../../src/stats/mix/budget/optimize';
import { planForCost, planForMarginalReturn, planForReturn } from '../../../src/stats/mix/budget/target';

const reference = resolve(import.meta.dirname, '../../../../shared/reference/mix');

/** coefficient · (x + carry)^alpha / ((x + carry)^alpha + half^alpha), one set of parameters a draw: S-shaped for alpha > 1. */
function hill(
  name: string,
  draws: readonly { coefficient: number; half: number; alpha: number; carry?: number }[],
): ResponseCurve {
  return {
    name,
    draws: draws.length,
    highestSeen: Infinity,
    evaluate(spend, response, slope) {
      for (const [d, { coefficient, half, alpha, carry = 0 }] of draws.entries()) {
        const x = spend + carry;
        const ratio = (x / half) ** alpha;
        response[d] = (coefficient * ratio) / (1 + ratio);
        // At 0 the slope is 0 or without bound; a tiny spend stands for it.
        slope[d] = x > 0 ? (coefficient * alpha * ratio) / (x * (1 + ratio) ** 2) : alpha > 1 ? 0 : coefficient / half;
      }
    },
  };
}

/** coefficient · (1 − exp(−x / scale)): concave. */
function exponential(name: string, coefficient: number, scale: number): ResponseCurve {
  return {
    name,
    draws: 1,
    highestSeen: Infinity,
    evaluate(spend, response, slope) {
      response[0] = coefficient * (1 - Math.exp(-spend / scale));
      slope[0] = (coefficient / scale) * Math.exp(-spend / scale);
    },
  };
}

const totalOf = (curves: readonly ResponseCurve[], spend: ArrayLike<number>): number =>
  curves.reduce((total, curve, c) => total + averageOf(curve)(spend[c]!).response, 0);

/** The best response of every plan in steps of budget / parts, for up to three channels. */
function bruteForce(
  curves: readonly ResponseCurve[],
  bounds: readonly Bounds[],
  budget: number,
  parts: number,
): number {
  const values = curves.map((curve, c) => {
    const average = averageOf(curve);
    return Float64Array.from({ length: parts + 1 }, (_, k) => {
      const spend = (budget * k) / parts;
      return spend < bounds[c]!.lower || spend > bounds[c]!.upper ? -Infinity : average(spend).response;
    });
  });
  let best = -Infinity;
  for (let i = 0; i <= parts; i++) {
    if (curves.length === 2) best = Math.max(best, values[0]![i]! + values[1]![parts - i]!);
    else
      for (let j = 0; i + j <= parts; j++)
        best = Math.max(best, values[0]![i]! + values[1]![j]! + values[2]![parts - i - j]!);
  }
  return best;
}

describe('optimizeBudget', () => {
  it('reaches the optimum in closed form of two exponential curves', () => {
    // Equal slopes: (40/10) e^(−x/10) = (30/20) e^(−y/20) with x + y = 50.
    const x = (Math.log(8 / 3) + 50 / 20) / (1 / 10 + 1 / 20);
    const plan = optimizeBudget([exponential('tv', 40, 10), exponential('search', 30, 20)], { budget: 50 });
    expect(plan.spend[0]).toBeCloseTo(x, 9);
    expect(plan.spend[1]).toBeCloseTo(50 - x, 9);
    expect(plan.marginal[0]).toBeCloseTo(plan.marginal[1]!, 10);
    expect(plan.totalSpend).toBeCloseTo(50, 10);
    expect(plan.bound / plan.totalResponse - 1).toBeLessThan(1e-6);
  });

  it('finds, for 120 random problems with S-shaped curves, no less than a search of every plan', () => {
    const random = seededRandom(7);
    let sShaped = 0;
    for (let problem = 0; problem < 120; problem++) {
      const channels = 2 + random.integer(2);
      const draws = 1 + random.integer(3);
      const curves = Array.from({ length: channels }, (_, c) =>
        hill(
          `c${c}`,
          Array.from({ length: draws }, () => ({
            coefficient: 10 + 90 * random.uniform(),
            half: 5 + 60 * random.uniform(),
            alpha: 1 + 4 * random.uniform(),
          })),
        ),
      );
      const bounds = curves.map(() => ({ lower: 20 * random.uniform(), upper: 60 + 60 * random.uniform() }));
      const budget = 60 + 40 * random.uniform();
      const plan = optimizeBudget(curves, { budget, bounds });
      const brute = bruteForce(curves, bounds, budget, channels === 2 ? 4000 : 600);
      expect(plan.totalResponse).toBeGreaterThanOrEqual(brute * (1 - 1e-9));
      expect(plan.totalResponse).toBeLessThan(brute * 1.005);
      expect(plan.bound).toBeGreaterThanOrEqual(brute * (1 - 1e-6));
      expect(plan.totalSpend).toBeCloseTo(budget, 9);
      for (const [c, { lower, upper }] of bounds.entries()) {
        expect(plan.spend[c]).toBeGreaterThanOrEqual(lower - 1e-9);
        expect(plan.spend[c]).toBeLessThanOrEqual(upper + 1e-9);
      }
      if (plan.bound > plan.totalResponse * (1 + 1e-6)) sShaped++;
    }
    // Problems that the dual alone would not have solved.
    expect(sShaped).toBeGreaterThan(10);
  });

  it('says the same plan in another currency, and with the channels in another order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 1e-4, max: 1e5, noNaN: true }), (seed, rate) => {
        const random = seededRandom(seed);
        const parameters = Array.from({ length: 5 }, () => ({
          coefficient: 10 + 90 * random.uniform(),
          half: 5 + 60 * random.uniform(),
          alpha: 0.999 - 0.4 * random.uniform(),
          carry: 1 + random.uniform(),
        }));
        const curves = parameters.map((one, c) => hill(`c${c}`, [one]));
        const plan = optimizeBudget(curves, { budget: 100 });
        const dearer = parameters.map((one, c) =>
          hill(`c${c}`, [{ ...one, half: one.half * rate, carry: one.carry * rate }]),
        );
        const exchanged = optimizeBudget(dearer, { budget: 100 * rate });
        const reversed = optimizeBudget(curves.toReversed(), { budget: 100 });
        for (let c = 0; c < 5; c++) {
          expect(exchanged.spend[c]! / rate).toBeCloseTo(plan.spend[c]!, 6);
          expect(reversed.spend[4 - c]).toBeCloseTo(plan.spend[c]!, 6);
        }
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  it('fills straight curves from the best down, and spends the whole budget on flat ones', () => {
    const straight = (name: string, rate: number): ResponseCurve => ({
      name,
      draws: 1,
      highestSeen: 1,
      evaluate(spend, response, slope) {
        response[0] = rate * spend;
        slope[0] = rate;
      },
    });
    const bounds = [0, 1, 2].map(() => ({ lower: 1, upper: 10 }));
    const plan = optimizeBudget([straight('a', 1), straight('b', 3), straight('c', 2)], { budget: 15, bounds });
    expect([...plan.spend].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([1, 10, 4]);
    expect(optimizeBudget([straight('a', 0), straight('b', 0)], { budget: 10 }).totalSpend).toBeCloseTo(10, 12);
  });

  it('takes a budget of exactly the minimums, or exactly the maximums', () => {
    const curves = [exponential('tv', 40, 10), exponential('search', 30, 20)];
    const bounds = [
      { lower: 0.1, upper: 0.3 },
      { lower: 0.2, upper: 0.7 },
    ];
    expect([...optimizeBudget(curves, { budget: 0.1 + 0.2, bounds }).spend]).toEqual([0.1, 0.2]);
    const most = optimizeBudget(curves, { budget: 1, bounds }).spend;
    expect(most[0]).toBeCloseTo(0.3, 12);
    expect(most[1]).toBeCloseTo(0.7, 12);
    expect(optimizeBudget(curves, { budget: 0 }).totalResponse).toBe(0);
  });

  it('says what is wrong with bounds, budgets and curves', () => {
    const curves = [exponential('tv', 40, 10), exponential('search', 30, 20)];
    const bounds = curves.map(() => ({ lower: 5, upper: 10 }));
    const attempt =
      (options: Parameters<typeof optimizeBudget>[1], of = curves) =>
      () =>
        optimizeBudget(of, options);
    expect(attempt({ budget: 9, bounds })).toThrow(
      'The budget is 9, but the least that the channels must spend adds up to 10.',
    );
    expect(attempt({ budget: 21, bounds })).toThrow('the most that the channels may spend adds up to 20');
    expect(attempt({ budget: 15, bounds: [bounds[0]!, { lower: 8, upper: 7 }] })).toThrow(
      'search may spend from 8 to 7',
    );
    expect(attempt({ budget: 15, bounds: [bounds[0]!, { lower: NaN, upper: 7 }] })).toThrow(
      'search may spend from NaN',
    );
    expect(attempt({ budget: 15, bounds: [bounds[0]!, { lower: -1, upper: 7 }] })).toThrow('that is no range of spend');
    expect(attempt({ budget: 15, bounds: bounds.slice(1) })).toThrow('There are 2 channels and 1 pairs of bounds');
    expect(attempt({ budget: NaN })).toThrow('A budget must be a number, 0 or more; it is NaN.');
    expect(attempt({ budget: 5 }, [])).toThrow('at least one channel');
    const broken = hill('tv', [
      { coefficient: 1, half: 1, alpha: 1 },
      { coefficient: NaN, half: 1, alpha: 1 },
    ]);
    expect(attempt({ budget: 5 }, [broken])).toThrow('The response of tv at a spend of 0 is NaN in draw 2.');
    expect(attempt({ budget: 5 }, [broken, curves[1]!])).toThrow('search has 1 draws and tv 2');
  });
});

describe('plans to a target', () => {
  const curves = [exponential('tv', 40, 10), exponential('search', 30, 20), exponential('print', 5, 30)];
  const bounds = curves.map(() => ({ lower: 0.5, upper: 200 }));

  it('spend until the marginal response is the target', () => {
    const plan = planForMarginalReturn(curves, 0.5, bounds);
    expect(plan.spend[0]).toBeCloseTo(10 * Math.log(4 / 0.5), 9);
    expect(plan.spend[1]).toBeCloseTo(20 * Math.log(1.5 / 0.5), 9);
    expect(plan.spend[2]).toBe(0.5);
  });

  it('earn the target return exactly, and no larger plan earns it', () => {
    const plan = planForReturn(curves, 1.2, bounds);
    expect(plan.totalResponse / plan.totalSpend).toBeCloseTo(1.2, 10);
    expect(plan.marginal[0]).toBeCloseTo(plan.marginal[1]!, 9);
    const larger = optimizeBudget(curves, { budget: plan.totalSpend * 1.001, bounds });
    expect(larger.totalResponse / larger.totalSpend).toBeLessThan(1.2);
    expect(larger.totalResponse).toBeGreaterThan(plan.totalResponse);
  });

  it('are the same for a cost and for its inverse, a return', () => {
    expect([...planForCost(curves, 0.8, bounds).spend]).toEqual([...planForReturn(curves, 1.25, bounds).spend]);
  });

  it('spend no more than helps when the target is easy', () => {
    const plan = planForReturn(curves, 0.001, bounds);
    expect([...plan.spend]).toEqual([200, 200, 200]);
  });

  it('earn the target with S-shaped curves as no budget of a fine search does better', () => {
    const random = seededRandom(11);
    for (let problem = 0; problem < 12; problem++) {
      const shaped = [0, 1, 2].map((c) =>
        hill(`c${c}`, [
          {
            coefficient: 20 + 80 * random.uniform(),
            half: 5 + 40 * random.uniform(),
            alpha: 1.5 + 3 * random.uniform(),
          },
        ]),
      );
      const limits = shaped.map(() => ({ lower: 0, upper: 100 }));
      const target = 0.4 + random.uniform();
      const responseOf = (budget: number) => optimizeBudget(shaped, { budget, bounds: limits }).totalResponse;
      const best = Array.from({ length: 30 }, (_, i) => responseOf(10 * (i + 1))).filter(
        (response, i) => response >= target * 10 * (i + 1),
      );
      if (best.length === 0) continue;
      const plan = planForReturn(shaped, target, limits);
      expect(plan.totalResponse).toBeGreaterThanOrEqual(target * plan.totalSpend * (1 - 1e-9));
      expect(plan.totalResponse).toBeGreaterThanOrEqual(Math.max(...best) * (1 - 1e-9));
    }
  });

  it('say the best return when none is enough', () => {
    expect(() => planForReturn(curves, 10, bounds)).toThrow('No plan within the bounds earns 10');
    const best = Number(/about (\d+\.\d+)/.exec(String(attempt(() => planForReturn(curves, 10, bounds))))![1]);
    expect(planForReturn(curves, best * 0.99, bounds).totalSpend).toBeGreaterThan(1.5);
    expect(() => planForReturn(curves, best * 1.02, bounds)).toThrow('No plan');
    expect(() => planForReturn(curves, 0, bounds)).toThrow('A target return must be a number above 0; it is 0.');
    expect(() => planForCost(curves, -1, bounds)).toThrow('A target cost');
    expect(() => planForMarginalReturn(curves, NaN, bounds)).toThrow('A target marginal return');
  });
});

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe.skipIf(!existsSync(reference))('Robyn’s allocator on its weekly data (shared/reference/mix, case 07)', () => {
  type Named = Record<string, number>;
  const read = () =>
    JSON.parse(readFileSync(resolve(reference, 'case07_allocator.json'), 'utf8')) as {
      channels: string[];
      coef: Named;
      alpha: Named;
      inflexion: Named;
      mean_carryover: Named;
      init_spend: Named;
      max_response: {
        budget: number;
        lb: Named;
        ub: Named;
        exact: Named;
        exact_total: number;
        exact_mu: number;
        nloptr_total: number;
      };
      target_efficiency: {
        target_roas: number;
        lb: Named;
        ub: Named;
        robyn_jacobian_at_init: number[];
        true_jacobian_at_init: number[];
        exact: Named;
        exact_total: number;
        exact_mu: number;
        robyn_solution: Named;
      };
    };
  const curvesOf = ({ channels, coef, alpha, inflexion, mean_carryover }: ReturnType<typeof read>) =>
    channels.map((name) =>
      hill(name, [
        { coefficient: coef[name]!, half: inflexion[name]!, alpha: alpha[name]!, carry: mean_carryover[name]! },
      ]),
    );
  const boundsOf = (channels: string[], { lb, ub }: { lb: Named; ub: Named }) =>
    channels.map((name) => ({ lower: lb[name]!, upper: ub[name]! }));

  it('reaches the exact optimum of the response for a budget', () => {
    const data = read();
    const { budget, exact, exact_total, nloptr_total, exact_mu } = data.max_response;
    const plan = optimizeBudget(curvesOf(data), { budget, bounds: boundsOf(data.channels, data.max_response) });
    for (const [c, name] of data.channels.entries()) expect(plan.spend[c]! / exact[name]! - 1).toBeCloseTo(0, 7);
    expect(plan.totalResponse / exact_total - 1).toBeCloseTo(0, 7);
    expect(plan.totalResponse).toBeGreaterThanOrEqual(nloptr_total * (1 - 1e-12));
    // The one channel at no bound has the price as its marginal response.
    expect(plan.marginal[1]! / exact_mu - 1).toBeCloseTo(0, 6);
  });

  it('reaches the exact optimum for a target return, and more than the peer with its wrong gradient', () => {
    const data = read();
    const { target_roas, exact, exact_total, exact_mu, robyn_solution } = data.target_efficiency;
    const curves = curvesOf(data);
    const plan = planForReturn(curves, target_roas, boundsOf(data.channels, data.target_efficiency));
    for (const [c, name] of data.channels.entries()) expect(plan.spend[c]! / exact[name]! - 1).toBeCloseTo(0, 5);
    expect(plan.totalResponse / exact_total - 1).toBeCloseTo(0, 6);
    expect(plan.totalResponse / plan.totalSpend).toBeCloseTo(target_roas, 9);
    expect(plan.marginal[0]! / exact_mu - 1).toBeCloseTo(0, 5);
    const peer = data.channels.map((name) => robyn_solution[name]!);
    expect(plan.totalResponse).toBeGreaterThan(totalOf(curves, peer) * 1.04);
  });

  it('has the gradient 1 − R′/target, as finite differences say, where the peer has 1 + R′', () => {
    const data = read();
    const { target_roas, true_jacobian_at_init, robyn_jacobian_at_init } = data.target_efficiency;
    const curves = curvesOf(data);
    const constraint = returnOf(target_roas);
    const today = data.channels.map((name) => data.init_spend[name]!);
    // What the condition S − R/target ≤ 0 uses up.
    const used = (spend: number[]) =>
      -constraint.slack(
        spend.reduce((a, b) => a + b),
        totalOf(curves, spend),
      );
    for (const [c, curve] of curves.entries()) {
      const step = 1e-4 * today[c]!;
      const [more, less] = [today.with(c, today[c]! + step), today.with(c, today[c]! - step)];
      const numeric = (used(more) - used(less)) / (2 * step);
      const gradient = constraint.gradient(averageOf(curve)(today[c]!).slope);
      expect(gradient).toBeCloseTo(numeric, 6);
      expect(gradient).toBeCloseTo(true_jacobian_at_init[c]!, 9);
      expect(Math.abs(robyn_jacobian_at_init[c]! - numeric)).toBeGreaterThan(0.5);
    }
  });
});
