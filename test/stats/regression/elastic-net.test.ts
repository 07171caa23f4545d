import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { crossValidate } from '../../../src/stats/regression/cross-validation';
import type { Predictor } from '../../../src/stats/regression/design';
import { elasticNet, elasticNetValues } from '../../../src/stats/regression/elastic-net';
import { ols } from '../../../src/stats/regression/ols';
import { columnsOf, isMissing, reference, relative } from './reference';

/** Correlated columns and an outcome made of the first and third. */
function simulated(n: number, p: number, seed: number): { y: Float64Array; predictors: Predictor[] } {
  const random = seededRandom(seed);
  const common = Float64Array.from({ length: n }, () => random.normal());
  const predictors = Array.from({ length: p }, (_, j) => ({
    name: `x${j + 1}`,
    values: common.map((shared) => (j + 1) * (shared + random.normal()) + 10 * j),
  }));
  const y = common.map((_, i) => 5 + 2 * predictors[0]!.values[i]! - predictors[2]!.values[i]! + random.normal());
  return { y, predictors };
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);

describe('the elastic net', () => {
  it.each([
    [1, -Infinity],
    [0.5, -Infinity],
    [0, -Infinity],
    [1, 0],
    [0.3, 0],
    [0, 0],
  ])('with alpha %d and lower bound %d meets the conditions of its optimum', (alpha, bound) => {
    const { y, predictors } = simulated(80, 6, 1);
    const lambdas = [3, 0.8, 0.2, 0.01];
    const path = elasticNet(y, predictors, { alpha, lambdas, lower: predictors.map(() => bound) });
    const yMean = sum(y) / 80;
    const yScale = Math.sqrt(sum(y.map((value) => (value - yMean) ** 2)) / 80);
    path.fits.forEach((fit) => {
      const fitted = elasticNetValues(fit, predictors);
      const rest = y.map((value, i) => value - fitted[i]!);
      expect(Math.abs(sum(rest))).toBeLessThan(1e-9);
      predictors.forEach(({ values }, j) => {
        const mean = sum(values) / 80;
        const deviation = Math.sqrt(sum(Float64Array.from(values, (value) => (value - mean) ** 2)) / 80);
        const b = fit.coefficients[j]! * deviation;
        const pull = sum(rest.map((e, i) => (e * (values[i]! - mean)) / deviation)) / 80 - (fit.lambda * (1 - alpha) * b) / yScale; // prettier-ignore
        if (b !== 0) expect(pull).toBeCloseTo(Math.sign(b) * fit.lambda * alpha, 9);
        else if (bound === 0) expect(pull).toBeLessThanOrEqual(fit.lambda * alpha + 1e-9);
        else expect(Math.abs(pull)).toBeLessThanOrEqual(fit.lambda * alpha + 1e-9);
        expect(b).toBeGreaterThanOrEqual(bound);
      });
    });
  });

  it('without penalty is least squares', () => {
    const { y, predictors } = simulated(60, 4, 2);
    const known = ols(y, predictors).coefficients.map(({ estimate }) => estimate);
    for (const alpha of [0, 1]) {
      const [fit] = elasticNet(y, predictors, { alpha, lambdas: [0] }).fits;
      expect(fit!.intercept).toBeCloseTo(known[0]!, 7);
      fit!.coefficients.forEach((value, j) => expect(value).toBeCloseTo(known[j + 1]!, 8));
    }
  });

  it('begins its own path where all coefficients are 0 and finds the columns that matter', () => {
    const { y, predictors } = simulated(200, 8, 3);
    const { fits, warnings } = elasticNet(y, predictors);
    expect(warnings).toEqual([]);
    expect(fits.length).toBe(100);
    expect(fits[0]!.coefficients.every((value) => Math.abs(value) < 1e-12)).toBe(true);
    expect(fits[3]!.coefficients.some((value) => value !== 0)).toBe(true);
    const { path, best } = crossValidate(y, predictors, { folds: 8 });
    const { coefficients } = path.fits[best]!;
    expect(coefficients[0]).toBeCloseTo(2, 0);
    expect(coefficients[2]).toBeCloseTo(-1, 0);
    coefficients.forEach((value, j) => j !== 0 && j !== 2 && expect(Math.abs(value)).toBeLessThan(0.1));
  });

  it('takes more columns than rows, constant ones and the same twice', () => {
    const wide = simulated(10, 25, 4);
    const { fits } = elasticNet(wide.y, wide.predictors, { alpha: 0.5 });
    expect(fits.every((fit) => fit.coefficients.every(Number.isFinite) && Number.isFinite(fit.intercept))).toBe(true);
    const { y, predictors } = simulated(40, 3, 5);
    const extra = [
      ...predictors,
      { name: 'again', values: predictors[0]!.values },
      { name: 'flat', values: y.map(() => 4) },
    ];
    const ridge = elasticNet(y, extra, { alpha: 0, lambdas: [0.5] });
    expect(ridge.fits[0]!.coefficients[3]).toBeCloseTo(ridge.fits[0]!.coefficients[0]!, 10);
    expect(ridge.fits[0]!.coefficients[4]).toBe(0);
    expect(ridge.warnings.map(({ message }) => message)).toEqual([
      'Column "flat" is the same in every row: its coefficient is 0.',
    ]);
  });

  it('says what is wrong', () => {
    const { y, predictors } = simulated(20, 3, 6);
    expect(() => elasticNet(y, predictors, { alpha: 2 })).toThrow('between 0 and 1; it is 2');
    expect(() => elasticNet(y, predictors, { lambdas: [1, 2] })).toThrow('Penalty 2 is 2');
    expect(() => elasticNet(y, predictors, { lambdas: [] })).toThrow('no penalty');
    expect(() => elasticNet(y, predictors, { lower: [1, 0, 0] })).toThrow('0 must lie between');
    expect(() => elasticNet(y, [])).toThrow('needs a predictor');
    expect(() => elasticNet(y.map(() => 1), predictors)).toThrow('nothing to explain'); // prettier-ignore
    expect(() => elasticNet(y, [{ name: 'tv', values: y.map((_, i) => (i === 6 ? NaN : i)) }])).toThrow('"tv" has no number in row 7'); // prettier-ignore
    expect(() => elasticNet(y, [predictors[0]!, { ...predictors[0]!, name: 'again' }], { alpha: 0, lambdas: [0] })).toThrow('not positive definite'); // prettier-ignore
    expect(() => crossValidate(y, predictors, { folds: 11 })).toThrow('between 2 and 10 folds');
    expect(() => crossValidate(y, predictors, { folds: y.map(() => 1) })).toThrow('it was given one');
  });
});

describe.skipIf(isMissing)('the reference of glmnet', () => {
  const [outcome, ...predictors] = isMissing ? [] : columnsOf('case02_design');
  const y = outcome?.values ?? [];

  it('is met by ridge with and without sign bounds and intercept', () => {
    interface Fit {
      lambda_name: string;
      constrained: boolean;
      intercept: boolean;
    }
    const { fits } = reference<{ fits: (Fit & { lambda: number; coef: Record<string, number> })[] }>(
      'case02_glmnet_ridge',
    );
    const { cases } = reference<{ cases: (Fit & { exact_coef: Record<string, number> })[] }>('case02_exact_crosscheck');
    const bounded = ['trend', 'tv_S', 'ooh_S', 'print_S', 'facebook_I', 'search_clicks_P', 'newsletter'];
    expect(fits.length).toBe(16);
    for (const theirs of fits) {
      const { exact_coef: exact } = cases.find(
        (other) =>
          other.lambda_name === theirs.lambda_name &&
          other.constrained === theirs.constrained &&
          other.intercept === theirs.intercept,
      )!;
      const [fit] = elasticNet(y, predictors, {
        alpha: 0,
        lambdas: [theirs.lambda],
        intercept: theirs.intercept,
        lower: predictors.map(({ name }) => (theirs.constrained && bounded.includes(name) ? 0 : -Infinity)),
      }).fits;
      for (const [name, known] of Object.entries(exact)) {
        const ours =
          name === '(Intercept)'
            ? fit!.intercept
            : fit!.coefficients[predictors.findIndex((column) => column.name === name)]!;
        const at = `${name}, ${theirs.lambda_name}, ${theirs.constrained}, ${theirs.intercept}`;
        expect(relative(ours, known), at).toBeLessThan(1e-9);
        expect(Math.abs(ours - theirs.coef[name]!), at).toBeLessThan(6e-5 * Math.max(1, Math.abs(theirs.coef[name]!)));
      }
    }
  });

  it('is met by cross-validation over blocks', () => {
    const known = reference<{
      foldid: number[];
      lambda: number[];
      cvm: number[];
      cvsd: number[];
      lambda_min: number;
      lambda_1se: number;
      prevalidated_at_min: number[];
    }>('case13_cv_glmnet');
    const given = { alpha: 0, lambdas: known.lambda };
    const ours = crossValidate(y, predictors, { ...given, folds: known.foldid });
    known.cvm.forEach((value, k) => expect(relative(ours.error[k]!, value)).toBeLessThan(6e-5));
    known.cvsd.forEach((value, k) => expect(relative(ours.standardError[k]!, value)).toBeLessThan(6e-5));
    expect(ours.lambdas[ours.best]).toBe(known.lambda_min);
    expect(ours.lambdas[ours.withinOne]).toBe(known.lambda_1se);
    known.prevalidated_at_min.forEach((value, i) => expect(relative(ours.predictions[i]!, value)).toBeLessThan(6e-5));
    expect(crossValidate(y, predictors, { ...given, folds: 8 }).error).toEqual(ours.error);
  });
});
