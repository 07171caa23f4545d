import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { startChain } from '../../../src/stats/sampling/chain';
import { energyFraction } from '../../../src/stats/sampling/energy-fraction';
import type { LogDensity } from '../../../src/stats/sampling/log-density';
import { essMean } from '../../../src/stats/sampling/ess';
import { mean, variance } from '../../../src/stats/summary/moments';

/** All draws of one chain, a column a coordinate. */
function sample(density: LogDensity, seed: number, draws = 2000, targetAcceptance = 0.9) {
  const chain = startChain(density, seededRandom(seed), {
    warmup: 1000,
    draws,
    initial: new Float64Array(density.dimension).fill(0.3),
    targetAcceptance,
  });
  while (chain.done < 1000) chain.advance();
  const tuning = chain.statistics.gradientEvaluations;
  while (chain.advance());
  const d = density.dimension;
  const columns = Array.from({ length: d }, (_, j) =>
    Float64Array.from({ length: draws }, (_, i) => chain.positions[i * d + j]!),
  );
  return { columns, statistics: chain.statistics, evaluations: chain.statistics.gradientEvaluations - tuning };
}

/** Distance of an estimated mean from the true one in Monte-Carlo standard errors. */
function away(values: Float64Array, truth: number): number {
  return Math.abs(mean(values) - truth) / Math.sqrt(variance(values) / essMean([values]));
}

/** N(mean, ΛΛᵀ) with Λ unit lower triangular times scales: gradient −Λ⁻ᵀΛ⁻¹(x − mean). */
function correlatedGaussian(d: number) {
  const random = seededRandom(5);
  const scale = Float64Array.from({ length: d }, (_, i) => 10 ** (i / (d - 1) - 0.5));
  const lower = Array.from({ length: d }, (_, i) =>
    Float64Array.from({ length: d }, (_, j) => (j < i ? 0.3 * random.normal() : j === i ? 1 : 0)),
  );
  const at = (i: number, j: number): number => scale[i]! * lower[i]![j]!;
  const center = Float64Array.from({ length: d }, (_, i) => i - 3);
  const density: LogDensity = {
    dimension: d,
    evaluate(x, gradient) {
      const z = new Float64Array(d);
      for (let i = 0; i < d; i++) {
        let rest = x[i]! - center[i]!;
        for (let j = 0; j < i; j++) rest -= at(i, j) * z[j]!;
        z[i] = rest / at(i, i);
      }
      for (let i = d - 1; i >= 0; i--) {
        let rest = -z[i]!;
        for (let k = i + 1; k < d; k++) rest -= at(k, i) * gradient[k]!;
        gradient[i] = rest / at(i, i);
      }
      return -z.reduce((sum, value) => sum + value * value, 0) / 2;
    },
  };
  const covariance = (i: number, k: number): number => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += at(i, j) * at(k, j);
    return sum;
  };
  return { density, center, covariance };
}

describe('the No-U-Turn sampler', () => {
  it('finds means, variances and correlations of a correlated Gaussian in 20 dimensions', () => {
    const { density, center, covariance } = correlatedGaussian(20);
    const { columns, statistics, evaluations } = sample(density, 1);
    expect(statistics.divergences).toBe(0);
    for (let i = 0; i < 20; i++) {
      expect(away(columns[i]!, center[i]!)).toBeLessThan(4);
      const squares = columns[i]!.map((value) => (value - center[i]!) ** 2);
      expect(away(squares, covariance(i, i))).toBeLessThan(4);
      const products = columns[i]!.map((value, row) => (value - center[i]!) * (columns[0]![row]! - center[0]!));
      expect(away(products, covariance(i, 0))).toBeLessThan(4);
    }
    // With the metric learnt the posterior is round: few steps a draw, and draws that are about independent.
    expect(evaluations / 2000).toBeLessThan(16);
    expect(Math.min(...columns.map((column) => essMean([column])))).toBeGreaterThan(1000);
  });

  it('moves freely between energies where tails are light, and slowly where they are long', () => {
    const gaussian = sample(correlatedGaussian(5).density, 6, 1000).statistics.energy;
    expect(energyFraction(gaussian)).toBeGreaterThan(0.7);
    // Student's t with 1 degree of freedom in each of 3 coordinates.
    const cauchy: LogDensity = {
      dimension: 3,
      evaluate(x, gradient) {
        x.forEach((value, i) => (gradient[i] = (-2 * value) / (1 + value * value)));
        return -x.reduce((sum, value) => sum + Math.log1p(value * value), 0);
      },
    };
    expect(energyFraction(sample(cauchy, 6, 1000).statistics.energy)).toBeLessThan(0.4);
    expect(() => energyFraction(gaussian.subarray(0, 3))).toThrow('needs 4 draws');
  });

  it('tunes the acceptance to its target', () => {
    const { density } = correlatedGaussian(5);
    const reached = (target: number): number => sample(density, 2, 1000, target).statistics.acceptanceSum / 1000;
    // The average of the steps tried lags behind, on the side of caution, as Stan's does.
    const [low, high] = [reached(0.6), reached(0.95)];
    expect(low).toBeGreaterThan(0.55);
    expect(low).toBeLessThan(0.8);
    expect(high).toBeGreaterThan(0.93);
  });

  it('finds the moments of a banana', () => {
    // x ~ N(0, 1), y | x ~ N(x², ½²): E y = 1, Var y = 2 + ¼.
    const density: LogDensity = {
      dimension: 2,
      evaluate([x, y], gradient) {
        const rest = (y! - x! * x!) / 0.25;
        gradient[0] = -x! + 2 * x! * rest;
        gradient[1] = -rest;
        return -0.5 * x! * x! - 0.5 * (y! - x! * x!) * rest;
      },
    };
    const { columns } = sample(density, 3, 8000);
    expect(away(columns[0]!, 0)).toBeLessThan(4);
    expect(away(columns[1]!, 1)).toBeLessThan(4);
    expect(
      away(
        columns[0]!.map((x) => x * x),
        1,
      ),
    ).toBeLessThan(4);
    expect(
      away(
        columns[1]!.map((y) => (y - 1) ** 2),
        2.25,
      ),
    ).toBeLessThan(4);
  });

  it('finds the moments of a mild funnel', () => {
    // v ~ N(0, ½²), x | v ~ N(0, eᵛ²): Var x = E e^{2v} = e^{½}.
    const density: LogDensity = {
      dimension: 2,
      evaluate([v, x], gradient) {
        const precision = Math.exp(-2 * v!);
        gradient[0] = -4 * v! - 1 + x! * x! * precision;
        gradient[1] = -x! * precision;
        return -2 * v! * v! - v! - 0.5 * x! * x! * precision;
      },
    };
    const { columns, statistics } = sample(density, 4, 8000);
    expect(statistics.divergences).toBeLessThan(8);
    expect(away(columns[0]!, 0)).toBeLessThan(4);
    expect(
      away(
        columns[0]!.map((v) => v * v),
        0.25,
      ),
    ).toBeLessThan(4);
    expect(away(columns[1]!, 0)).toBeLessThan(4);
    expect(
      away(
        columns[1]!.map((x) => x * x),
        Math.exp(0.5),
      ),
    ).toBeLessThan(4);
  });

  it('says where the density does not exist that a chain crossed into it', () => {
    const wall: LogDensity = {
      dimension: 1,
      evaluate([x], gradient) {
        gradient[0] = -1;
        return x! > 0 ? -x! : -Infinity;
      },
    };
    const { columns, statistics } = sample(wall, 5, 500);
    expect(statistics.divergences).toBeGreaterThan(0);
    expect(Math.min(...columns[0]!)).toBeGreaterThan(0);
  });

  it('gives the same draws for the same seed, and others for another', () => {
    const { density } = correlatedGaussian(5);
    const first = sample(density, 7, 20).columns;
    expect(sample(density, 7, 20).columns).toEqual(first);
    expect(sample(density, 8, 20).columns).not.toEqual(first);
  });

  it('refuses to start where the density is not finite, or with senseless counts', () => {
    const nowhere: LogDensity = { dimension: 1, evaluate: () => NaN };
    const flat: LogDensity = { dimension: 1, evaluate: (_, gradient) => (gradient.fill(0), 0) };
    const start = (density: LogDensity, change: object) => () =>
      startChain(density, seededRandom(1), { warmup: 1, draws: 1, initial: new Float64Array(1), ...change });
    expect(start(nowhere, {})).toThrow('not finite');
    expect(start(flat, { draws: 0 })).toThrow('from 1 up, not 0');
    expect(start(flat, { warmup: 0.5 })).toThrow('not 0.5');
    expect(start(flat, { initial: new Float64Array(2) })).toThrow('2 numbers where the density takes 1');
  });
});
