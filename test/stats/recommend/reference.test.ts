import { describe, expect, it } from 'vitest';
import { association } from '../../../src/stats/recommend/association';
import { countsOf } from '../../../src/stats/recommend/by-item';
import { coOccurrence } from '../../../src/stats/recommend/co-occurrence';
import { frequentItemsets } from '../../../src/stats/recommend/itemsets';
import { associationRules, type Rule } from '../../../src/stats/recommend/rules';
import { groceries, hasGroceries, referenceCase } from './baskets';

interface ReferenceRule {
  lhs: string[];
  rhs: string;
  count: number;
  support: number;
  confidence: number;
  lift: number;
  leverage: number;
  conviction: number;
  coverage: number;
}

interface Mined {
  itemsets: number;
  by_size: Record<string, number>;
  top: ReferenceRule[];
}

interface Groceries {
  n_transactions: number;
  n_items: number;
  supp_0_01: Mined & { rules_conf_0_5: number };
  supp_0_001: Mined & { rules_conf_0_8: number };
  item_item: { items: string[] } & Record<'counts' | 'cosine' | 'jaccard' | 'lift' | 'pmi' | 'llr', number[][]>;
}

const plain = (rule: Rule): ReferenceRule => ({
  lhs: [...rule.antecedent],
  rhs: rule.consequent,
  count: rule.count,
  support: rule.support,
  confidence: rule.confidence.value,
  lift: rule.lift.value,
  leverage: rule.leverage,
  conviction: rule.conviction,
  coverage: rule.coverage,
});

const bySize = (itemsets: readonly { items: readonly string[] }[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { items } of itemsets) counts[items.length] = (counts[items.length] ?? 0) + 1;
  return counts;
};

function expectRules(found: readonly Rule[], expected: readonly ReferenceRule[]): void {
  expected.forEach((rule, i) => {
    const ours = plain(found[i]!);
    expect([ours.lhs, ours.rhs, ours.count]).toEqual([rule.lhs, rule.rhs, rule.count]);
    for (const key of ['support', 'confidence', 'lift', 'leverage', 'conviction', 'coverage'] as const) {
      expect(Math.abs(ours[key] / rule[key] - 1), `${key} of ${rule.lhs.join()}`).toBeLessThan(1e-10);
    }
  });
}

describe.skipIf(!hasGroceries)('9,835 baskets of a grocer (shared/reference/customers, case 28)', () => {
  const data = hasGroceries ? groceries() : undefined!;
  const reference = hasGroceries ? referenceCase<Groceries>('28_association_rules') : undefined!;

  it('has the case’s baskets and products', () => {
    expect([data.rows.length, data.items.length]).toEqual([reference.n_transactions, reference.n_items]);
    expect(data.warnings).toEqual([]);
  });

  it('has the same sets and rules at a support of 1 %', () => {
    const expected = reference.supp_0_01;
    const { itemsets, warnings } = frequentItemsets(data, { minSupport: 0.01 });
    expect(warnings).toEqual([]);
    expect([itemsets.length, bySize(itemsets)]).toEqual([expected.itemsets, expected.by_size]);
    const { rules } = associationRules(data, { minSupport: 0.01, minConfidence: 0.5 });
    expect(rules.length).toBe(expected.rules_conf_0_5);
    expectRules(rules, expected.top);
  });

  it('has the same sets and rules at 0.1 %, where the R package arules finds 410 as well', () => {
    const expected = reference.supp_0_001;
    const { itemsets } = frequentItemsets(data, { minSupport: 0.001 });
    expect([itemsets.length, bySize(itemsets)]).toEqual([expected.itemsets, expected.by_size]);
    const { rules } = associationRules(data, { minSupport: 0.001, minConfidence: 0.8 });
    expect(rules.length).toBe(expected.rules_conf_0_8);
    expectRules(rules, expected.top);
  });

  it('finds the same neighbours', () => {
    const { items, counts, cosine, jaccard, lift, pmi, llr } = reference.item_item;
    const pairs = coOccurrence(data, { neighbours: data.items.length, minCount: 1 });
    const taken = countsOf(data);
    items.forEach((item, i) => {
      expect(taken[data.items.indexOf(item)]).toBe(counts[i]![i]);
      items.forEach((other, j) => {
        if (i === j) return;
        const pair = pairs.find((one) => one.item === item && one.other === other)!;
        expect(pair.count).toBe(counts[i]![j]);
        expect(pair.cosine).toBeCloseTo(cosine[i]![j]!, 11);
        expect(pair.jaccard).toBeCloseTo(jaccard[i]![j]!, 11);
        expect(pair.lift).toBeCloseTo(lift[i]![j]!, 10);
        expect(pair.pointwiseMutualInformation).toBeCloseTo(pmi[i]![j]!, 10);
        expect(pair.logLikelihoodRatio / llr[i]![j]!).toBeCloseTo(1, 9);
      });
    });
  });
});

// From the same case, for where the baskets are not at hand.
it('has the measures of whole milk and root vegetables', () => {
  const pair = association(9835, 2513, 1072, 481);
  expect(pair.cosine).toBeCloseTo(0.293056554599, 11);
  expect(pair.jaccard).toBeCloseTo(0.154961340206, 11);
  expect(pair.lift).toBeCloseTo(1.75603095248, 10);
  expect(pair.pointwiseMutualInformation).toBeCloseTo(0.812318274598, 11);
  expect(pair.logLikelihoodRatio).toBeCloseTo(212.862844754, 8);
  expect(association(9835, 1715, 1903, 322).logLikelihoodRatio).toBeCloseTo(0.440827825178, 8);
});
