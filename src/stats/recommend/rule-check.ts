import type { Estimate } from '../intervals/interval';
import { proportionInterval, type ProportionEstimate } from '../intervals/proportion';
import { liftInterval } from './association';
import type { Interactions } from './interactions';
import type { Rule } from './rules';

/** A rule in other baskets than those it was found in. */
export interface CheckedRule {
  readonly rule: Rule;
  /** Of the other baskets with X, the share that has y; absent where none has X. */
  readonly confidence: ProportionEstimate | undefined;
  /** That share over y's own in the other baskets; absent where no other basket has X and y. */
  readonly lift: Estimate | undefined;
}

/**
 * Looks at rules in other baskets, best in later ones: what was chance before does not come again.
 *
 * @param baskets other baskets; products they do not know count as never bought
 * @throws LevainError `bad-parameter`
 * @example checkRules([], { rows: [], items: [], starts: [0], columns: [] }) // => []
 */
export function checkRules(
  rules: readonly Rule[],
  baskets: Interactions,
  options: { confidence?: number } = {},
): CheckedRule[] {
  const { rows, items, starts, columns } = baskets;
  const placeOf = new Map(items.map((item, i) => [item, i]));
  const wanted = rules.map(({ antecedent, consequent }) => ({
    antecedent: antecedent.map((item) => placeOf.get(item) ?? -1),
    consequent: placeOf.get(consequent) ?? -1,
  }));
  const [withX, withBoth, withY] = [rules, rules, rules].map(() => new Uint32Array(rules.length));
  const holds = new Uint8Array(items.length);
  for (let r = 0; r < rows.length; r++) {
    const basket = columns.subarray(starts[r]!, starts[r + 1]!);
    for (const item of basket) holds[item] = 1;
    wanted.forEach(({ antecedent, consequent }, i) => {
      const x = antecedent.every((item) => item >= 0 && holds[item] === 1);
      const y = consequent >= 0 && holds[consequent] === 1;
      if (x) withX![i]!++;
      if (y) withY![i]!++;
      if (x && y) withBoth![i]!++;
    });
    for (const item of basket) holds[item] = 0;
  }
  return rules.map((rule, i) => {
    const [x, y, both] = [withX![i]!, withY![i]!, withBoth![i]!];
    return {
      rule,
      confidence: x > 0 ? proportionInterval(both, x, options) : undefined,
      lift: both > 0 ? liftInterval(rows.length, x, y, both, options) : undefined,
    };
  });
}
