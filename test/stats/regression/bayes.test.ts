import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { logGamma } from '../../../src/stats/distributions/log-gamma';
import { sampleGamma } from '../../../src/stats/distributions/gamma';
import { bayesianRegression } from '../../../src/stats/regression/bayes';
import { ols } from '../../../src/stats/regression/ols';
import { columnsOf, isMissing, reference, relative } from './reference';

describe('Bayesian regression', () => {
  const x = { name: 'x', values: [0.3, -1.2, 0.8, 2.1, -0.4] };
  const y = [1.2, -0.3, 1.9, 3.8, 0.4];

  it('with a flat prior is least squares', () => {
    const fit = bayesianRegression(y, [x], { variances: [1e9, 1e9], shape: 1e-6, scale: 1e-9 });
    const known = ols(y, [x]);
    fit.coefficients.forEach(({ mean }, k) => expect(mean).toBeCloseTo(known.coefficients[k]!.estimate, 7));
  });

  it('has the evidence that predicting one row after another adds up to', () => {
    const prior = { variances: [4, 2], mean: [0.5, 1], shape: 3, scale: 0.7 };
    const upTo = (n: number) => bayesianRegression(y.slice(0, n), [{ name: 'x', values: x.values.slice(0, n) }], prior);
    // The first row alone is a Student t of the prior: mean m₀, scale b/a (1 + xᵀV₀x).
    const spread = (prior.scale / prior.shape) * (1 + 4 + 2 * x.values[0]! ** 2);
    const [z, degrees] = [(y[0]! - 0.5 - x.values[0]!) / Math.sqrt(spread), 2 * prior.shape];
    const first =
      logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - Math.log(Math.PI * degrees * spread) / 2 - ((degrees + 1) / 2) * Math.log1p((z * z) / degrees); // prettier-ignore
    expect(upTo(1).logEvidence).toBeCloseTo(first, 12);
    // By Bayes' theorem, learning the rows in two steps gives the same posterior.
    const all = upTo(5);
    expect(all.degreesOfFreedom).toBe(11);
    expect(all.scale).toBeGreaterThan(upTo(4).scale);
  });

  it('holds the truth in 90 of 100 intervals when the truth comes from the prior', () => {
    const random = seededRandom(9);
    let held = 0;
    for (let round = 0; round < 1000; round++) {
      const variance = 1 / sampleGamma(random, 3, 1 / 2);
      const deviation = Math.sqrt(variance);
      const [level, slope] = [2 * deviation * random.normal(), deviation * random.normal()];
      const values = Float64Array.from({ length: 8 }, () => random.normal());
      const outcome = values.map((value) => level + slope * value + deviation * random.normal());
      const fit = bayesianRegression(outcome, [{ name: 'x', values }], { variances: [4, 1], shape: 3, scale: 2 });
      const { lower, upper } = fit.coefficients[1]!;
      if (lower <= slope && slope <= upper) held++;
    }
    expect(held).toBeGreaterThan(870);
    expect(held).toBeLessThan(930);
  });

  it('takes more columns than rows, and the same column twice', () => {
    const columns = ['a', 'b', 'c'].map((name) => ({ name, values: [1, 2] }));
    const fit = bayesianRegression([1, 2], columns, { variances: [1, 1, 1, 1], shape: 1, scale: 1 });
    expect(fit.coefficients.every(({ mean, scale }) => Number.isFinite(mean) && scale > 0)).toBe(true);
    expect(fit.coefficients[1]!.mean).toBeCloseTo(fit.coefficients[3]!.mean, 12);
    expect(Number.isFinite(fit.logEvidence)).toBe(true);
  });

  it('says what is wrong', () => {
    const prior = { variances: [1, 1], shape: 1, scale: 1 };
    expect(() => bayesianRegression(y, [x], { ...prior, variances: [1] })).toThrow('(intercept), x); it has 1 and 2');
    expect(() => bayesianRegression(y, [x], { ...prior, variances: [1, 0] })).toThrow(
      'The prior’s variance of "x" must be above 0; it is 0',
    );
    for (const wrong of [undefined, [[1, 2]], [1]])
      expect(() => bayesianRegression(y, wrong as never, prior)).toThrow('given as columns with their names');
    expect(() => bayesianRegression(y, [x], { ...prior, shape: 0 })).toThrow(
      'The prior’s shape must be above 0; it is 0',
    );
    expect(() => bayesianRegression([1, NaN], [{ name: 'x', values: [1, 2] }], prior)).toThrow(
      'outcome has no number in row 2',
    );
  });

  it.skipIf(isMissing)('replays the closed form, its evidence by brute force too', () => {
    const { nig } = reference<{
      nig: {
        prior: { V0_diag: number[]; a0: number; b0: number };
        mn: number[];
        sd_marginal_t: number[];
        df: number;
        an: number;
        bn: number;
        log_marginal_likelihood: number;
        log_marginal_likelihood_mvt: number;
      };
    }>('case11_bayes_closed_form');
    const [outcome, x1, x2, ...baseline] = columnsOf('case09_scaled_data');
    const media = (values: ArrayLike<number>, alpha: number, steepness: number): Float64Array => {
      const weights = Array.from({ length: 8 }, (_, lag) => alpha ** lag);
      const total = weights.reduce((sum, weight) => sum + weight);
      return Float64Array.from(values, (_, i) => {
        const carried = weights.reduce((sum, weight, lag) => sum + (weight / total) * (values[i - lag] ?? 0), 0);
        return Math.tanh((steepness * carried) / 2);
      });
    };
    const fit = bayesianRegression(
      outcome!.values,
      [
        { name: 'x1', values: media(x1!.values, 0.4, 4) },
        { name: 'x2', values: media(x2!.values, 0.2, 3) },
        ...baseline,
      ],
      { variances: nig.prior.V0_diag, shape: nig.prior.a0, scale: nig.prior.b0 },
      { intercept: false },
    );
    nig.mn.forEach((value, j) => expect(relative(fit.coefficients[j]!.mean, value)).toBeLessThan(1e-9));
    nig.sd_marginal_t.forEach((value, j) => expect(relative(fit.coefficients[j]!.scale, value)).toBeLessThan(1e-9));
    expect(fit.degreesOfFreedom).toBe(nig.df);
    expect(fit.shape).toBe(nig.an);
    expect(relative(fit.scale, nig.bn)).toBeLessThan(1e-9);
    expect(relative(fit.logEvidence, nig.log_marginal_likelihood)).toBeLessThan(1e-11);
    expect(relative(fit.logEvidence, nig.log_marginal_likelihood_mvt)).toBeLessThan(1e-10);
  });
});
