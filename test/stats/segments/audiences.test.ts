import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../src/base/problem';
import { seededRandom } from '../../../src/base/random';
import { audiences } from '../../../src/stats/segments/audiences';

const random = seededRandom(12);
const customers = Array.from({ length: 500 }, (_, i) => ({
  customer: i,
  orders: 1 + random.integer(6),
  spent: 10 + 90 * random.uniform(),
  city: i % 4 === 0 ? 'Gent' : 'Brugge',
}));
type Customer = (typeof customers)[number];
const rules = {
  Regulars: (row: Customer) => row.orders >= 3,
  'Big spenders': (row: Customer) => row.spent > 60,
  Gent: (row: Customer) => row.city === 'Gent',
};
const spent = (row: Customer): number => row.spent;

describe('audiences', () => {
  const found = audiences(customers, rules, spent);

  it('counts members, value and overlap as filters do', () => {
    for (const { name, size, value, mean, valueShare } of found.audiences) {
      const members = customers.filter(rules[name as keyof typeof rules]);
      const total = members.reduce((sum, row) => sum + row.spent, 0);
      expect(size).toBe(members.length);
      expect(value).toBeCloseTo(total, 9);
      expect(mean!.value).toBeCloseTo(total / size, 9);
      expect(mean!.lower).toBeLessThan(mean!.value);
      expect(valueShare).toBeCloseTo(total / customers.reduce((sum, row) => sum + row.spent, 0), 12);
    }
    for (const { a, b, size, shareOfA, jaccard } of found.overlaps) {
      const [inA, inB] = [rules[a as keyof typeof rules], rules[b as keyof typeof rules]];
      const both = customers.filter((row) => inA(row) && inB(row)).length;
      expect(size).toBe(both);
      expect(shareOfA).toBeCloseTo(both / customers.filter(inA).length, 12);
      expect(jaccard).toBeCloseTo(both / customers.filter((row) => inA(row) || inB(row)).length, 12);
    }
    expect(found.overlaps).toHaveLength(6);
  });

  it('puts every customer into one intersection', () => {
    expect(found.intersections.reduce((sum, { size }) => sum + size, 0)).toBe(500);
    expect(found.intersections.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(
      customers.reduce((sum, row) => sum + row.spent, 0),
      9,
    );
    const none = found.intersections.find(({ names }) => names.length === 0)!;
    expect(none.size).toBe(customers.filter((row) => row.orders < 3 && row.spent <= 60 && row.city !== 'Gent').length);
  });

  it('says the same of shuffled rows', () => {
    const again = audiences(customers.toReversed(), rules, spent);
    again.audiences.forEach((audience, at) => {
      expect(audience.size).toBe(found.audiences[at]!.size);
      expect(audience.value).toBeCloseTo(found.audiences[at]!.value, 9);
    });
    expect(again.intersections.map(({ names, size }) => [names, size])).toEqual(
      found.intersections.map(({ names, size }) => [names, size]),
    );
  });

  it('warns of empty and of equal audiences and of negative value', () => {
    const { warnings, audiences: each } = audiences(
      [{ spent: -5 }, { spent: 3 }, { spent: 4 }],
      { Nobody: () => false, All: () => true, Everybody: () => true },
      (row) => row.spent,
    );
    expect(warnings.map(({ code }) => code)).toEqual(['empty-audience', 'same-audience', 'negative-value']);
    expect(each[0]).toMatchObject({ size: 0, value: 0, mean: undefined });
  });

  it('names the row of what it cannot use', () => {
    const code = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return problemOf(error).code;
      }
      return 'none';
    };
    expect(code(() => audiences([customers[0]!], rules, spent))).toBe('too-few-rows');
    expect(code(() => audiences(customers, {}, spent))).toBe('no-audience');
    expect(code(() => audiences(customers, rules, () => NaN))).toBe('not-finite');
    const maybe = { Maybe: (() => undefined) as unknown as () => boolean };
    expect(() => audiences(customers, maybe, spent)).toThrow(/“Maybe” answers undefined for row 1/);
  });
});
