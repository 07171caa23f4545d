import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { gemv, gemvTransposed, syrk } from '../../../src/stats/linear/blas';
import { column, fromColumns, type Matrix } from '../../../src/stats/linear/matrix';
import { boundedLeastSquares } from '../../../src/stats/optimize/bounded-least-squares';
import { boundedQuadratic } from '../../../src/stats/optimize/bounded-quadratic';
import { randomMatrix } from '../linear/random-matrix';

const reference = resolve(import.meta.dirname, '../../../../shared/reference/mix');

/** Every way to put each variable at a bound or free, solved by brute force: the oracle for small problems. */
function bestOfAll(a: Matrix, b: Float64Array, lower: number[], upper: number[]): number {
  const p = a.columns;
  let best = Infinity;
  for (let code = 0; code < 3 ** p; code++) {
    const side = Array.from({ length: p }, (_, i) => (Math.floor(code / 3 ** i) % 3) - 1);
    const free = side.flatMap((s, i) => (s === 0 ? [i] : []));
    const x = Float64Array.from(side, (s, i) => (s < 0 ? lower[i]! : s > 0 ? upper[i]! : 0));
    if (x.some((value) => !Number.isFinite(value))) continue;
    const rest = gemv(a, x).map((value, i) => b[i]! - value);
    const block = fromColumns(free.map((i) => column(a, i)), a.rows); // prettier-ignore
    solveByGauss(syrk(block), gemvTransposed(block, rest)).forEach((value, k) => (x[free[k]!] = value));
    if (x.some((value, i) => value < lower[i]! - 1e-12 || value > upper[i]! + 1e-12)) continue;
    best = Math.min(best, gemv(a, x).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0)); // prettier-ignore
  }
  return best;
}

function solveByGauss(g: Matrix, c: Float64Array): Float64Array {
  const n = c.length;
  const rows = Array.from({ length: n }, (_, i) => [
    ...Array.from({ length: n }, (_, j) => g.values[j * n + i]!),
    c[i]!,
  ]);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      rows[k]!.forEach((value, j) => (rows[i]![j]! -= factor * value));
    }
  }
  return Float64Array.from(rows, (row, i) => row[n]! / row[i]!);
}

describe('bounded least squares', () => {
  it('is the best of all ways to hold or free each variable', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = seededRandom(seed);
      const a = randomMatrix(12, 5, 100 + seed);
      const b = column(randomMatrix(12, 1, 500 + seed), 0).map((value) => 2 * value);
      const lower = Array.from({ length: 5 }, () => (random.uniform() < 0.3 ? -Infinity : -random.uniform() / 3));
      const upper = Array.from({ length: 5 }, () => (random.uniform() < 0.3 ? Infinity : random.uniform() / 3));
      const fit = boundedLeastSquares(a, b, lower, upper);
      expect(fit.residualSumOfSquares).toBeCloseTo(bestOfAll(a, b, lower, upper), 10);
      const normal = boundedQuadratic(syrk(a), gemvTransposed(a, b), lower, upper);
      expect(normal.bound).toEqual(fit.bound);
      normal.x.forEach((value, i) => expect(value).toBeCloseTo(fit.x[i]!, 10));
    }
  });

  it('keeps to the conditions of the optimum with 40 non-negative variables', () => {
    const a = randomMatrix(100, 40, 7);
    const b = column(randomMatrix(100, 1, 8), 0);
    const { x, gradient, bound } = boundedLeastSquares(a, b, new Float64Array(40), new Float64Array(40).fill(Infinity));
    expect(bound.some((side) => side < 0) && bound.some((side) => side === 0)).toBe(true);
    x.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(bound[i] === 0 ? Math.abs(gradient[i]!) < 1e-11 : value === 0 && gradient[i]! >= 0).toBe(true);
    });
  });

  it('without bounds is least squares; with equal ones it has no choice', () => {
    const a = randomMatrix(30, 3, 9);
    const free = [-Infinity, -Infinity, -Infinity];
    const fit = boundedLeastSquares(a, gemv(a, [1, -2, 3]), free, [Infinity, Infinity, Infinity]);
    [1, -2, 3].forEach((value, i) => expect(fit.x[i]).toBeCloseTo(value, 12));
    const held = boundedLeastSquares(a, gemv(a, [1, -2, 3]), [1, 0.5, 3], [1, 0.5, 3]);
    expect(Array.from(held.x)).toEqual([1, 0.5, 3]);
  });

  it('takes more variables than rows, and the same column twice', () => {
    const a = randomMatrix(4, 9, 10);
    const b = column(randomMatrix(4, 1, 11), 0);
    const wide = boundedLeastSquares(a, b, new Float64Array(9).fill(-9), new Float64Array(9).fill(9));
    expect(wide.residualSumOfSquares).toBeLessThan(1e-20);
    const once = randomMatrix(20, 1, 12);
    const twice = fromColumns([column(once, 0), column(once, 0)]);
    const fit = boundedLeastSquares(twice, gemv(once, [3]), [0, 0], [2, 2]);
    expect(fit.residualSumOfSquares).toBeLessThan(1e-20);
    expect(fit.x[0]! + fit.x[1]!).toBeCloseTo(3, 12);
  });

  it('says what is wrong', () => {
    const a = randomMatrix(5, 2, 1);
    const b = new Float64Array(5);
    expect(() => boundedLeastSquares(a, b, [0], [1])).toThrow('2 variables need as many bounds; there are 1 lower');
    expect(() => boundedLeastSquares(a, b, [0, 1], [1, 0])).toThrow('The bounds of variable 2 are 1 and 0');
    expect(() => boundedLeastSquares(a, [1], [0, 0], [1, 1])).toThrow('needs 5 values; there are 1');
    expect(() => boundedQuadratic(syrk(fromColumns([[1], [1]])), [1, 1], [0, 0], [1, 1])).toThrow(
      'column 2 adds nothing',
    );
  });

  it.skipIf(!existsSync(reference))(
    'replays the reference fits: non-negative, and with some coefficients bounded',
    () => {
      const expected = JSON.parse(readFileSync(`${reference}/case05_nnls_bounded.json`, 'utf8')) as {
        nnls_all: Record<string, number>;
        nnls_rnorm: number;
        bounded_media_trend_nonneg: Record<string, number>;
        bounded_ssr: number;
      };
      const [header, ...rows] = readFileSync(`${reference}/case02_design.csv`, 'utf8').trim().split('\n').map((line) => line.split(',')); // prettier-ignore
      const table = rows.map((row) => row.map(Number));
      const names = ['const', ...header!.slice(1).map((name) => name.replaceAll('"', ''))];
      const a = fromColumns(names.map((_, j) => table.map((row) => (j === 0 ? 1 : row[j]!))));
      const y = table.map((row) => row[0]!);
      const infinite = names.map(() => Infinity);

      const nonNegative = boundedLeastSquares(a, y, names.map(() => 0), infinite); // prettier-ignore
      expect(Math.sqrt(nonNegative.residualSumOfSquares) / expected.nnls_rnorm).toBeCloseTo(1, 11);
      names.forEach((name, j) => compare(nonNegative.x[j]!, expected.nnls_all[name]!));

      const bounded = ['trend', 'tv_S', 'ooh_S', 'print_S', 'facebook_I', 'search_clicks_P', 'newsletter'];
      const some = boundedLeastSquares(a, y, names.map((name) => (bounded.includes(name) ? 0 : -Infinity)), infinite); // prettier-ignore
      expect(some.residualSumOfSquares / expected.bounded_ssr).toBeCloseTo(1, 12);
      names.forEach((name, j) => {
        compare(some.x[j]!, expected.bounded_media_trend_nonneg[name]!);
        // Relative to ‖column‖·‖y‖, the size of the sums that the gradient is the difference of.
        const size = Math.hypot(...column(a, j)) * Math.hypot(...y);
        expect(some.bound[j] === 0 ? Math.abs(some.gradient[j]!) / size < 1e-14 : some.gradient[j]! > 0).toBe(true);
      });

      function compare(ours: number, theirs: number): void {
        expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-9 * Math.abs(theirs));
      }
    },
  );
});
