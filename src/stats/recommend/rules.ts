import type { Problem } from '../../base/problem';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../intervals/interval';
import { proportionInterval, type ProportionEstimate } from '../intervals/proportion';
import { association, liftInterval } from './association';
import { countsOf } from './by-item';
import type { Interactions } from './interactions';
import { itemsOf } from './itemset-tree';
import { byNames } from './itemsets';
import { checkShare, mine, type MiningOptions } from './mining-options';

export interface RuleOptions extends MiningOptions {
  /** The least confidence of a rule, in (0, 1]; 0.5 when not given. */
  readonly minConfidence?: number;
  /** Of the intervals, in (0, 1); 0.9 when not given. */
  readonly interval?: number;
}

/** Who takes these takes that: X → y, in n baskets. */
export interface Rule {
  /** X, in ascending order. */
  readonly antecedent: readonly string[];
  /** y. */
  readonly consequent: string;
  /** Baskets with X and y. */
  readonly count: number;
  /** count / n. */
  readonly support: number;
  /** Baskets with X, as a share of n. */
  readonly coverage: number;
  /** Of the baskets with X, the share that has y. */
  readonly confidence: ProportionEstimate;
  /** Confidence over y's share of all baskets: 2 when X doubles it, 1 when X says nothing of y. */
  readonly lift: Estimate;
  /** support − coverage · (y's share): baskets with both beyond what chance would give, as a share of n. */
  readonly leverage: number;
  /** (1 − y's share) / (1 − confidence): how much rarer X without y is than by chance; ∞ for a rule without exception. */
  readonly conviction: number;
  /** G² of X and y; see `association`. */
  readonly logLikelihoodRatio: number;
}

export interface Rules {
  /** Highest lift first. */
  readonly rules: readonly Rule[];
  readonly warnings: readonly Problem[];
}

/**
 * Association rules with one product on the right: all X → y where X and y together are in at least `minSupport` of the
 * baskets and y is in at least `minConfidence` of those with X.
 *
 * Intervals (Wilson's for the confidence, log-normal for the lift) are of one rule by itself. The best of thousands looks
 * better than it is: look at a rule in later baskets before acting on it. A rule says what goes together, not what one
 * brings about.
 *
 * Source: Agrawal, Imieliński and Swami (1993), "Mining association rules between sets of items in large databases",
 * SIGMOD; Brin et al. (1997), "Dynamic itemset counting and implication rules for market basket data", for conviction.
 *
 * @returns also warnings `support-raised`, `itemsets-capped` as of `frequentItemsets`
 * @throws LevainError `bad-parameter`, `too-many-itemsets`
 * @example associationRules({ rows: [1, 2], items: ['jam', 'scone'], starts: [0, 2, 4], columns: [0, 1, 0, 1], weights: [1, 1, 1, 1] }).rules[0].lift.value // => 1
 */
export function associationRules(interactions: Interactions, options: RuleOptions = {}): Rules {
  const { minConfidence = 0.5, interval = DEFAULT_CONFIDENCE } = options;
  checkShare('confidence', minConfidence);
  checkConfidence(interval);
  const { tree, warnings } = mine(interactions, options);
  const counts = countsOf(interactions);
  const rules: Rule[] = [];
  for (let node = 1; node < tree.items.length; node++) {
    if (tree.depths[node]! < 2) continue;
    const items = itemsOf(tree, node);
    for (const item of items) {
      const withX = tree.counts[tree.without(node, item)]!;
      if (tree.counts[node]! / withX < minConfidence - 1e-12) continue;
      rules.push({
        antecedent: items.filter((other) => other !== item).map((other) => interactions.items[other]!),
        consequent: interactions.items[item]!,
        ...measuresOf(interactions.rows.length, withX, counts[item]!, tree.counts[node]!, interval),
      });
    }
  }
  rules.sort(
    (a, b) =>
      b.lift.value - a.lift.value || byNames(a.antecedent, b.antecedent) || byNames([a.consequent], [b.consequent]),
  );
  return { rules, warnings };
}

function measuresOf(n: number, withX: number, withY: number, both: number, confidence: number) {
  const share = withY / n;
  const kept = both / withX;
  return {
    count: both,
    support: both / n,
    coverage: withX / n,
    confidence: proportionInterval(both, withX, { confidence }),
    lift: liftInterval(n, withX, withY, both, { confidence }),
    leverage: both / n - (withX / n) * share,
    conviction: both === withX ? Infinity : (1 - share) / (1 - kept),
    logLikelihoodRatio: association(n, withX, withY, both).logLikelihoodRatio,
  };
}
