import { describe, expect, it } from 'vitest';
import { BLOCK, plainBlock } from '../../../src/stats/classify/logistic/block';
import { simdBlock } from '../../../src/stats/classify/logistic/block-simd';
import { seededRandom } from '../../../src/base/random';
import { sigmoid, logisticProbabilities } from '../../../src/stats/classify/logistic/model';
import { logistic } from '../../../src/stats/classify/logistic/logistic';
import { logisticNet } from '../../../src/stats/classify/logistic/net';
import type { Predictor } from '../../../src/stats/regression/design';
import { isMissing, reference, relative, telco } from './reference';

const TRUE = [0.8, -1.2, 0, 0.5];

/** Correlated columns in units of their own, and an outcome drawn from TRUE and an intercept of −1. */
function simulated(n: number, seed: number): { y: Float64Array; predictors: Predictor[] } {
  const random = seededRandom(seed);
  const common = Float64Array.from({ length: n }, () => random.normal());
  const predictors = TRUE.map((_, j) => ({
    name: `x${j + 1}`,
    values: common.map((shared) => 0.4 * shared + random.normal()),
  }));
  const y = common.map((_, i) => {
    const eta = TRUE.reduce((sum, beta, j) => sum + beta * predictors[j]!.values[i]!, -1);
    return Number(random.uniform() < sigmoid(eta));
  });
  return { y, predictors };
}

describe('a block of rows', () => {
  it('gives by SIMD what plain arithmetic gives, but for rounding', () => {
    const random = seededRandom(21);
    for (const [columns, rows] of [
      [1, 512],
      [3, 7],
      [4, 100],
      [30, 511],
    ] as const) {
      const [simd, plain] = [simdBlock(columns)!, plainBlock(columns)];
      plain.values.forEach((_, at) => {
        if (at % BLOCK < rows && at < (columns + 1) * BLOCK) plain.values[at] = at < BLOCK ? 1 : random.normal();
      });
      simd.values.set(plain.values);
      for (let j = 0; j <= columns; j++) simd.b[j] = plain.b[j] = random.normal();
      for (const block of [simd, plain]) {
        block.scores(rows);
        block.addSlopes(rows);
        block.decays(rows);
        block.weigh(rows);
        block.addProducts(rows);
      }
      const sum = (of: Float64Array, at: number): number => of[2 * at]! + of[2 * at + 1]!;
      for (let k = 0; k < rows; k++) {
        expect(simd.eta[k]).toBeCloseTo(plain.eta[k]!, 12);
        expect(Math.abs(simd.decay[k]! / plain.decay[k]! - 1)).toBeLessThan(1e-13);
      }
      for (let j = 0; j <= columns; j++) {
        expect(Math.abs(sum(simd.slopes, j) - sum(plain.slopes, j))).toBeLessThan(1e-9);
        for (let i = 0; i <= j; i++) {
          const at = j * plain.width + i;
          expect(Math.abs(sum(simd.products, at) - sum(plain.products, at))).toBeLessThan(1e-9);
        }
      }
    }
  });

  it('knows e^−|η| to the last digits, near 0 and far from it', () => {
    const [simd, plain] = [simdBlock(1)!, plainBlock(1)];
    const scores = [0, 1e-300, -1e-9, 0.1, 0.34657, -0.34658, 1, -2.5, 17, 36.7, -100, 500, 707.9];
    for (const block of [simd, plain]) {
      block.eta.set(scores);
      block.decays(scores.length);
    }
    scores.forEach((_, k) => expect(Math.abs(simd.decay[k]! / plain.decay[k]! - 1)).toBeLessThan(4e-16));
    simd.eta.set([709, -1e9, Infinity]);
    simd.decays(3);
    expect(simd.decay.subarray(0, 3).every((decay) => decay > 0 && decay < 1e-300)).toBe(true);
  });
});

describe.skipIf(isMissing)('logistic regression beside published numbers', () => {
  const known = isMissing ? undefined : reference<Case11>('11_logistic_telco');
  const r = isMissing ? undefined : reference<Case24>('24_glm_glmnet_telco');

  it('has the coefficients, errors, tests and likelihoods of statsmodels and of R’s glm', () => {
    const { train } = telco();
    const fit = logistic(train.y, train.predictors);
    for (const { name, estimate, standardError, z, p } of fit.table) {
      const there = name === '(intercept)' ? 'const' : name;
      expect(relative(estimate, known!.mle.coef[there]!), name).toBeLessThan(1e-8);
      expect(relative(standardError, known!.mle.se[there]!), name).toBeLessThan(1e-8);
      expect(relative(z, known!.mle.z[there]!), name).toBeLessThan(1e-8);
      expect(relative(p, known!.mle.p[there]!), name).toBeLessThan(1e-5);
      const inR = name === '(intercept)' ? name.replace('intercept', 'Intercept') : `x${name}`;
      expect(relative(estimate, r!.glm.coef[inR]!), name).toBeLessThan(1e-8);
      expect(relative(standardError, r!.glm.se[inR]!), name).toBeLessThan(1e-5);
    }
    expect(fit.logLikelihood).toBeCloseTo(known!.mle.llf, 6);
    expect(fit.nullLogLikelihood).toBeCloseTo(known!.mle.llnull, 6);
    expect(fit.pseudoRSquared).toBeCloseTo(known!.mle.mcfadden, 10);
    expect(fit.aic).toBeCloseTo(known!.mle.aic, 6);
    expect(fit.bic).toBeCloseTo(known!.mle.bic, 6);
    expect(fit.warnings).toEqual([]);
  });

  it('shrinks as scikit-learn does with L2 and L1, and no further from the optimum', () => {
    const { train } = telco();
    const n = train.y.length;
    for (const [alpha, fits] of [
      [0, known!.l2_sklearn_C],
      [1, known!.l1_sklearn_C],
    ] as const) {
      for (const [c, { coef, intercept }] of Object.entries(fits)) {
        const lambda = 1 / (Number(c) * n);
        const [fit] = logisticNet(train.y, train.predictors, { alpha, lambdas: [lambda] }).fits;
        const ours = fit!.names.map((name, j) => fit!.coefficients[j]! * known!.sd[name]!);
        const theirs = fit!.names.map((name) => coef[name]!);
        // Their L-BFGS ends when the loss hardly falls, up to 5e-5 before the coefficients settle; glmnet's, below, do.
        ours.forEach((z, j) => expect(Math.abs(z - theirs[j]!), `C ${c}, ${fit!.names[j]}`).toBeLessThan(1e-4));
        const centred = fit!.names.reduce((sum, name, j) => sum + fit!.coefficients[j]! * known!.mean[name]!, 0);
        expect(Math.abs(fit!.intercept + centred - intercept)).toBeLessThan(1e-4);
        const cost = (z: readonly number[], constant: number): number => {
          const coefficients = Float64Array.from(z, (value, j) => value / known!.sd[fit!.names[j]!]!);
          const shift = fit!.names.reduce((sum, name, j) => sum + coefficients[j]! * known!.mean[name]!, 0);
          const p = logisticProbabilities({ ...fit!, coefficients, intercept: constant - shift }, train.predictors);
          const loss = p.reduce((sum, value, i) => sum - Math.log(train.y[i] === 1 ? value : 1 - value), 0) / n;
          return loss + lambda * z.reduce((sum, b) => sum + (alpha === 1 ? Math.abs(b) : b ** 2 / 2), 0);
        };
        expect(cost(ours, fit!.intercept + centred)).toBeLessThanOrEqual(cost(theirs, intercept) + 1e-13);
      }
    }
  });

  it.each(['lasso', 'ridge', 'enet_0.5'] as const)('follows the %s path of glmnet', (name) => {
    const { train } = telco();
    const alpha = { lasso: 1, ridge: 0, 'enet_0.5': 0.5 }[name];
    const path = Object.entries(r![name]).map(([key, coef]) => ({ lambda: Number(key.slice(7)), coef }));
    const { fits } = logisticNet(train.y, train.predictors, { alpha, lambdas: path.map(({ lambda }) => lambda) });
    path.forEach(({ lambda, coef }, k) => {
      expect(fits[k]!.lambda).toBe(lambda);
      expect(Math.abs(fits[k]!.intercept - coef['(Intercept)']!)).toBeLessThan(1e-5);
      fits[k]!.names.forEach((column, j) => {
        expect(Math.abs(fits[k]!.coefficients[j]! - coef[column]!), `${lambda} ${column}`).toBeLessThan(2e-6);
        expect(fits[k]!.coefficients[j] === 0).toBe(coef[column] === 0);
      });
    });
  });
});

describe('logistic regression', () => {
  it('recovers the coefficients that made the data, as often as its intervals say', () => {
    let [inside, all] = [0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const { y, predictors } = simulated(600, seed);
      logistic(y, predictors).table.forEach(({ lower, upper }, j) => {
        const truth = [-1, ...TRUE][j]!;
        inside += Number(lower <= truth && truth <= upper);
        all++;
      });
    }
    // 300 intervals of 90 %, those of one data set somewhat alike.
    expect(inside / all).toBeGreaterThan(0.85);
    expect(inside / all).toBeLessThan(0.95);
  });

  it('takes its curvature from a sample of many rows and ends at the same place', () => {
    const { y, predictors } = simulated(60_000, 7);
    const whole = logistic(y, predictors);
    const gradient = [1, ...predictors].map((column) => {
      const p = logisticProbabilities(whole, predictors);
      return p.reduce((sum, value, i) => sum + (value - y[i]!) * (column === 1 ? 1 : (column as Predictor).values[i]!), 0) / y.length; // prettier-ignore
    });
    for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-8);
    expect(whole.iterations).toBeLessThan(12);
  });

  it('gives the same for rows in another sequence, and follows a change of units', () => {
    const { y, predictors } = simulated(500, 3);
    const fit = logistic(y, predictors);
    const turned = Array.from(y.keys()).sort((a, b) => ((a * 7919) % 500) - ((b * 7919) % 500));
    const shuffled = logistic(
      turned.map((i) => y[i]!),
      predictors.map(({ name, values }) => ({ name, values: turned.map((i) => values[i]!) })),
    );
    const scaled = logistic(
      y,
      predictors.map(({ name, values }, j) => ({
        name,
        values: Array.from(values, (value) => value * 10 ** (j + 2) + 5),
      })),
    );
    const flipped = logistic(
      y.map((value) => 1 - value),
      predictors,
    );
    fit.table.forEach(({ estimate, standardError, p }, k) => {
      expect(shuffled.table[k]!.estimate).toBeCloseTo(estimate, 9);
      expect(flipped.table[k]!.estimate).toBeCloseTo(-estimate, 9);
      if (k === 0) return;
      expect(scaled.table[k]!.estimate * 10 ** (k + 1)).toBeCloseTo(estimate, 8);
      expect(scaled.table[k]!.standardError * 10 ** (k + 1)).toBeCloseTo(standardError, 8);
      expect(scaled.table[k]!.p).toBeCloseTo(p, 8);
    });
    expect(scaled.logLikelihood).toBeCloseTo(fit.logLikelihood, 8);
  });

  it('turns its signs when yes and no change places', () => {
    const { y, predictors } = simulated(500, 3);
    const [fit, turned] = [logistic(y, predictors), logistic(y.map((value) => 1 - value), predictors)]; // prettier-ignore
    fit.table.forEach(({ estimate, standardError }, k) => {
      expect(turned.table[k]!.estimate).toBeCloseTo(-estimate, 8);
      expect(turned.table[k]!.standardError).toBeCloseTo(standardError, 8);
    });
    expect(turned.logLikelihood).toBeCloseTo(fit.logLikelihood, 8);
  });

  it('by the lasso finds the columns that made the data among others that did not', () => {
    const { y, predictors } = simulated(2000, 5);
    const random = seededRandom(50);
    const noise = Array.from({ length: 16 }, (_, j) => ({
      name: `noise ${j}`,
      values: Float64Array.from(y, () => random.normal()),
    }));
    const { fits } = logisticNet(y, [...predictors, ...noise], { lambdas: [0.03] });
    const kept = fits[0]!.names.filter((_, j) => fits[0]!.coefficients[j] !== 0);
    expect(kept).toEqual(['x1', 'x2', 'x4']);
  });

  it('names the column that separates, all at once and for some rows only', () => {
    const { y, predictors } = simulated(300, 4);
    const perfect = { name: 'cancelled', values: y.map((value) => 3 * value + 1) };
    expect(() => logistic(y, [...predictors, perfect])).toThrow(
      'Column "cancelled" tells the outcome of some rows with certainty',
    );
    const partly = { name: 'complained', values: y.map((value, i) => Number(value === 1 && i % 3 === 0)) };
    expect(() => logistic(y, [...predictors, partly])).toThrow('Column "complained" tells');
    const [fit] = logisticNet(y, [...predictors, partly], { alpha: 0, lambdas: [0.01] }).fits;
    expect(fit!.coefficients.at(-1)).toBeGreaterThan(0.5);
  });

  it('leaves out columns that are constant or add up, and says so', () => {
    const { y, predictors } = simulated(300, 5);
    const sum = predictors[0]!.values as Float64Array;
    const both = { name: 'both', values: sum.map((value, i) => value + 2 * predictors[1]!.values[i]! - 3) };
    const fit = logistic(y, [...predictors, { name: 'shop', values: new Float64Array(300).fill(7) }, both]);
    expect(fit.names).toEqual(predictors.map(({ name }) => name));
    expect(fit.warnings.map(({ code }) => code)).toEqual(['constant-column', 'dependent-column']);
    expect(fit.warnings[1]!.message).toContain('"both"');
  });

  it('warns of few rows of the rarer kind', () => {
    const { y, predictors } = simulated(80, 6);
    expect(logistic(y, predictors).warnings.map(({ code }) => code)).toEqual(['few-events']);
  });

  it.each([
    ['single-class', [1, 1, 1], [1, 2, 3], 'The outcome is 1 in all 3 rows'],
    ['not-binary', [0, 2, 1], [1, 2, 3], 'in row 2 it is 2'],
    ['not-binary', [0, NaN, 1], [1, 2, 3], 'in row 2 it is NaN'],
    ['not-finite', [0, 1, 0], [1, NaN, 3], 'column "x" has no number in row 2'],
    ['unequal-lengths', [0, 1, 0], [1, 2], 'has 2 rows where the outcome has 3'],
    ['too-few-values', [0, 1], [1, 2], 'need more than 2 rows; there are 2'],
    ['too-few-values', [1], [1], 'there is 1 row'],
  ])('refuses bad input: %s', (code, y, values, message) => {
    const run = () => logistic(y, [{ name: 'x', values }]);
    expect(run).toThrow(message);
    expect(run).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code }) }));
  });
});

type Coefficients = Record<string, number>;
interface Case11 {
  mean: Coefficients;
  sd: Coefficients;
  mle: Record<'coef' | 'se' | 'z' | 'p', Coefficients> & Record<'llf' | 'llnull' | 'mcfadden' | 'aic' | 'bic', number>;
  l2_sklearn_C: Record<string, { intercept: number; coef: Coefficients }>;
  l1_sklearn_C: Record<string, { intercept: number; coef: Coefficients }>;
}
type Case24 = Record<'lasso' | 'ridge' | 'enet_0.5', Record<string, Coefficients>> & {
  glm: { coef: Coefficients; se: Coefficients };
};
