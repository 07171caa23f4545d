import type { Problem } from '../../base/problem';
import type { Interactions } from './interactions';
import { itemsOf } from './itemset-tree';
import { mine, type MiningOptions } from './mining-options';

/** Products that are often in the same basket. */
export interface Itemset {
  /** In ascending order. */
  readonly items: readonly string[];
  /** Baskets that hold all of them. */
  readonly count: number;
  /** The same as a share of all baskets. */
  readonly support: number;
}

export interface Itemsets {
  readonly itemsets: readonly Itemset[];
  readonly warnings: readonly Problem[];
}

/**
 * All sets of products that at least `minSupport` of the baskets hold, the most frequent first.
 *
 * Eclat on bits; see `eclat.ts` for its source. The support asked for is included.
 *
 * @returns also warnings `support-raised` (a set must be seen twice) and `itemsets-capped`
 * @throws LevainError `bad-parameter`, `too-many-itemsets`
 * @example frequentItemsets({ rows: [1, 2], items: ['jam', 'scone'], starts: [0, 2, 4], columns: [0, 1, 0, 1], weights: [1, 1, 1, 1] }).itemsets.length // => 3
 */
export function frequentItemsets(interactions: Interactions, options: MiningOptions = {}): Itemsets {
  const { tree, warnings } = mine(interactions, options);
  const n = interactions.rows.length;
  const itemsets = Array.from({ length: tree.items.length - 1 }, (_, i) => {
    const count = tree.counts[i + 1]!;
    return { items: itemsOf(tree, i + 1).map((item) => interactions.items[item]!), count, support: count / n };
  });
  itemsets.sort((a, b) => b.count - a.count || byNames(a.items, b.items));
  return { itemsets, warnings };
}

/** Lists of names by their first that differs, shorter ones first. */
export function byNames(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  return a.length - b.length;
}
