import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../../src/base/random';
import { bootstrapInterval } from '../../../src/stats';
import { association, liftInterval } from '../../../src/stats/recommend/association';
import { coOccurrence } from '../../../src/stats/recommend/co-occurrence';
import { checkRules } from '../../../src/stats/recommend/rule-check';
import { associationRules, type Rule } from '../../../src/stats/recommend/rules';
import { baskets, randomBaskets, shuffled } from './baskets';

const named = (rules: readonly Rule[]): Map<string, Rule> =>
  new Map(rules.map((rule) => [`${rule.antecedent.join(' ')} → ${rule.consequent}`, rule]));

/** Baskets where butter is in 60 of 100 with bread, and in 15 of 100 without. */
function breadAndButter(rows: number, random: Random): string[] {
  return Array.from({ length: rows }, () => {
    const bread = random.uniform() < 0.25;
    const butter = random.uniform() < (bread ? 0.6 : 0.15);
    return ['tea', ...(bread ? ['bread'] : []), ...(butter ? ['butter'] : [])].join(' ');
  });
}
const TRUE_LIFT = 0.6 / (0.25 * 0.6 + 0.75 * 0.15);

describe('associationRules', () => {
  it('measures a rule by hand', () => {
    // bread in 4 of 8, butter in 4 of 8, both in 3.
    const texts = ['bread butter', 'bread butter', 'bread butter', 'bread', 'butter', 'tea', 'tea', 'jam'];
    const rule = named(associationRules(baskets(texts), { minSupport: 0.25 }).rules).get('bread → butter')!;
    expect(rule).toMatchObject({ count: 3, support: 0.375, coverage: 0.5, leverage: 0.375 - 0.25, conviction: 2 });
    expect([rule.confidence.value, rule.lift.value]).toEqual([0.75, 1.5]);
    expect(rule.logLikelihoodRatio).toBe(association(8, 4, 4, 3).logLikelihoodRatio);
  });

  it('has an endless conviction without exceptions, and no other number that is none', () => {
    const { rules } = associationRules(baskets(['a b', 'a b', 'b', 'c']), { minSupport: 0.5, minConfidence: 0.1 });
    const rule = named(rules).get('a → b')!;
    expect(rule.conviction).toBe(Infinity);
    for (const { confidence, lift, leverage } of rules) {
      for (const value of [...Object.values(confidence), ...Object.values(lift), leverage])
        expect(Number.isFinite(value)).toBe(true);
    }
  });

  it('recovers what was put in: intervals of 90 % hold the true confidence and lift in about 90 of 100 samples', () => {
    let [confident, lifted] = [0, 0];
    for (let seed = 0; seed < 400; seed++) {
      const { rules } = associationRules(baskets(breadAndButter(400, seededRandom(seed))), {
        minSupport: 0.02,
        minConfidence: 0.05,
        maxLength: 2,
      });
      const { confidence, lift } = named(rules).get('bread → butter')!;
      if (confidence.lower <= 0.6 && 0.6 <= confidence.upper) confident++;
      if (lift.lower <= TRUE_LIFT && TRUE_LIFT <= lift.upper) lifted++;
    }
    // Of 400 at 0.9, within three standard deviations (18).
    for (const held of [confident, lifted]) {
      expect(held).toBeGreaterThan(342);
      expect(held).toBeLessThan(378);
    }
  });

  it('has the interval of the lift that drawing baskets again gives', () => {
    const texts = breadAndButter(1500, seededRandom(11));
    const holds = texts.map((text) => [text.includes('bread'), text.includes('butter')] as const);
    const boot = bootstrapInterval(
      holds.length,
      (indices) => {
        let [x, y, both] = [0, 0, 0];
        for (const i of indices) {
          const [bread, butter] = holds[i]!;
          if (bread) x++;
          if (butter) y++;
          if (bread && butter) both++;
        }
        return Math.log((indices.length * both) / (x * y));
      },
      { resamples: 4000, method: 'percentile' },
    );
    const { lift } = named(associationRules(baskets(texts), { maxLength: 2 }).rules).get('bread → butter')!;
    expect(lift.standardError / lift.value / boot.standardError).toBeGreaterThan(0.95);
    expect(lift.standardError / lift.value / boot.standardError).toBeLessThan(1.05);
    expect(Math.abs(Math.log(lift.lower) - boot.lower)).toBeLessThan(0.2 * boot.standardError);
  });

  it('is the same for shuffled baskets', () => {
    const random = seededRandom(5);
    const texts = randomBaskets(300, [0.5, 0.4, 0.4, 0.2, 0.2], random);
    const of = (some: string[]) => associationRules(baskets(some), { minSupport: 0.02, minConfidence: 0.2 });
    expect(of(texts).rules.length).toBeGreaterThan(10);
    expect(of(shuffled(texts, random))).toEqual(of(texts));
  });

  it('takes the product on the right from each place of the set', () => {
    const rules = named(
      associationRules(baskets(['a b c', 'a b c', 'a']), { minSupport: 0.5, minConfidence: 0.01 }).rules,
    );
    expect([...rules.keys()].sort()).toEqual(
      ['a → b', 'a → c', 'a b → c', 'a c → b', 'b → a', 'b → c', 'b c → a', 'c → a', 'c → b'].sort(),
    );
  });

  it.each([
    [{ minConfidence: 0 }, /least confidence must be above 0/],
    [{ interval: 1 }, /confidence must be between 0 and 1/],
    [{ minSupport: 2 }, /least support/],
  ])('refuses %j', (options, message) => {
    expect(() => associationRules(baskets(['a b', 'a']), options)).toThrow(message);
  });
});

describe('checkRules', () => {
  const options = { minSupport: 0.01, minConfidence: 0.05 };

  it('finds in the same baskets what the rules say', () => {
    const data = baskets(randomBaskets(400, [0.5, 0.4, 0.3, 0.2], seededRandom(9)));
    const { rules } = associationRules(data, options);
    expect(rules.length).toBeGreaterThan(10);
    for (const { rule, confidence, lift } of checkRules(rules, data)) {
      expect(confidence).toEqual(rule.confidence);
      expect(lift).toEqual(rule.lift);
    }
  });

  it('shows that the best of many rules among independent products was chance', () => {
    const random = seededRandom(21);
    const chances = Array.from({ length: 20 }, () => 0.05);
    const found = associationRules(baskets(randomBaskets(600, chances, random)), {
      minSupport: 0.004,
      minConfidence: 0.05,
    });
    const best = found.rules.slice(0, 20);
    const later = checkRules(best, baskets(randomBaskets(20_000, chances, random)));
    expect(Math.min(...best.map(({ lift }) => lift.value))).toBeGreaterThan(1.8);
    for (const { lift } of later.filter(({ rule }) => rule.antecedent.length === 1))
      expect(lift!.value).toBeLessThan(1.5);
  });

  it('has nothing to tell of what is not bought any more', () => {
    const { rules } = associationRules(baskets(['a b', 'a b', 'c']), options);
    expect(checkRules(rules, baskets(['c', 'd']))[0]).toMatchObject({ confidence: undefined, lift: undefined });
  });
});

describe('association', () => {
  it('is symmetric, 1 and 0 where things have nothing to do with one another', () => {
    expect(association(100, 20, 50, 10)).toMatchObject({
      lift: 1,
      logLikelihoodRatio: 0,
      pointwiseMutualInformation: 0,
    });
    expect(association(100, 20, 50, 14)).toEqual(association(100, 50, 20, 14));
  });

  it.each([
    [10, 3, 4, 5],
    [10, 8, 8, 1],
    [10, 0, 4, 0],
    [10, 3.5, 4, 2],
  ])('refuses counts that cannot be: %j', (...counts) => {
    expect(() => association(...(counts as [number, number, number, number]))).toThrow(/cannot have/);
  });

  it('has no interval for what never came together', () => {
    expect(association(10, 3, 4, 0).pointwiseMutualInformation).toBe(-Infinity);
    expect(() => liftInterval(10, 3, 4, 0)).toThrow(/never taken together/);
  });
});

describe('coOccurrence', () => {
  const texts = randomBaskets(500, [0.5, 0.4, 0.3, 0.2, 0.1, 0.05], seededRandom(4));

  it('counts pairs as counting them one by one does', () => {
    const withAll = (...items: string[]) => texts.filter((text) => items.every((item) => text.includes(item))).length;
    for (const { item, other, count, liftLower, liftUpper } of coOccurrence(baskets(texts), { minCount: 1 })) {
      expect(count).toBe(withAll(item, other));
      const { lower, upper } = liftInterval(500, withAll(item), withAll(other), count);
      expect([liftLower, liftUpper]).toEqual([lower, upper]);
    }
  });

  it('keeps the nearest, in the measure asked for', () => {
    for (const similarity of ['cosine', 'jaccard', 'lift', 'logLikelihoodRatio'] as const) {
      const all = coOccurrence(baskets(texts), { similarity, minCount: 1 }).filter(({ item }) => item === 'c');
      const two = coOccurrence(baskets(texts), { similarity, minCount: 1, neighbours: 2 }).filter(
        ({ item }) => item === 'c',
      );
      expect(two).toEqual(all.slice(0, 2));
      for (let i = 1; i < all.length; i++) expect(all[i]![similarity]).toBeLessThanOrEqual(all[i - 1]![similarity]);
      if (similarity === 'logLikelihoodRatio') for (const { lift } of all) expect(lift).toBeGreaterThan(1);
    }
  });

  it('refuses a measure that there is not', () => {
    expect(() => coOccurrence(baskets(texts), { similarity: 'nearness' as 'cosine' })).toThrow(
      /There is no similarity/,
    );
  });
});
