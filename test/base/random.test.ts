import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { randomFrom, seededRandom } from '../../src/base/random';

/** The correlation of two lists of equal length. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const product = (a: readonly number[], ma: number, b: readonly number[], mb: number): number =>
    a.reduce((total, value, i) => total + (value - ma) * (b[i]! - mb), 0);
  return product(x, mx, y, my) / Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my));
}

describe('seeded random numbers', () => {
  it('are the same for the same seed, and other for another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed).uniform);
    expect(draw(7)).toEqual(draw(7));
    const seeds = [0, 1, -1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => draw(seed)[0])).size).toBe(seeds.length);
  });

  it('go on elsewhere where they stood, between the two normals of a pair too', () => {
    const random = seededRandom(5);
    for (let taken = 0; taken < 4; taken++) {
      const there = randomFrom(structuredClone(random.state()));
      const expected = [random.normal(), random.uniform(), random.normal()];
      expect([there.normal(), there.uniform(), there.normal()]).toEqual(expected);
    }
  });

  it('start where SplitMix64 takes the seed', () => {
    // The first two numbers of the reference implementation for seed 1234567.
    const [first, second] = [6457827717110365317n, 3203168211198807973n];
    const words = [first >> 32n, first & 0xffffffffn, second >> 32n, second & 0xffffffffn];
    const reference = xoroshiro128plusFromState(words.map((word) => Number(word) | 0));
    const random = seededRandom(1234567);
    for (let i = 0; i < 100; i++) {
      const high = reference.next() >>> 5;
      const low = reference.next() >>> 6;
      expect(random.uniform()).toBe((high * 2 ** 26 + low) / 2 ** 53);
    }
  });

  it('do not start alike for neighbouring seeds', () => {
    const n = 4000;
    const bound = 4 / Math.sqrt(n);
    for (let position = 0; position < 8; position++) {
      const at = (seed: number): number => {
        const random = seededRandom(seed);
        for (let i = 0; i < position; i++) random.uniform();
        return random.uniform();
      };
      const values = Array.from({ length: n + 1 }, (_, seed) => at(seed));
      const mean = values.reduce((total, value) => total + value, 0) / values.length;
      expect(Math.abs(mean - 0.5), `mean of draw ${position}`).toBeLessThan(4 / Math.sqrt(12 * n));
      expect(Math.abs(correlation(values.slice(1), values.slice(0, -1))), `draw ${position}`).toBeLessThan(bound);
      const seeds = Array.from({ length: n + 1 }, (_, seed) => seed);
      expect(Math.abs(correlation(values, seeds)), `draw ${position} against its seed`).toBeLessThan(bound);
    }
  });

  it('have normal draws of mean 0 and variance 1 across neighbouring seeds', () => {
    const n = 4000;
    const values = Array.from({ length: n }, (_, seed) => seededRandom(seed).normal());
    const mean = values.reduce((total, value) => total + value, 0) / n;
    const variance = values.reduce((total, value) => total + value ** 2, 0) / n;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  });

  it.each([1.5, NaN, Infinity, 2 ** 53])('refuse %s as a seed', (seed) => {
    expect(() => seededRandom(seed)).toThrow('A seed must be a whole number');
  });
});
