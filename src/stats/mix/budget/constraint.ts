/** What ties the channels of a plan together: how much is spent, or at what return. A plan is allowed where slack ≥ 0. */
export interface Constraint {
  /** What may still be spent, in units of spend. */
  slack(spend: number, response: number): number;
  /** What one more unit in a channel uses up, from the slope of that channel's response. */
  gradient(slope: number): number;
  /** Between which prices of a unit of spend the best allowed plan is found. */
  readonly lowestPrice: number;
  readonly highestPrice: number;
  /** No allowed plan responds more than this, given the most that Σ (response − price · spend) can be. */
  bound(best: number, price: number): number;
}

/**
 * Spend at most a budget B: B − Σ x ≥ 0.
 *
 * @example budgetOf(100).slack(80, 500) // => 20
 */
export function budgetOf(budget: number): Constraint {
  return {
    slack: (spend) => budget - spend,
    gradient: () => 1,
    lowestPrice: -Infinity,
    highestPrice: Infinity,
    bound: (best, price) => best + price * budget,
  };
}

/**
 * Earn at least a target T for each unit of spend in total: R/T − Σ x ≥ 0, so that one more unit in a channel uses up
 * 1 − R′/T: a unit whose marginal return is above the target makes room for others.
 *
 * @example returnOf(4).gradient(8) // => -1
 */
export function returnOf(target: number): Constraint {
  return {
    slack: (spend, response) => response / target - spend,
    gradient: (slope) => 1 - slope / target,
    lowestPrice: 0,
    highestPrice: target,
    bound: (best, price) => (price < target ? best / (1 - price / target) : Infinity),
  };
}
