import { LevainError, type Problem } from '../../base/problem';
import type { Interactions } from './interactions';
import { growItemsets, type ItemsetTree } from './itemset-tree';

export interface MiningOptions {
  /** The least share of rows that must hold a set, in (0, 1]; 0.01 when not given. */
  readonly minSupport?: number;
  /** The most items of a set, 10 when not given. */
  readonly maxLength?: number;
  /** The most sets that are kept, 100,000 when not given: the support rises to where there are not more. */
  readonly maxItemsets?: number;
}

/**
 * Checks the options and grows the sets.
 *
 * @throws LevainError `bad-parameter`, `too-many-itemsets` where no support at all keeps within `maxItemsets`
 */
export function mine(interactions: Interactions, options: MiningOptions) {
  const { minSupport = 0.01, maxLength = 10, maxItemsets = 100_000 } = options;
  checkShare('support', minSupport);
  checkWhole('length', maxLength);
  checkWhole('number of sets', maxItemsets);
  const n = interactions.rows.length;
  // A whole number of rows is not to be missed by rounding: 0.07 × 100 is 7.000000000000001.
  const asked = Math.ceil(minSupport * n - 1e-9 * n * minSupport);
  const least = Math.max(TWICE, asked);
  const tree = growItemsets(interactions, least, maxLength, maxItemsets);
  if (tree.least > Math.max(n, least)) throw tooMany(maxItemsets);
  return { tree, warnings: [...raisedWarning(asked, n), ...cappedWarning(tree, least, maxItemsets, n)] };
}

/** What was seen once is no pattern, and every part of a single basket would be one. */
const TWICE = 2;

export function checkShare(what: string, share: number): void {
  if (share > 0 && share <= 1) return;
  throw new LevainError({
    code: 'bad-parameter',
    message: `The least ${what} must be above 0 and at most 1; it is ${share}.`,
    hint: 'Write 0.01 for 1 %.',
  });
}

export function checkWhole(what: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  const message = `The ${what} must be a whole number of at least 1; it is ${value}.`;
  throw new LevainError({ code: 'bad-parameter', message });
}

function raisedWarning(asked: number, n: number): Problem[] {
  if (asked >= TWICE) return [];
  const message = `Of ${n} baskets the support asked for is less than two: sets are counted from two baskets up.`;
  return [{ code: 'support-raised', message }];
}

function cappedWarning(tree: ItemsetTree, least: number, most: number, n: number): Problem[] {
  if (tree.least === least) return [];
  const support = ((100 * tree.least) / n).toPrecision(3);
  const message = `There are more than ${most.toLocaleString('en')} sets of that support: those of ${tree.least} baskets (${support} %) or more are told, completely.`;
  return [{ code: 'itemsets-capped', message, hint: 'Ask for a higher support, or for shorter sets.' }];
}

function tooMany(most: number): LevainError {
  return new LevainError({
    code: 'too-many-itemsets',
    message: `Baskets are so alike and so wide that more than ${most.toLocaleString('en')} sets are in all of them.`,
    hint: 'Ask for shorter sets (maxLength: 2), or leave out what is in every basket, such as a deposit or a bag.',
  });
}
