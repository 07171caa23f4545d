import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { decompRssd } from '../../../src/stats/mix/evaluate/quality';
import { paretoFronts } from '../../../src/stats/mix/fast/pareto';
import { boundedRidge } from '../../../src/stats/mix/fast/ridge';
import { signSolver, type Sign } from '../../../src/stats/mix/fast/sign-solver';

const NO_INTERVAL = { standardError: 0, lower: 0, upper: 0, confidence: 0.9 };
const reference = resolve(import.meta.dirname, '../../../../shared/reference/mix');
const json = <T>(name: string): T => JSON.parse(readFileSync(resolve(reference, name), 'utf8')) as T;

/** A small CSV of numbers, by column. */
function csv(name: string): Record<string, number[]> {
  const [head, ...rows] = readFileSync(resolve(reference, name), 'utf8').trim().split('\n');
  const names = head!.replaceAll('"', '').split(',');
  return Object.fromEntries(names.map((column, i) => [column, rows.map((row) => Number(row.split(',')[i]))]));
}

/** A positive definite matrix, rather collinear. */
function problem(p: number, seed: number): { a: Float64Array; c: Float64Array } {
  const random = seededRandom(seed);
  const columns = Array.from({ length: p }, () => {
    const common = random.normal();
    return Float64Array.from({ length: p + 3 }, () => common + random.normal());
  });
  const a = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let t = 0; t < p + 3; t++) a[i * p + j]! += (columns[i]![t]! * columns[j]![t]!) / (p + 3);
  return { a, c: Float64Array.from({ length: p }, () => random.normal()) };
}

/** ½bᵀ(A + ridge)b − cᵀb */
function objective(a: Float64Array, c: Float64Array, ridge: number, b: ArrayLike<number>): number {
  const p = c.length;
  let value = 0;
  for (let i = 0; i < p; i++) {
    value += 0.5 * ridge * b[i]! ** 2 - c[i]! * b[i]!;
    for (let j = 0; j < p; j++) value += 0.5 * b[i]! * a[i * p + j]! * b[j]!;
  }
  return value;
}

describe('signSolver', () => {
  it('meets the conditions of an optimum on 500 problems in a row, each warm from the last', () => {
    const p = 9;
    const signs: Sign[] = [1, 1, 1, 1, 1, -1, -1, 0, 0];
    const solver = signSolver(signs);
    const b = new Float64Array(p);
    let held = 0;
    for (let seed = 1; seed <= 500; seed++) {
      const { a, c } = problem(p, seed);
      const ridge = seed % 3 === 0 ? 0 : 0.01 * (seed % 7);
      expect(solver.solve(a, c, ridge, b)).toBe(true);
      for (let i = 0; i < p; i++) {
        let gradient = ridge * b[i]! - c[i]!;
        for (let j = 0; j < p; j++) gradient += a[i * p + j]! * b[j]!;
        if (b[i] !== 0) expect(Math.abs(gradient)).toBeLessThan(1e-8);
        else expect(signs[i]! * gradient).toBeGreaterThanOrEqual(-1e-8);
        expect(signs[i]! * b[i]!).toBeGreaterThanOrEqual(0);
        if (b[i] === 0) held++;
      }
    }
    expect(held).toBeGreaterThan(500);
  });

  it('is as good as the best of all choices of what is held', () => {
    const p = 6;
    for (let seed = 1; seed <= 50; seed++) {
      const { a, c } = problem(p, seed);
      const b = new Float64Array(p);
      signSolver([1, 1, 1, 1, 1, 1]).solve(a, c, 0.1, b);
      let best = 0;
      for (let mask = 1; mask < 1 << p; mask++) {
        const chosen = [...Array(p).keys()].filter((i) => (mask >> i) & 1);
        const block = Float64Array.from(chosen.flatMap((i) => chosen.map((j) => a[i * p + j]!)));
        const part = new Float64Array(chosen.length);
        signSolver(chosen.map(() => 0 as const)).solve(
          block,
          Float64Array.from(chosen, (i) => c[i]!),
          0.1,
          part,
        );
        if (part.some((value) => value < 0)) continue;
        const full = new Float64Array(p);
        chosen.forEach((i, k) => (full[i] = part[k]!));
        best = Math.min(best, objective(a, c, 0.1, full));
      }
      expect(objective(a, c, 0.1, b)).toBeCloseTo(best, 12);
    }
  });

  it('says when there is no single answer', () => {
    const b = new Float64Array(2);
    expect(signSolver([0, 0]).solve(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1), 0, b)).toBe(false);
    expect(signSolver([0, 0]).solve(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1), 1, b)).toBe(true);
  });
});

describe('boundedRidge', () => {
  it('gives a constant column no coefficient', () => {
    const fit = boundedRidge(
      [
        [5, 5, 5, 5],
        [1, 2, 3, 5],
      ],
      [2, 4, 6, 10],
      { lambda: 0 },
    );
    expect(fit.coefficients[0]).toBe(0);
    expect(fit.coefficients[1]).toBeCloseTo(2, 12);
    expect(fit.intercept).toBeCloseTo(0, 12);
  });

  it('says what is wrong', () => {
    const outcome = [1, 2, 4];
    expect(() =>
      boundedRidge(
        [
          [1, 2, 3],
          [2, 4, 6],
        ],
        outcome,
        { lambda: 0 },
      ),
    ).toThrow('combinations of others');
    expect(() => boundedRidge([[1, NaN, 3]], outcome, { lambda: 1 })).toThrow('Column 1 is NaN in row 2.');
    expect(() => boundedRidge([[1, 2]], outcome, { lambda: 1 })).toThrow('Column 1 has 2 rows; the outcome has 3');
    expect(() => boundedRidge([[1, 2, 3]], outcome, { lambda: -1 })).toThrow(
      'λ must be a number, 0 or more; it is -1.',
    );
    expect(() => boundedRidge([[1, 2, 3]], outcome, { lambda: 1, signs: [] })).toThrow('1 columns and 0 signs');
  });

  describe.skipIf(!existsSync(reference))(
    'against glmnet and Robyn (shared/reference/mix, cases 02, 03 and 13)',
    () => {
      const media = ['tv_S', 'ooh_S', 'print_S', 'facebook_I', 'search_clicks_P', 'newsletter'];
      const load = () => {
        const { y, ...columns } = csv('case02_design.csv');
        const names = Object.keys(columns);
        const signs = names.map((name): Sign => (name === 'trend' || media.includes(name) ? 1 : 0));
        return { y: y!, names, columns: Object.values(columns), signs };
      };

      it('is its exact limit to 1e-9, and glmnet itself to 6e-5, in all 16 fits', () => {
        const { y, names, columns, signs } = load();
        type Coefficients = Record<string, number>;
        interface Fit {
          lambda: number;
          constrained: boolean;
          intercept: boolean;
          coef: Coefficients;
        }
        const { fits } = json<{ fits: Fit[] }>('case02_glmnet_ridge.json');
        const { cases } = json<{ cases: { exact_coef: Coefficients }[] }>('case02_exact_crosscheck.json');
        expect(fits).toHaveLength(16);
        for (const [k, { lambda, constrained, intercept, coef }] of fits.entries()) {
          const fit = boundedRidge(columns, y, { lambda, intercept, ...(constrained ? { signs } : {}) });
          const ours: Coefficients = { '(Intercept)': fit.intercept };
          for (const [i, name] of names.entries()) ours[name] = fit.coefficients[i]!;
          for (const [name, value] of Object.entries(ours)) {
            // Largest coefficient and 1 stand in the denominator of a coefficient near 0, as in the case's own comparison.
            const exact = cases[k]!.exact_coef[name]!;
            const largest = Math.max(...Object.values(coef).map(Math.abs));
            expect(Math.abs(value - exact) / Math.max(1e-9 * largest + Math.abs(exact), 1)).toBeLessThan(1e-9);
            expect(Math.abs(value - coef[name]!) / Math.max(1e-9 * largest + Math.abs(coef[name]!), 1)).toBeLessThan(
              6e-5,
            );
          }
        }
      });

      it('decomposes as Robyn does, RSSD included', () => {
        const { y, names, columns, signs } = load();
        type Named = Record<string, number>;
        interface Case {
          model: { lambda: number };
          contribution: Named;
          effect_share: Named;
          spend_share: Named;
          decomp_rssd: number;
        }
        const known = json<Case>('case03_robyn_decomp.json');
        const fit = boundedRidge(columns, y, { lambda: known.model.lambda, signs });
        const contributions = Object.fromEntries(
          names.map((name, i) => [name, fit.coefficients[i]! * columns[i]!.reduce((a, b) => a + b)]),
        );
        const paid = Object.keys(known.effect_share);
        const total = paid.reduce((sum, name) => sum + contributions[name]!, 0);
        const spendShares = Object.values(known.spend_share);
        for (const name of media) expect(contributions[name]! / known.contribution[name]! - 1).toBeCloseTo(0, 4);
        for (const name of paid) expect(contributions[name]! / total).toBeCloseTo(known.effect_share[name]!, 5);
        const returns = paid.map((name, c) => ({
          spendShare: spendShares[c]!,
          effectShare: { ...NO_INTERVAL, value: contributions[name]! / total },
        }));
        expect(decompRssd(returns)).toBeCloseTo(known.decomp_rssd, 5);
      });

      it('has its cross-validated errors on contiguous folds', () => {
        const { y, columns } = load();
        const { foldid, lambda, cvm } = json<{ foldid: number[]; lambda: number[]; cvm: number[] }>(
          'case13_cv_glmnet.json',
        );
        for (const k of lambda.keys()) {
          if (k % 8 !== 0) continue;
          let squares = 0;
          for (let fold = 1; fold <= Math.max(...foldid); fold++) {
            const kept = (_: number, t: number) => foldid[t] !== fold;
            const fit = boundedRidge(
              columns.map((column) => column.filter(kept)),
              y.filter(kept),
              { lambda: lambda[k]! },
            );
            for (const [t, value] of y.entries()) {
              if (foldid[t] !== fold) continue;
              squares +=
                (value - fit.intercept - columns.reduce((sum, x, i) => sum + fit.coefficients[i]! * x[t]!, 0)) ** 2;
            }
          }
          expect(squares / y.length / cvm[k]! - 1).toBeCloseTo(0, 4);
        }
      });
    },
  );
});

describe('paretoFronts', () => {
  it('numbers fronts as the definition does', () => {
    const random = seededRandom(2);
    const [x, y] = [0, 1].map(() => Array.from({ length: 200 }, () => random.uniform())) as [number[], number[]];
    const fronts = paretoFronts(x, y);
    for (let i = 0; i < 200; i++) {
      const beaters = [...fronts.keys()].filter((j) => x[j]! < x[i]! && y[j]! < y[i]!);
      // One front further than the furthest of the points that beat it.
      expect(fronts[i]).toBe(1 + Math.max(0, ...beaters.map((j) => fronts[j]!)));
    }
    expect([...paretoFronts(x, y, 2)]).toEqual([...fronts].map((front) => (front <= 2 ? front : 0)));
  });

  it('refuses what it cannot order', () => {
    expect(() => paretoFronts([1, NaN], [1, 2])).toThrow('The errors of point 2 are NaN and 2');
    expect(() => paretoFronts([1], [])).toThrow('There are 1 first and 0 second errors');
  });

  it.skipIf(!existsSync(reference))('has the fronts of Robyn on 300 points (shared/reference/mix, case 08)', () => {
    const { x, y, pareto_front } = csv('case08_pareto_fronts.csv') as Record<'x' | 'y' | 'pareto_front', number[]>;
    expect(x).toHaveLength(300);
    // The case numbers five fronts, and the rest is NA.
    const numbered = pareto_front.map((front) => (Number.isNaN(front) ? 0 : front));
    expect([...paretoFronts(x, y, Math.max(...numbered))]).toEqual(numbered);
  });
});
