import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { choleskyFactor, choleskyLogDeterminant, choleskySolve } from '../../../src/stats/linear/cholesky';
import { dot } from '../../../src/stats/linear/blas';
import { zeros } from '../../../src/stats/linear/matrix';
import { collapsedLikelihood } from '../../../src/stats/mix/likelihood';
import { anyResponse, responseTo } from '../../../src/stats/mix/likelihood-response';
import { writeTanh } from '../../../src/stats/mix/likelihood-tanh';
import type { Baseline } from '../../../src/stats/mix/model';
import { mean, standardDeviation } from '../../../src/stats/summary/moments';

const reference = resolve(import.meta.dirname, '../../../../shared/reference/mix');

/** log N(r; 0, σ²I + Z·V·Zᵀ) by the Cholesky factor of the n × n covariance. */
function bruteForce(residual: Float64Array, variance: number, { columns, variance: prior }: Baseline): number {
  const n = residual.length;
  const covariance = zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? variance : 0;
      columns.forEach((column, k) => (sum += column[i]! * column[j]! * prior[k]!));
      covariance.values[j * n + i] = sum;
    }
  }
  const factor = choleskyFactor(covariance);
  const solved = choleskySolve(factor, residual);
  return -0.5 * (n * Math.log(2 * Math.PI) + choleskyLogDeterminant(factor) + dot(residual, solved));
}

function randomCase(rows: number, columns: number, seed: number) {
  const random = seededRandom(seed);
  const draw = (): Float64Array => Float64Array.from({ length: rows }, () => random.normal());
  const baseline: Baseline = {
    names: Array.from({ length: columns }, (_, j) => `z${j}`),
    columns: Array.from({ length: columns }, draw),
    variance: Float64Array.from({ length: columns }, (_, j) => 0.2 + j),
  };
  return { baseline, residual: draw() };
}

describe('the collapsed likelihood', () => {
  it.each([
    [30, 4],
    [30, 5],
    [12, 12],
    [6, 9],
    [10, 0],
  ])('is that of the n × n covariance, for %i rows and %i columns', (rows, columns) => {
    const { baseline, residual } = randomCase(rows, columns, 1);
    const likelihood = collapsedLikelihood(rows, baseline);
    for (const variance of [0.01, 0.8, 20]) {
      const exact = bruteForce(residual, variance, baseline);
      expect(Math.abs(likelihood.evaluate(residual, variance) / exact - 1)).toBeLessThan(1e-9);
    }
  });

  it('has the slopes of finite differences', () => {
    const { baseline, residual } = randomCase(20, 5, 2);
    const likelihood = collapsedLikelihood(20, baseline);
    likelihood.evaluate(residual, 0.3);
    const pull = likelihood.pull.slice();
    const byVariance = likelihood.slopes.variance;
    const h = 1e-5;
    residual.forEach((value, t) => {
      const at = (shift: number): number => likelihood.evaluate(residual.with(t, value + shift), 0.3);
      expect(-(at(h) - at(-h)) / (2 * h)).toBeCloseTo(pull[t]!, 6);
    });
    const difference = likelihood.evaluate(residual, 0.3 + h) - likelihood.evaluate(residual, 0.3 - h);
    expect(difference / (2 * h)).toBeCloseTo(byVariance, 5);
  });

  it('draws coefficients that no column tells apart from their prior', () => {
    const { baseline, residual } = randomCase(20, 1, 3);
    const twice = { ...baseline, names: ['a', 'b'], columns: [baseline.columns[0]!, baseline.columns[0]!] };
    const likelihood = collapsedLikelihood(20, { ...twice, variance: Float64Array.of(4, 4) });
    const random = seededRandom(4);
    const out = new Float64Array(2);
    const differences = Float64Array.from({ length: 20_000 }, () => {
      likelihood.drawCoefficients(residual, 0.01, random, out);
      return out[0]! - out[1]!;
    });
    expect(mean(differences)).toBeCloseTo(0, 1);
    expect(standardDeviation(differences) / Math.sqrt(8)).toBeCloseTo(1, 1);
  });
});

describe.skipIf(!existsSync(reference))('the collapsed likelihood on the reference data', () => {
  const read = (name: string): string => readFileSync(resolve(reference, name), 'utf8');
  const load = () => {
    const rows = read('case09_scaled_data.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));
    const column = (j: number): Float64Array => Float64Array.from(rows, (row) => row[j]!);
    const baseline: Baseline = {
      names: ['1', 'event 1', 'event 2', 't', 'sin 1', 'cos 1', 'sin 2', 'cos 2'],
      columns: [3, 4, 5, 6, 7, 8, 9, 10].map(column),
      variance: Float64Array.of(4, 4, 4, 4, 1, 1, 1, 1),
    };
    return { outcome: column(0), media: [column(1), column(2)], baseline };
  };
  interface Case {
    readonly alpha: number[];
    readonly lam: number[];
    readonly beta: number[];
    readonly sigma: number;
    readonly collapsed_loglik_bruteforce: number;
    readonly g_conditional_mean: number[];
    readonly g_conditional_sd: number[];
  }
  const cases = existsSync(reference)
    ? (JSON.parse(read('case11_bayes_closed_form.json')) as { collapsed: { cases: Case[] } }).collapsed.cases
    : [];

  it.each(cases.map((one, i) => [i + 1, one] as const))('is reproduced at point %i', (_, one) => {
    const { outcome, media, baseline } = load();
    const residual = outcome.slice();
    media.forEach((values, c) => {
      const response = responseTo(values, { kind: 'geometric', maxLag: 8 }, { kind: 'logistic' });
      response.parameters.set([one.alpha[c]!, one.lam[c]!]);
      response.forward();
      response.values.forEach((value, t) => (residual[t]! -= one.beta[c]! * value));
    });
    const likelihood = collapsedLikelihood(outcome.length, baseline);
    const variance = one.sigma ** 2;
    expect(Math.abs(likelihood.evaluate(residual, variance) / one.collapsed_loglik_bruteforce - 1)).toBeLessThan(1e-9);

    const random = seededRandom(1);
    const draws = Array.from({ length: 10_000 }, () => {
      const out = new Float64Array(8);
      likelihood.drawCoefficients(residual, variance, random, out);
      return out;
    });
    one.g_conditional_mean.forEach((expected, j) => {
      const drawn = draws.map((draw) => draw[j]!);
      const sd = one.g_conditional_sd[j]!;
      expect(Math.abs(mean(drawn) - expected) / (sd / 100)).toBeLessThan(4);
      expect(standardDeviation(drawn) / sd).toBeCloseTo(1, 1);
    });
  });
});

describe('the quick response of the tanh kinds', () => {
  it('has the tanh of the engine to 15 digits, and lets what is not a number be seen', () => {
    const x = Float64Array.from({ length: 5000 }, (_, i) => i * 0.005);
    const ours = new Float64Array(x.length);
    for (const rate of [1e-8, 0.3, 1, 7]) {
      writeTanh(x, rate, ours);
      x.forEach((value, i) => {
        const exact = Math.tanh(rate * value);
        expect(Math.abs(ours[i]! - exact)).toBeLessThanOrEqual(2e-15 * exact);
      });
    }
    writeTanh(Float64Array.of(NaN, 1e300), 1, ours);
    expect([ours[0], ours[1]]).toEqual([NaN, 1]);
  });

  it.each(['logistic', 'tanh'] as const)('is the response by the transforms, %s', (kind) => {
    const random = seededRandom(6);
    const media = Float64Array.from({ length: 60 }, () => random.uniform());
    const weights = media.map(() => random.normal());
    const adstock = { kind: 'delayed', maxLag: 6 } as const;
    const [quick, plain] = [responseTo(media, adstock, { kind }), anyResponse(media, adstock, { kind })];
    const gradients = [quick, plain].map((response) => {
      const gradient = new Float64Array(3);
      response.parameters.set([0.6, 1.3, 2.2]);
      expect(response.forward()).toBeCloseTo(
        response.values.reduce((sum, value) => sum + value, 0),
        11,
      );
      response.backward(weights, 1.5, 0.2, gradient);
      return gradient;
    });
    quick.values.forEach((value, t) => expect(value).toBeCloseTo(plain.values[t]!, 13));
    gradients[0]!.forEach((value, p) => expect(value).toBeCloseTo(gradients[1]![p]!, 11));
  });
});
