import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import type { Prior } from '../../../src/stats/mix/model';
import { parameterOf, samplePrior, type ParameterPoint } from '../../../src/stats/mix/priors';

const PRIORS: readonly Prior[] = [
  { kind: 'beta', a: 1, b: 3 },
  { kind: 'beta', a: 2.5, b: 0.8 },
  { kind: 'gamma', shape: 3, rate: 1 },
  { kind: 'gamma', shape: 0.7, rate: 4 },
  { kind: 'half-normal', scale: 2 },
  { kind: 'log-normal', location: 0.3, scale: 0.8 },
  { kind: 'normal', mean: -1, scale: 2 },
  { kind: 'uniform', low: -1, high: 5 },
];

/** Mean of f(x) by Simpson's rule over the line on which the sampler walks. */
function expectation(prior: Prior, f: (x: number) => number): number {
  const point: ParameterPoint = { value: 0, slope: 0, logPrior: 0, logPriorSlope: 0 };
  const parameter = parameterOf(prior);
  const [from, steps, h] = [-60, 24_000, 120 / 24_000];
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    parameter.place(from + i * h, point);
    const weight = i === 0 || i === steps ? 1 : i % 2 ? 4 : 2;
    const density = Math.exp(point.logPrior);
    if (density > 0) sum += weight * density * f(point.value);
  }
  return (sum * h) / 3;
}

describe.each(PRIORS.map((prior) => [JSON.stringify(prior), prior] as const))('the prior %s', (_, prior) => {
  it('is a density on the line, with the mean of its draws', () => {
    expect(expectation(prior, () => 1)).toBeCloseTo(1, 8);
    const random = seededRandom(3);
    const draws = Float64Array.from({ length: 40_000 }, () => samplePrior(prior, random));
    const mean = expectation(prior, (x) => x);
    const sd = Math.sqrt(expectation(prior, (x) => (x - mean) ** 2));
    const drawn = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    expect(Math.abs(drawn - mean) / (sd / 200)).toBeLessThan(4);
  });

  it('has the slopes of its value and of its density, and comes back from a value', () => {
    const parameter = parameterOf(prior);
    const at = (u: number): ParameterPoint => {
      const point: ParameterPoint = { value: 0, slope: 0, logPrior: 0, logPriorSlope: 0 };
      parameter.place(u, point);
      return point;
    };
    for (const u of [-3, -0.4, 0, 1.7]) {
      const [here, plus, minus] = [at(u), at(u + 1e-5), at(u - 1e-5)];
      expect((plus.value - minus.value) / 2e-5).toBeCloseTo(here.slope, 7);
      expect((plus.logPrior - minus.logPrior) / 2e-5).toBeCloseTo(here.logPriorSlope, 6);
      expect(parameter.unconstrain(here.value)).toBeCloseTo(u, 10);
    }
  });
});

it('refuses priors that are no distributions', () => {
  expect(() => parameterOf({ kind: 'beta', a: 0, b: 1 })).toThrow(
    'The a of the beta prior must be a number above 0; it is 0.',
  );
  expect(() => parameterOf({ kind: 'uniform', low: 2, high: 1 })).toThrow('runs from 2 to 1');
  expect(() => samplePrior({ kind: 'normal', mean: NaN, scale: 1 }, seededRandom(1))).toThrow('mean of the normal');
});
