import { describe, expect, it } from 'vitest';
import { differentialEvolution } from '../../../src/stats/optimize/differential-evolution';

const rastrigin = (x: Float64Array): number =>
  x.reduce((sum, value) => sum + value ** 2 - 10 * Math.cos(2 * Math.PI * value) + 10, 0);

const rosenbrock = (x: Float64Array): number => 100 * (x[1]! - x[0]! ** 2) ** 2 + (1 - x[0]!) ** 2;

describe('differentialEvolution', () => {
  it('finds the lowest of Rastrigin’s thousands of minima', () => {
    for (const seed of [1, 2, 3]) {
      const found = differentialEvolution(rastrigin, [-5.12, -5.12, -5.12, -5.12], [5.12, 4, 5.12, 3], { seed });
      expect(found.converged).toBe(true);
      expect(Math.max(...found.x.map(Math.abs))).toBeLessThan(1e-5);
    }
  });

  it('finds the end of Rosenbrock’s valley', () => {
    const found = differentialEvolution(rosenbrock, [-5, -5], [5, 5]);
    expect(found.x[0]).toBeCloseTo(1, 4);
    expect(found.x[1]).toBeCloseTo(1, 4);
  });

  it('finds a minimum on the wall of the box, and never leaves it', () => {
    const seen: Float64Array[] = [];
    const found = differentialEvolution((x) => (seen.push(x.slice()), x[0]! + x[1]!), [1, -2], [3, 4]);
    expect(found.x[0]).toBeCloseTo(1, 4);
    expect(found.x[1]).toBeCloseTo(-2, 4);
    expect(seen.every((x) => x[0]! >= 1 && x[0]! <= 3 && x[1]! >= -2 && x[1]! <= 4)).toBe(true);
    expect(found.evaluations).toBe(seen.length);
  });

  it('leaves a variable alone whose bounds are equal', () => {
    const found = differentialEvolution((x) => (x[0]! - x[1]!) ** 2, [0, 2], [5, 2]);
    expect(found.x[1]).toBe(2);
    expect(found.x[0]).toBeCloseTo(2, 4);
  });

  it('is the same for the same seed, and another way for another', () => {
    const run = (seed: number) => differentialEvolution(rastrigin, [-5, -5], [5, 5], { seed });
    expect(run(7)).toEqual(run(7));
    expect(run(7).evaluations).not.toBe(run(8).evaluations);
  });

  it('steps around places without a value', () => {
    const found = differentialEvolution((x) => (x[0]! < 1 ? NaN : x[0]! ** 2), [-5], [5]);
    expect(found.x[0]).toBeCloseTo(1, 4);
    expect(() => differentialEvolution(() => NaN, [0], [1], { maxGenerations: 3 })).toThrow('a finite value');
  });

  it('can be watched and stopped', () => {
    const values: number[] = [];
    const found = differentialEvolution(rastrigin, [-5, -5], [5, 5], {
      onGeneration: ({ value, generation }) => {
        values.push(value);
        return generation < 10;
      },
    });
    expect(found).toMatchObject({ generations: 10, converged: false });
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  it('says which bound is wrong', () => {
    expect(() => differentialEvolution(rastrigin, [0, 2], [1, 1])).toThrow('variable 2 are 2 and 1');
    expect(() => differentialEvolution(rastrigin, [0], [Infinity])).toThrow('variable 1 goes from 0 to Infinity');
    expect(() => differentialEvolution(rastrigin, [0], [1, 2])).toThrow('1 variables need as many bounds');
    expect(() => differentialEvolution(rastrigin, [], [])).toThrow('at least one variable');
  });
});
