import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { interactionsOf } from '../../../src/stats/recommend/interactions';
import { frequentItemsets } from '../../../src/stats/recommend/itemsets';
import { baskets, randomBaskets, shuffled } from './baskets';

/** Every subset of every basket, counted one by one. */
function byCounting(texts: readonly string[], least: number, longest: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const items = [...new Set(text.split(' '))].sort();
    for (let subset = 1; subset < 2 ** items.length; subset++) {
      const chosen = items.filter((_, i) => subset & (1 << i));
      if (chosen.length > longest) continue;
      counts.set(chosen.join(' '), (counts.get(chosen.join(' ')) ?? 0) + 1);
    }
  }
  return new Map([...counts].filter(([, count]) => count >= least));
}

const found = (
  texts: readonly string[],
  minSupport: number,
  options: { maxLength?: number; maxItemsets?: number } = {},
) => frequentItemsets(baskets(texts), { minSupport, ...options });
const asMap = (itemsets: ReturnType<typeof frequentItemsets>['itemsets']): Map<string, number> =>
  new Map(itemsets.map(({ items, count }) => [items.join(' '), count]));

describe('frequentItemsets', () => {
  it('are those that counting every subset finds', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = seededRandom(seed);
      const chances = Array.from({ length: 1 + random.integer(9) }, () => random.uniform() ** 2);
      const rows = 1 + random.integer(150);
      const texts = randomBaskets(rows, chances, random);
      const least = 2 + random.integer(6);
      const longest = 1 + random.integer(9);
      if (least > rows) continue;
      const { itemsets } = found(texts, least / rows, { maxLength: longest });
      expect(asMap(itemsets), `seed ${seed}`).toEqual(byCounting(texts, least, longest));
      for (const { count, support } of itemsets) expect(support).toBe(count / rows);
    }
  });

  it('includes a support that is met exactly, where 0.07 × 100 is more than 7', () => {
    const texts = Array.from({ length: 100 }, (_, i) => (i < 7 ? 'a b' : 'c'));
    expect(0.07 * 100).toBeGreaterThan(7);
    expect(asMap(found(texts, 0.07).itemsets).get('a b')).toBe(7);
  });

  it('are the same in shuffled baskets, and under other names', () => {
    const random = seededRandom(7);
    const texts = randomBaskets(200, [0.5, 0.4, 0.3, 0.3, 0.2, 0.1], random);
    const straight = found(texts, 0.05).itemsets;
    expect(found(shuffled(texts, random), 0.05).itemsets).toEqual(straight);
    const renamed = texts.map((text) => text.replace(/[a-f]/g, (letter) => 'zyxwvu'['abcdef'.indexOf(letter)]!));
    const back = [...asMap(found(renamed, 0.05).itemsets)].map(([text, count]): [string, number] => [
      text
        .replace(/[u-z]/g, (letter) => 'fedcba'['uvwxyz'.indexOf(letter)]!)
        .split(' ')
        .sort()
        .join(' '),
      count,
    ]);
    expect(new Map(back)).toEqual(asMap(straight));
  });

  it('raises the support to where at most so many sets are left, and these are complete', () => {
    const texts = randomBaskets(300, [0.6, 0.5, 0.5, 0.4, 0.4, 0.3, 0.2], seededRandom(3));
    const all = [...byCounting(texts, 2, 10).values()].sort((a, b) => b - a);
    for (const most of [1, 5, 20, 63, all.length - 1]) {
      const { itemsets, warnings } = found(texts, 2 / 300, { maxItemsets: most });
      expect(itemsets.length).toBeLessThanOrEqual(most);
      const least = Math.min(...itemsets.map(({ count }) => count));
      expect(asMap(itemsets)).toEqual(byCounting(texts, least, 10));
      // One basket less would have been too many.
      expect(all.filter((count) => count >= all[itemsets.length]!).length).toBeGreaterThan(most);
      expect(warnings[0]!.code).toBe('itemsets-capped');
    }
    expect(found(texts, 2 / 300, { maxItemsets: all.length }).warnings).toEqual([]);
  });

  it('neither hangs nor fills the memory where two baskets hold the same 3,000 products', () => {
    const wide = Array.from({ length: 3000 }, (_, i) => `p${i}`);
    const few = Array.from({ length: 50 }, (_, i) => ['x', 'y', `p${i}`]);
    const lines = [wide, wide, ...few].flatMap((basket, row) => basket.map((item) => ({ row, item })));
    const data = interactionsOf({ row: lines.map(({ row }) => row), item: lines.map(({ item }) => item) });
    const { itemsets, warnings } = frequentItemsets(data, { minSupport: 0.01, maxItemsets: 2000 });
    expect(asMap(itemsets).get('x y')).toBe(50);
    expect(warnings.map(({ code }) => code)).toContain('itemsets-capped');
    expect(itemsets.length).toBeLessThanOrEqual(2000);
  });

  it('says so where every basket is the same wide one', () => {
    const same = Array.from({ length: 10 }, () => 'a b c d e f g h i j k l');
    expect(() => found(same, 0.5, { maxItemsets: 1000 })).toThrow(/more than 1,000 sets are in all of them/);
    expect(found(same, 0.5, { maxItemsets: 1000, maxLength: 2 }).itemsets.length).toBe(12 + 66);
  });

  it('counts from two baskets up, and says so', () => {
    const { itemsets, warnings } = found(['a b', 'a', 'c'], 0.01);
    expect(asMap(itemsets)).toEqual(new Map([['a', 2]]));
    expect(warnings.map(({ code }) => code)).toEqual(['support-raised']);
  });

  it('finds nothing in one basket or one product, without failing', () => {
    expect(found(['a b'], 0.5).itemsets).toEqual([]);
    expect(asMap(found(['a', 'a'], 0.5).itemsets)).toEqual(new Map([['a', 2]]));
  });

  it.each([
    [{ minSupport: 0 }, /least support must be above 0 and at most 1; it is 0/],
    [{ minSupport: 1.5 }, /it is 1.5/],
    [{ minSupport: NaN }, /it is NaN/],
    [{ maxLength: 0 }, /length must be a whole number/],
    [{ maxItemsets: 2.5 }, /number of sets must be a whole number/],
  ])('refuses %j', (options, message) => {
    expect(() => frequentItemsets(baskets(['a b', 'a']), options)).toThrow(message);
  });
});
