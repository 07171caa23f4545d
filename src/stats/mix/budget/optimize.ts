import { allocate } from './allocate';
import { checkBudget, checkChannels, checkFits, type Bounds } from './bounds';
import { budgetOf } from './constraint';
import { averageOf, type ResponseCurve } from './curve';
import { planOf, type BudgetPlan } from './plan';
import { polish } from './polish';
import { tabulate } from './table';

export interface BudgetOptions {
  /** To be spent over the planned period, in full. */
  readonly budget: number;
  /** One pair a channel, in the same order; from 0 to the whole budget when not given. */
  readonly bounds?: readonly Bounds[];
}

/**
 * Spreads a budget over channels so that the expected response is highest: Σ_c E_d[R_cd(x_c)] over Σ_c x_c = B and
 * lower_c ≤ x_c ≤ upper_c, with the mean taken over the draws d of the posterior.
 *
 * Solved by the separable dual: bisect the price μ of a unit of budget, at which each channel alone spends
 * argmax E[R_c(x)] − μx. Where averaged curves are concave that is the exact optimum, with equal marginal responses in
 * all channels that are at no bound. Where one is S-shaped the optimum need not have a price: then all plans on a grid
 * are searched and the best is refined, and `bound` (the dual's value) says how much more any plan could bring.
 *
 * Source: Everett (1963), "Generalized Lagrange multiplier method", Operations Research 11; Ibaraki and Katoh (1988),
 * "Resource Allocation Problems".
 *
 * @param curves one a channel, all with the same draws
 * @returns spend in the unit of the curves, its expected response, and marginal responses
 * @throws LevainError `infeasible-bounds`, `infeasible-budget`, `unequal-lengths`, `not-finite`, `bad-parameter`
 * @example optimizeBudget([{ name: 'tv', draws: 1, highestSeen: 9, evaluate: (x, r, s) => { r[0] = Math.sqrt(x); s[0] = 0.5 / Math.sqrt(x); } }], { budget: 9, bounds: [{ lower: 4, upper: 16 }] }).totalResponse // => 3
 */
export function optimizeBudget(curves: readonly ResponseCurve[], options: BudgetOptions): BudgetPlan {
  checkBudget(options.budget);
  const { budget, bounds = curves.map(() => ({ lower: 0, upper: budget })) } = options;
  checkChannels(curves, bounds);
  checkFits(budget, bounds);
  const averages = curves.map(averageOf);
  const tables = averages.map((average, c) => tabulate(average, bounds[c]!.lower, bounds[c]!.upper));
  const { spend, bound } = allocate(tables, budget);
  return planOf(averages, polish(averages, bounds, budgetOf(budget), spend), bound);
}
