import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import type { CovarianceKind } from '../../../src/stats/regression/covariance';
import type { Predictor } from '../../../src/stats/regression/design';
import {
  breuschGodfrey,
  breuschPagan,
  cooksDistance,
  durbinWatson,
  jarqueBera,
  ljungBox,
  varianceInflation,
} from '../../../src/stats/regression/diagnostics';
import { ols } from '../../../src/stats/regression/ols';
import { predict } from '../../../src/stats/regression/predict';
import { regressionSummary } from '../../../src/stats/regression/summary';
import { columnsOf, isMissing, reference, relative } from './reference';

type Table = Record<string, { coef: number; se: number; t: number; p: number; ci95: [number, number] }>;
type Test = { lm: number; lm_p: number; f: number; f_p: number };
type Case04 = Record<string, Table> & {
  [
    name in
      | 'rsquared'
      | 'rsquared_adj'
      | 'fvalue'
      | 'f_pvalue'
      | 'aic'
      | 'bic'
      | 'llf'
      | 'condition_number'
      | 'durbin_watson'
  ]: number; // prettier-ignore
} & {
  jarque_bera: Record<string, number>;
  breusch_pagan: Test;
  breusch_godfrey_4: Test;
  ljung_box: Record<string, [number, number]>;
  vif: Record<string, number>;
  leverage: number[];
  cooks_d: (number | null)[];
  fitted: number[];
  prediction_first5: Record<string, number[]>;
};

/** The certified Longley data of NIST, whose columns are nearly sums of each other. */
const LONGLEY = [
  [60323, 83, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99, 365385, 1870, 3547, 115094, 1953],
  [63761, 100, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
];

function randomColumns(n: number, names: string[], seed: number): Predictor[] {
  const random = seededRandom(seed);
  return names.map((name) => ({ name, values: Float64Array.from({ length: n }, () => random.normal()) }));
}

describe('least squares', () => {
  it('has the certified values of NIST for Longley', () => {
    const names = ['deflator', 'gnp', 'unemployed', 'army', 'population', 'year'];
    const predictors = names.map((name, j) => ({ name, values: LONGLEY.map((row) => row[j + 1]!) }));
    const fit = ols(LONGLEY.map((row) => row[0]!), predictors); // prettier-ignore
    const certified = [
      [-3482258.63459582, 890420.383607373],
      [15.0618722713733, 84.9149257747669],
      [-0.0358191792925910, 0.0334910077722432],
      [-2.02022980381683, 0.488399681651699],
      [-1.03322686717359, 0.214274163161675],
      [-0.0511041056535807, 0.226073200069370],
      [1829.15146461355, 455.478499142212],
    ] as const; // prettier-ignore
    certified.forEach(([estimate, standardError], k) => {
      expect(relative(fit.coefficients[k]!.estimate, estimate)).toBeLessThan(1e-9);
      expect(relative(fit.coefficients[k]!.standardError, standardError)).toBeLessThan(1e-9);
    });
    expect(relative(fit.rSquared, 0.995479004577296)).toBeLessThan(1e-12);
    expect(fit.warnings).toEqual([]);
  });

  it('has the certified values of NIST for Wampler1, a polynomial of degree 5', () => {
    const x = Array.from({ length: 21 }, (_, i) => i);
    const powers = [1, 2, 3, 4, 5].map((k) => ({ name: `x^${k}`, values: x.map((value) => value ** k) }));
    const fit = ols(x.map((value) => [0, 1, 2, 3, 4, 5].reduce((sum, k) => sum + value ** k, 0)), powers); // prettier-ignore
    fit.coefficients.forEach(({ estimate }) => expect(estimate).toBeCloseTo(1, 7));
    expect(fit.warnings.map(({ code }) => code)).toContain('perfect-fit');
  });

  it('holds the truth in 95 of 100 intervals, robust ones also where the spread grows with the column', () => {
    let [classical, robust] = [0, 0];
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      const x = Float64Array.from({ length: 120 }, () => Math.abs(random.normal()));
      const y = x.map((value) => 1 + 2 * value + value * value * random.normal());
      const holds = (covariance: CovarianceKind): boolean => {
        const slope = ols(y, [{ name: 'x', values: x }], { covariance }).coefficients[1]!;
        return slope.lower <= 2 && 2 <= slope.upper;
      };
      classical += Number(holds('classical'));
      robust += Number(holds('HC3'));
    }
    expect(robust / 300).toBeGreaterThan(0.92);
    expect(robust / 300).toBeLessThan(0.98);
    expect(classical / 300).toBeLessThan(0.85);
  });

  it('with weights is that of rows multiplied by their roots', () => {
    const [x] = randomColumns(40, ['x'], 1);
    const y = Float64Array.from(x!.values, (value, i) => 3 - value + Math.sin(i));
    const weights = y.map((_, i) => 1 + (i % 5));
    const weighted = ols(y, [x!], { weights, covariance: 'HC1' });
    const roots = weights.map(Math.sqrt);
    const times = (values: ArrayLike<number>): Float64Array => roots.map((root, i) => root * values[i]!);
    const plain = ols(times(y), [{ name: 'one', values: roots }, { name: 'x', values: times(x!.values) }], { intercept: false, covariance: 'HC1' }); // prettier-ignore
    plain.coefficients.forEach(({ estimate, standardError, p }, k) => {
      expect(weighted.coefficients[k]!.estimate).toBeCloseTo(estimate, 12);
      expect(weighted.coefficients[k]!.standardError).toBeCloseTo(standardError, 12);
      expect(weighted.coefficients[k]!.p).toBeCloseTo(p, 12);
    });
    expect(weighted.leverage[3]).toBeCloseTo(plain.leverage[3]!, 12);
    expect(weighted.logLikelihood).toBeCloseTo(plain.logLikelihood + weights.reduce((sum, w) => sum + Math.log(w), 0) / 2, 9); // prettier-ignore
    expect(cooksDistance(weighted)[3]).toBeCloseTo(cooksDistance(plain)[3]!, 12);
  });

  it('finds leverage and Cook’s distance by leaving rows out', () => {
    const predictors = randomColumns(15, ['a', 'b'], 2);
    const y = Float64Array.from(predictors[0]!.values, (a, i) => a + predictors[1]!.values[i]! ** 2);
    const fit = ols(y, predictors);
    const without = 4;
    const rest = (values: ArrayLike<number>): number[] => Array.from(values).filter((_, i) => i !== without);
    const left = ols(rest(y), predictors.map(({ name, values }) => ({ name, values: rest(values) }))); // prettier-ignore
    const moved = predict(left, predictors).reduce((sum, { value }, i) => sum + (value - fit.fitted[i]!) ** 2, 0);
    expect(cooksDistance(fit)[without]).toBeCloseTo(moved / (3 * fit.variance), 12);
    const own = predict(left, predictors)[without]!.value;
    expect(fit.residuals[without]! / (1 - fit.leverage[without]!)).toBeCloseTo(y[without]! - own, 12);
  });

  it('reads as a table', () => {
    const text = regressionSummary(ols([1, 3, 5, 8], [{ name: 'spend', values: [0, 1, 2, 3] }]));
    expect(text.split('\n').slice(0, 3)).toEqual([
      '             estimate  std. error      t       p      95 % from      to',
      '(intercept)       0.8     0.32404   2.47  0.1323       -0.59422  2.1942',
      'spend             2.3     0.17321  13.28  0.0056  **     1.5548  3.0452',
    ]);
    expect(text).toContain('residual standard error 0.3873 on 2 degrees of freedom');
  });
});

describe('what least squares cannot do', () => {
  const y = [1, 3, 2, 5, 4, 6];
  const x = { name: 'x', values: [1, 2, 3, 4, 5, 7] };
  const finite = (fit: ReturnType<typeof ols>): boolean =>
    fit.coefficients.every(({ estimate, standardError, p }) => [estimate, standardError, p].every(Number.isFinite));

  it('leave dependent and constant columns out, by name', () => {
    const fit = ols(y, [x, { name: 'twice', values: x.values.map((v) => 2 * v + 1) }, { name: 'flat', values: y.map(() => 7) }]); // prettier-ignore
    expect(fit.dropped).toEqual(['twice', 'flat']);
    expect(fit.warnings.map(({ message }) => message)).toEqual([
      'Column "twice" was left out: it is constant, or a sum of multiples of the columns before it.',
      'Column "flat" was left out: it is constant, or a sum of multiples of the columns before it.',
    ]);
    expect(fit.coefficients).toEqual(ols(y, [x]).coefficients);
  });

  it('say that columns are nearly the same', () => {
    const near = { name: 'near', values: x.values.map((v, i) => v + 1e-6 * (i % 2)) };
    expect(ols(y, [x, near]).warnings.map(({ code }) => code)).toEqual(['near-collinear']);
  });

  it('refuse missing values with column and row, and columns of another length', () => {
    expect(() => ols(y, [{ name: 'tv', values: [1, 2, NaN, 4, 5, 6] }])).toThrow(
      'column "tv" has no number in row 3: it is NaN',
    );
    expect(() => ols([1, Infinity], [])).toThrow('The outcome has no number in row 2');
    expect(() => ols(y, [{ name: 'tv', values: [null, 1, 1, 1, 1, 1] as never }])).toThrow('row 1: it is null');
    expect(() => ols(y, [{ name: 'tv', values: [1] }])).toThrow('column "tv" has 1 rows where the outcome has 6');
    expect(() => ols(y, [x, x])).toThrow('Two predictors are called "x"');
  });

  it('refuse as many coefficients as rows', () => {
    expect(() => ols([1, 2], [{ name: 'x', values: [1, 2] }])).toThrow(
      '2 coefficients need more than 2 rows; there are 2.',
    );
    expect(() => ols(y, randomColumns(6, ['a', 'b', 'c', 'd', 'e', 'f', 'g'], 3))).toThrow('need more than');
    expect(() => ols([], [])).toThrow('there are 0');
    expect(() => ols(y, [], { intercept: false })).toThrow('needs a predictor or an intercept');
  });

  it('refuse numbers whose squares overflow, and take large and small ones that do not', () => {
    expect(() => ols(y, [{ name: 'tv', values: [1e200, 2, 3, 4, 5, 6] }])).toThrow('column "tv" has 1e+200 in row 1');
    const large = ols(y, [{ name: 'x', values: x.values.map((v) => v * 1e130) }]);
    expect(finite(large)).toBe(true);
    expect(large.rSquared).toBeCloseTo(ols(y, [x]).rSquared, 12);
    const small = ols(y, [{ name: 'x', values: x.values.map((v) => v * 1e-130) }]);
    expect(small.rSquared).toBeCloseTo(large.rSquared, 12);
  });

  it('warn where the outcome is constant or explained exactly', () => {
    const constant = ols(y.map(() => 3), [x]); // prettier-ignore
    expect(constant.warnings.map(({ code }) => code)).toEqual(['constant-outcome']);
    expect(constant.rSquared).toBe(0);
    expect(constant.coefficients.some(({ t, p }) => Number.isNaN(t) || Number.isNaN(p))).toBe(false);
    const exact = ols(x.values.map((v) => 2 * v), [x]); // prettier-ignore
    expect(exact.warnings.map(({ code }) => code)).toEqual(['perfect-fit']);
    const zero = ols([0, 0, 0, 0], [{ name: 'x', values: [1, 2, 3, 5] }]);
    expect(Array.from(cooksDistance(zero))).toEqual([0, 0, 0, 0]);
    expect(exact.coefficients.some(({ t, p }) => Number.isNaN(t) || Number.isNaN(p))).toBe(false);
  });

  it('refuse weights that are none, and lags that are too many', () => {
    expect(() => ols(y, [x], { weights: [1, 1, 0, 1, 1, 1] })).toThrow('The weight of row 3 is 0');
    expect(() => ols(y, [x], { covariance: { lags: 6 } })).toThrow('from 0 to 5; they are 6');
    expect(() => ljungBox(y, 6)).toThrow('from 1 to 5; they are 6');
    expect(() => durbinWatson([1, 1, 1])).toThrow('all residuals are the same');
    expect(() => predict(ols(y, [x]), [{ name: 'z', values: [1] }])).toThrow('needs column "x"');
  });
});

describe.skipIf(isMissing)('the reference of statsmodels', () => {
  const expected = isMissing ? ({} as Case04) : reference<Case04>('case04_ols_statsmodels');
  const [outcome, ...predictors] = isMissing ? [] : columnsOf('case02_design');
  const y = outcome?.values ?? [];
  const fitted = (covariance?: CovarianceKind) => ols(y, predictors, covariance ? { covariance } : {});
  // The condition of these columns is 8e7: statsmodels' pseudo-inverse itself is good to 3e-9 (against the exact solution).
  const close = (ours: number, known: number, tolerance = 1e-8): void =>
    expect(relative(ours, known)).toBeLessThan(tolerance);

  it.each<[string, CovarianceKind]>([
    ['ols', 'classical'],
    ['HC0', 'HC0'],
    ['HC1', 'HC1'],
    ['HC2', 'HC2'],
    ['HC3', 'HC3'],
    ['HAC_bartlett_L4_nocorr', { lags: 4 }],
    ['HAC_bartlett_L4_corr', { lags: 4, correction: true }],
    ['HAC_bartlett_L8_nocorr', { lags: 8 }],
    ['HAC_bartlett_L8_corr', { lags: 8, correction: true }],
  ])('is met by the table of %s', (name, covariance) => {
    const table = expected[name]!;
    for (const ours of fitted(covariance).coefficients) {
      const known = table[ours.name === '(intercept)' ? 'const' : ours.name]!;
      close(ours.estimate, known.coef);
      // One row alone decides this one: it is fitted exactly, and statsmodels divides its rounding error by 0.
      if (ours.name === 'ev_event1' && (name === 'HC2' || name === 'HC3')) continue;
      close(ours.standardError, known.se);
      close(ours.t, known.t);
      close(ours.p, known.p, 1e-6);
      close(ours.lower, known.ci95[0], 1e-6);
      close(ours.upper, known.ci95[1], 1e-6);
    }
  });

  it('is met by the fit as a whole', () => {
    const fit = fitted();
    close(fit.rSquared, expected.rsquared);
    close(fit.adjustedRSquared, expected.rsquared_adj);
    close(fit.f!.statistic, expected.fvalue);
    close(fit.f!.p, expected.f_pvalue, 1e-7);
    close(fit.aic, expected.aic);
    close(fit.bic, expected.bic);
    close(fit.logLikelihood, expected.llf);
    close(fit.conditionNumber, expected.condition_number, 1e-7);
    expected.fitted.forEach((value, i) => close(fit.fitted[i]!, value));
  });

  it('is met by the diagnostics', () => {
    const fit = fitted();
    close(durbinWatson(fit.residuals), expected.durbin_watson);
    const normality = jarqueBera(fit.residuals);
    close(normality.statistic, expected.jarque_bera.jb!);
    close(normality.p, expected.jarque_bera.p!, 1e-6);
    close(normality.skewness, expected.jarque_bera.skew!);
    close(normality.kurtosis, expected.jarque_bera.kurtosis!);
    for (const [ours, known] of [
      [breuschPagan(fit), expected.breusch_pagan],
      [breuschGodfrey(fit, 4), expected.breusch_godfrey_4],
    ] as const) {
      close(ours.statistic, known.lm, 1e-8);
      close(ours.p, known.lm_p, 1e-8);
      close(ours.f.statistic, known.f, 1e-8);
      close(ours.f.p, known.f_p, 1e-8);
    }
    for (const [lags, [statistic, p]] of Object.entries(expected.ljung_box)) {
      close(ljungBox(fit.residuals, Number(lags)).statistic, statistic, 1e-8);
      close(ljungBox(fit.residuals, Number(lags)).p, p, 1e-8);
    }
    for (const { name, value } of varianceInflation(fit)) close(value, expected.vif[name]!);
    const distances = cooksDistance(fit);
    expected.leverage.forEach((value, i) => close(fit.leverage[i]!, value));
    expected.cooks_d.forEach((value, i) => {
      if (value === null) expect(distances[i]).toBe(Infinity);
      else close(distances[i]!, value, 1e-5);
    });
    expect(fit.warnings.map(({ message }) => message)).toEqual([
      'Row 125 alone decides a coefficient: it is fitted exactly, and says nothing about the errors.',
    ]);
  });

  it('is met by predictions', () => {
    const first = predictors.map(({ name, values }) => ({ name, values: Array.from(values).slice(0, 5) }));
    const known = expected.prediction_first5;
    predict(fitted(), first).forEach((ours, i) => {
      close(ours.value, known.mean![i]!);
      close(ours.standardError, known.mean_se![i]!);
      close(ours.mean.lower, known.mean_ci_lower![i]!);
      close(ours.mean.upper, known.mean_ci_upper![i]!);
      close(ours.observation.lower, known.obs_ci_lower![i]!);
      close(ours.observation.upper, known.obs_ci_upper![i]!);
    });
  });
});

it('refuses a covariance that is none', () => {
  const fit = () => ols([1, 2, 4, 3], [{ name: 'x', values: [1, 2, 3, 4] }], { covariance: 'HC9' as never });
  expect(fit).toThrow('“HC9” is no covariance of coefficients.');
});
