import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../../src/base/random';
import { sampleBeta } from '../../../src/stats/distributions/beta';
import { sampleBinomial } from '../../../src/stats/distributions/binomial';
import { sampleCategorical } from '../../../src/stats/distributions/categorical';
import { sampleGamma } from '../../../src/stats/distributions/gamma';
import { sampleGeometric } from '../../../src/stats/distributions/geometric';
import { samplePoisson } from '../../../src/stats/distributions/poisson';
import { normalCdf } from '../../../src/stats/distributions/normal';

const N = 40_000;

/** Draws, and how many standard errors their mean and variance are from the known ones (variance by its own spread). */
function moments(seed: number, draw: (random: Random) => number, mean: number, variance: number) {
  const random = seededRandom(seed);
  const values = Array.from({ length: N }, () => draw(random));
  const average = values.reduce((sum, value) => sum + value, 0) / N;
  const squares = values.map((value) => (value - mean) ** 2);
  const spread = squares.reduce((sum, value) => sum + value, 0) / N;
  const error = Math.sqrt(squares.reduce((sum, value) => sum + (value - spread) ** 2, 0)) / N;
  return { mean: (average - mean) / Math.sqrt(variance / N), variance: (spread - variance) / error };
}

/** Kolmogorov-Smirnov: √n · sup |F̂ − F|, above 1.95 by chance once in a thousand. */
function distance(values: number[], cdf: (x: number) => number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const gaps = sorted.map((x, i) => Math.max((i + 1) / N - cdf(x), cdf(x) - i / N));
  return Math.sqrt(N) * gaps.reduce((most, gap) => Math.max(most, gap), 0);
}

/** Pearson's χ² over the counts of 0, 1, 2, … against a mass function, as a standard normal score (Wilson-Hilferty). */
function fit(values: number[], mass: (k: number) => number): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let chi = 0;
  let cells = 0;
  let rest = N;
  let restExpected = N;
  for (let k = 0; k < 400; k++) {
    const expected = N * mass(k);
    if (expected < 10) continue;
    chi += ((counts.get(k) ?? 0) - expected) ** 2 / expected;
    rest -= counts.get(k) ?? 0;
    restExpected -= expected;
    cells++;
  }
  if (restExpected > 1) {
    chi += (rest - restExpected) ** 2 / restExpected;
    cells++;
  }
  const df = cells - 1;
  return (Math.cbrt(chi / df) - 1 + 2 / (9 * df)) / Math.sqrt(2 / (9 * df));
}

describe('the samplers', () => {
  it.each([
    [0.2, 1],
    [0.9, 3],
    [1, 2],
    [4.5, 0.5],
    [300, 2],
  ])('draw gamma(%s, %s) with its mean and variance', (shape, scale) => {
    const score = moments(11, (random) => sampleGamma(random, shape, scale), shape * scale, shape * scale * scale);
    expect(Math.abs(score.mean)).toBeLessThan(4);
    expect(Math.abs(score.variance)).toBeLessThan(4);
  });

  it('draw gamma(1, 2) as the exponential distribution that it is, and gamma(½, 2) as a squared normal', () => {
    const draws = (shape: number): number[] => {
      const random = seededRandom(12);
      return Array.from({ length: N }, () => sampleGamma(random, shape, 2));
    };
    expect(distance(draws(1), (x) => 1 - Math.exp(-x / 2))).toBeLessThan(1.95);
    expect(distance(draws(0.5), (x) => 2 * normalCdf(Math.sqrt(x)) - 1)).toBeLessThan(1.95);
  });

  it.each([
    [0.9, 1.8],
    [2, 5],
    [0.1, 0.1],
  ])('draw beta(%s, %s) with its mean and variance', (a, b) => {
    const mean = a / (a + b);
    const score = moments(13, (random) => sampleBeta(random, a, b), mean, (mean * (1 - mean)) / (a + b + 1));
    expect(Math.abs(score.mean)).toBeLessThan(4);
    expect(Math.abs(score.variance)).toBeLessThan(4);
  });

  it('draw beta(2, 1) with its distribution function x²', () => {
    const random = seededRandom(14);
    expect(
      distance(
        Array.from({ length: N }, () => sampleBeta(random, 2, 1)),
        (x) => x * x,
      ),
    ).toBeLessThan(1.95);
  });

  it.each([[0.3], [5], [15.99], [16], [40], [120.5]])('draw Poisson(%s) by its mass function', (mean) => {
    const random = seededRandom(15);
    const values = Array.from({ length: N }, () => samplePoisson(random, mean));
    let log = -mean;
    const mass = Array.from({ length: 400 }, (_, k) => {
      if (k > 0) log += Math.log(mean / k);
      return Math.exp(log);
    });
    expect(Math.abs(fit(values, (k) => mass[k]!))).toBeLessThan(3.5);
  });

  it.each([
    [10, 0.3],
    [16, 0.9],
    [17, 0.5],
    [200, 0.07],
    [300, 0.8],
  ])('draw binomial(%s, %s) by its mass function', (n, p) => {
    const random = seededRandom(16);
    const values = Array.from({ length: N }, () => sampleBinomial(random, n, p));
    let log = n * Math.log(1 - p);
    const mass = Array.from({ length: 400 }, (_, k) => {
      if (k > n) return 0;
      if (k > 0) log += Math.log((((n - k + 1) / k) * p) / (1 - p));
      return Math.exp(log);
    });
    expect(Math.abs(fit(values, (k) => mass[k]!))).toBeLessThan(3.5);
  });

  it('draw geometric(0.3) by its mass function', () => {
    const random = seededRandom(17);
    const values = Array.from({ length: N }, () => sampleGeometric(random, 0.3));
    expect(Math.abs(fit(values, (k) => 0.3 * 0.7 ** k))).toBeLessThan(3.5);
  });

  it('draw categories in proportion to their weights, and never one of weight 0', () => {
    const random = seededRandom(18);
    const values = Array.from({ length: N }, () => sampleCategorical(random, [1, 0, 3, 6, 0]));
    expect(values.includes(1) || values.includes(4)).toBe(false);
    expect(Math.abs(fit(values, (k) => [0.1, 0, 0.3, 0.6][k] ?? 0))).toBeLessThan(3.5);
  });

  it('say which parameter is wrong', () => {
    const random = seededRandom(1);
    expect(() => sampleGamma(random, 0)).toThrow('The shape of a gamma distribution must be above 0; it is 0.');
    expect(() => sampleBinomial(random, 2.5, 0.1)).toThrow('whole number');
    expect(() => sampleBinomial(random, 2, 1.1)).toThrow('between 0 and 1; it is 1.1');
    expect(() => samplePoisson(random, NaN)).toThrow('0 or more; it is NaN');
    expect(() => sampleGeometric(random, 0)).toThrow('above 0 and at most 1');
    expect(() => sampleCategorical(random, [0, 0])).toThrow('above 0');
    expect(() => sampleCategorical(random, [1, -1])).toThrow('Weight 2');
  });
});
