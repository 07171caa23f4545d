import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { interactionsOf } from '../../../src/stats/recommend/interactions';
import { shuffled } from './baskets';

describe('interactionsOf', () => {
  it('adds up lines of the same customer and product, and orders both', () => {
    const { rows, items, starts, columns, weights } = interactionsOf({
      row: [30, 4, 30, 30],
      item: ['tea', 'scone', 'jam', 'tea'],
      weight: [1, 2, 3, 4n],
    });
    expect(rows).toEqual([4, 30]);
    expect(items).toEqual(['jam', 'scone', 'tea']);
    expect([...starts]).toEqual([0, 1, 3]);
    expect([...columns]).toEqual([1, 0, 2]);
    expect([...weights]).toEqual([2, 3, 5]);
  });

  it('does not mind the sequence of the lines', () => {
    const random = seededRandom(2);
    const lines = Array.from({ length: 500 }, () => ({ row: random.integer(40), item: `p${random.integer(25)}` }));
    const of = (some: typeof lines) =>
      interactionsOf({ row: some.map(({ row }) => row), item: some.map(({ item }) => item) });
    expect(of(shuffled(lines, random))).toEqual(of(lines));
  });

  it('leaves out what was returned, even where cents do not add up to 0, and customers of whom nothing is left', () => {
    const { rows, items, warnings } = interactionsOf({
      row: ['a', 'a', 'a', 'b', 'c', 'c'],
      item: ['cake', 'cake', 'cake', 'cake', 'tart', 'tart'],
      weight: [0.1, 0.2, -0.3, 1, 5, -5],
    });
    expect([rows, items]).toEqual([['b'], ['cake']]);
    expect(warnings.map(({ code }) => code)).toEqual(['returned', 'one-row', 'one-item']);
    expect(warnings[0]!.message).toBe('2 of 3 purchases were wholly returned: left out.');
  });

  it('leaves out lines without a customer or a product, and says how many and where', () => {
    const { rows, warnings } = interactionsOf({ row: [1, null, 2, NaN], item: ['a', 'b', undefined, 'b'] });
    expect(rows).toEqual([1]);
    expect(warnings[0]).toEqual({
      code: 'missing-value',
      message: '3 of 4 lines name no customer (or basket) or no product, the first in line 2: left out.',
    });
  });

  it.each([
    [{ row: [1, 2], item: ['a'] }, 'unequal-lengths', /2 baskets or customers and 1 products/],
    [{ row: [1], item: ['a'], weight: [1, 2] }, 'unequal-lengths', /1 baskets or customers and 2 weights/],
    [{ row: [1, 2], item: ['a', 'b'], weight: [1, NaN] }, 'not-finite', /weight in line 2 is NaN/],
    [{ row: [1, 2], item: ['a', 'b'], weight: [1, null] }, 'not-finite', /weight in line 2 is missing/],
    [{ row: [], item: [] }, 'no-interactions', /There are no lines/],
    [{ row: [null, null], item: ['a', 'b'] }, 'no-interactions', /None of the 2 lines/],
    [{ row: [1, 1], item: ['a', 'a'], weight: [5, -5] }, 'no-interactions', /after returns/],
  ])('refuses %j', (columns, code, message) => {
    expect(() => interactionsOf(columns)).toThrow(message);
    expect(() => interactionsOf(columns)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code }) }),
    );
  });
});
