import { describe, expect, it } from 'vitest';
import { brentMinimum } from '../../../src/stats/optimize/brent-minimum';
import { brentRoot } from '../../../src/stats/optimize/brent-root';

describe('brentRoot', () => {
  // The roots are known in closed form, or from scipy 1.17: brentq with xtol 1e-15.
  it.each<[string, (x: number) => number, number, number, number]>([
    ['x² − 2', (x) => x * x - 2, 0, 2, Math.SQRT2],
    ['cos x − x', (x) => Math.cos(x) - x, 0, 1, 0.7390851332151607],
    ['a cubic with a flat stretch', (x) => (x - 1) ** 3, -3, 8, 1],
    ['a step that no parabola fits', (x) => Math.atan(1e6 * (x - 0.3)), 0, 1, 0.3],
    ['eˣ − 10⁵', (x) => Math.exp(x) - 1e5, 0, 100, Math.log(1e5)],
    ['x⁹', (x) => x ** 9, -1, 1.5, 0],
    ['bounds the other way round', (x) => x - 0.25, 1, 0, 0.25],
  ])('finds the root of %s', (_, f, lower, upper, root) => {
    const found = brentRoot(f, lower, upper);
    expect(Math.abs(found.x - root)).toBeLessThan(root === 1 ? 1e-5 : root === 0 ? 1e-15 : 1e-14);
  });

  it('needs far fewer evaluations than bisection', () => {
    expect(brentRoot((x) => Math.cos(x) - x, 0, 1).evaluations).toBeLessThan(12);
    expect(brentRoot((x) => Math.exp(x) - 1e5, 0, 100).evaluations).toBeLessThan(25);
  });

  it('stops sooner where less is asked for', () => {
    const f = (x: number): number => Math.atan(1e3 * (x - 0.3));
    const rough = brentRoot(f, 0, 1, { tolerance: 0.01 });
    expect(Math.abs(rough.x - 0.3)).toBeLessThan(0.01);
    expect(rough.evaluations).toBeLessThan(brentRoot(f, 0, 1).evaluations);
  });

  it('takes a root at an end', () => {
    expect(brentRoot((x) => x, 0, 1).x).toBe(0);
    expect(brentRoot((x) => x - 1, 0, 1).x).toBe(1);
  });

  it('says why there is no root to find', () => {
    expect(() => brentRoot((x) => x * x + 1, -1, 2)).toThrow(
      'no sign change between -1 and 2: the function is 2 and 5',
    );
    expect(() => brentRoot(Math.sqrt, -1, 2)).toThrow('is NaN at -1');
  });
});

describe('brentMinimum', () => {
  it.each<[string, (x: number) => number, number, number, number]>([
    ['a parabola', (x) => (x - 2) ** 2, -10, 10, 2],
    ['a skewed valley', (x) => x - Math.log(x), 1e-6, 20, 1],
    ['|x − 0.7|, which has no slope there', (x) => Math.abs(x - 0.7), 0, 3, 0.7],
    ['a wall on one side', (x) => (x < 1 ? Infinity : x), 0, 5, 1],
    ['the fourth power', (x) => (x + 1) ** 4, -4, 5, -1],
  ])('finds the minimum of %s', (_, f, lower, upper, at) => {
    expect(Math.abs(brentMinimum(f, lower, upper).x - at)).toBeLessThan(_.includes('fourth') ? 1e-3 : 1e-6);
  });

  it('goes to the end where the function falls all the way', () => {
    expect(brentMinimum((x) => -x, 0, 1).x).toBeCloseTo(1, 7);
  });

  it('is quick on a smooth function', () => {
    expect(brentMinimum((x) => Math.cosh(x - 0.5), -3, 4).evaluations).toBeLessThan(20);
  });

  it('says what is wrong', () => {
    expect(() => brentMinimum((x) => x, 1, 0)).toThrow('they are 1 and 0');
    expect(() => brentMinimum(Math.sqrt, -2, 0)).toThrow('is NaN at');
  });
});
