import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberEdges, timeEdges } from '../../src/engine/edges';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1000;
const days = (edges: readonly number[]): string[] =>
  edges.map((edge) => new Date(edge * 1000).toISOString().slice(0, 10));

describe('the edges of bins', () => {
  it('are round numbers around all values, at most 20 bins', () => {
    expect(numberEdges(0.03, 0.97, false)).toEqual(Array.from({ length: 21 }, (_, i) => Math.round(i * 5) / 100));
    expect(numberEdges(1, 5, true)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(numberEdges(7, 7, true)).toEqual([7, 8]);
    const double = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(double, double, fc.boolean(), (a, b, whole) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const edges = numberEdges(low, high, whole);
        expect(edges[0]).toBeLessThanOrEqual(low);
        expect(edges.at(-1)).toBeGreaterThan(high);
        expect(edges.length).toBeLessThanOrEqual(21);
        expect(edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)).toBe(true);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('are days, Mondays, months or years for moments', () => {
    expect(days(timeEdges(day('2024-03-01'), day('2024-03-03'), true))).toEqual([
      '2024-03-01',
      '2024-03-02',
      '2024-03-03',
      '2024-03-04',
    ]);
    expect(days(timeEdges(day('2024-03-06'), day('2024-05-01'), true)).slice(0, 2)).toEqual([
      '2024-03-04',
      '2024-03-11',
    ]);
    const quarters = days(timeEdges(day('2022-01-01'), day('2024-12-31'), true));
    expect([quarters[0], quarters[1], quarters.at(-1), quarters.length]).toEqual([
      '2022-01-01',
      '2022-04-01',
      '2025-01-01',
      13,
    ]);
    expect(timeEdges(day('2024-03-01') + 5, day('2024-03-01') + 700, false)[1]! - day('2024-03-01')).toBe(60);
  });
});
