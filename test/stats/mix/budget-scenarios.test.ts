import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import type { ResponseCurve } from '../../../src/stats/mix/budget/curve';
import { nextExperiment } from '../../../src/stats/mix/budget/experiment';
import { optimizeBudget } from '../../../src/stats/mix/budget/optimize';
import { compareScenarios } from '../../../src/stats/mix/budget/scenarios';

/** effect_d · √spend in draw d. */
function root(name: string, effects: ArrayLike<number>, highestSeen = Infinity): ResponseCurve {
  return {
    name,
    draws: effects.length,
    highestSeen,
    evaluate(spend, response, slope) {
      for (let d = 0; d < effects.length; d++) {
        response[d] = effects[d]! * Math.sqrt(spend);
        slope[d] = effects[d]! / (2 * Math.sqrt(Math.max(spend, 1e-9)));
      }
    },
  };
}

function effects(draws: number, mean: number, sd: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: draws }, () => Math.max(0.01, mean + sd * random.normal()));
}

describe('compareScenarios', () => {
  const curves = [root('tv', [1, 2, 3, 4], 30), root('search', [4, 4, 1, 1], 80)];
  const scenarios = [
    { name: 'today', spend: [25, 25] },
    { name: 'more tv', spend: [49, 1] },
    { name: 'off', spend: [0, 0] },
  ];

  it('takes differences draw by draw', () => {
    const [today, more, off] = compareScenarios(curves, scenarios, { confidence: 0.5 });
    // Draws of today: 25, 30, 20, 25; of more tv: 11, 18, 22, 29.
    expect(today!.response).toMatchObject({ value: 25, confidence: 0.5 });
    expect(more!.response.value).toBe(20);
    expect(more!.gain).toMatchObject({ value: -5, lower: -12.5, upper: 2.5 });
    expect(more!.beatsFirst).toBe(0.5);
    expect([today!, more!, off!].map(({ isBest }) => isBest)).toEqual([0.5, 0.5, 0]);
    expect(today!.return!.value).toBe(0.5);
    expect(off!.return).toBeUndefined();
    expect(today!.gain.standardError).toBe(0);
  });

  it('says where a plan goes beyond the data', () => {
    expect(compareScenarios(curves, scenarios).map(({ extrapolated }) => extrapolated)).toEqual([[], ['tv'], []]);
  });

  it('has the standard error of independent draws, and the probability they imply', () => {
    const draws = 20_000;
    const many = [root('tv', effects(draws, 10, 1, 1)), root('search', effects(draws, 10, 2, 2))];
    const [, other] = compareScenarios(many, [
      { name: 'today', spend: [4, 1] },
      { name: 'turned', spend: [1, 4] },
    ]);
    // The gain is search − tv: mean 0, variance 1 + 4.
    expect(other!.gain.value).toBeCloseTo(0, 1);
    expect(other!.gain.standardError).toBeCloseTo(Math.sqrt(5), 1);
    expect(other!.beatsFirst).toBeCloseTo(0.5, 1);
    expect(other!.gain.upper).toBeCloseTo(1.645 * Math.sqrt(5), 0);
  });

  it('refuses plans that do not fit the channels', () => {
    expect(() => compareScenarios(curves, [{ name: 'odd', spend: [1] }])).toThrow('The scenario odd has 1 spends');
    expect(() => compareScenarios(curves, [{ name: 'odd', spend: [1, NaN] }])).toThrow('odd spends NaN in search');
    expect(() => compareScenarios(curves, [])).toThrow('at least one scenario');
    expect(() => compareScenarios(curves, scenarios, { confidence: 90 })).toThrow('The confidence must be between');
  });
});

describe('nextExperiment', () => {
  it('is worth what a better budget would bring, by brute force', () => {
    const draws = 40;
    const curves = [root('tv', effects(draws, 5, 3, 4)), root('search', effects(draws, 5, 0.5, 5))];
    const found = nextExperiment(curves, { budget: 100 });
    expect(found[0]!.name).toBe('tv');
    for (const { name, value } of found) {
      const c = name === 'tv' ? 0 : 1;
      const response = (spend: number) => {
        const out = [new Float64Array(draws), new Float64Array(draws)] as const;
        curves[c]!.evaluate(spend, ...out);
        return out[0];
      };
      const other = new Float64Array(draws);
      const rest = (spend: number) => {
        curves[1 - c]!.evaluate(spend, other, new Float64Array(draws));
        return other.reduce((a, b) => a + b) / draws;
      };
      const grid = Array.from({ length: 2001 }, (_, i) => ({ own: response(i / 20), rest: rest(100 - i / 20) }));
      const known = Array.from({ length: draws }, (_, d) => Math.max(...grid.map((at) => at.own[d]! + at.rest)));
      const unknown = Math.max(...grid.map((at) => at.own.reduce((a, b) => a + b) / draws + at.rest));
      const brute = known.reduce((a, b) => a + b) / draws - unknown;
      expect(value / brute).toBeCloseTo(1, 1);
      expect(value).toBeGreaterThan(0);
    }
  });

  it('is worth nothing where nothing is unknown, or nothing could change', () => {
    const sure = [root('tv', [5, 5, 5]), root('search', [1, 5, 9])];
    const found = nextExperiment(sure, { budget: 100 });
    expect(found.find(({ name }) => name === 'tv')!.value).toBeCloseTo(0, 12);
    const fixed = sure.map(() => ({ lower: 50, upper: 50 }));
    expect(nextExperiment(sure, { budget: 100, bounds: fixed }).map(({ value }) => value)).toEqual([0, 0]);
  });

  it('finds no more than the plan gains when all is known', () => {
    const draws = 30;
    const curves = [effects(draws, 5, 2, 6), effects(draws, 4, 2, 7), effects(draws, 6, 2, 8)].map((effect, c) =>
      root(`c${c}`, effect),
    );
    const plan = optimizeBudget(curves, { budget: 60 });
    const knowing = Array.from({ length: draws }, (_, d) => {
      const one = curves.map((curve): ResponseCurve => {
        const out = new Float64Array(draws);
        const slopes = new Float64Array(draws);
        return {
          ...curve,
          draws: 1,
          evaluate(spend, response, slope) {
            curve.evaluate(spend, out, slopes);
            response[0] = out[d]!;
            slope[0] = slopes[d]!;
          },
        };
      });
      return optimizeBudget(one, { budget: 60 }).totalResponse;
    });
    const all = knowing.reduce((a, b) => a + b) / draws - plan.totalResponse;
    for (const { value } of nextExperiment(curves, { budget: 60 })) expect(value).toBeLessThan(all * 1.05);
  });
});
