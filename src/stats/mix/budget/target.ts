import { LevainError } from '../../../base/problem';
import { allocate } from './allocate';
import { checkChannels, checkTarget, type Bounds } from './bounds';
import { returnOf } from './constraint';
import { averageOf, type ResponseCurve } from './curve';
import { knapsack } from './knapsack';
import { planAt, solveDual, sum, totalOf } from './dual';
import { planOf, type BudgetPlan } from './plan';
import { polish } from './polish';
import { tabulate, type CurveTable } from './table';

/**
 * The plan with the highest expected response that still earns `roas` for each unit of spend in total: maximise R(x) over
 * R(x) ≥ target · Σ x and the bounds. Channels that are at no bound then share one marginal response, below the target.
 *
 * The condition S − R/target ≤ 0 has the gradient 1 − R′_c/target: a channel whose marginal return is above the target
 * loosens it. (One known package takes 1 + R′_c there and stops short of the optimum.)
 *
 * @param target response a unit of spend, above 0
 * @param bounds one pair a channel, with the most that is thinkable as upper one
 * @throws LevainError `unreachable-target` with the best return that the bounds allow, and those of `optimizeBudget`
 * @example Math.round(planForReturn([{ name: 'tv', draws: 1, highestSeen: 9, evaluate: (x, r, s) => { r[0] = Math.sqrt(x); s[0] = 0.5 / Math.sqrt(x); } }], 0.25, [{ lower: 1, upper: 99 }]).totalSpend) // => 16
 */
export function planForReturn(curves: readonly ResponseCurve[], target: number, bounds: readonly Bounds[]): BudgetPlan {
  checkTarget('A target return', target);
  checkChannels(curves, bounds);
  const averages = curves.map(averageOf);
  const tables = averages.map((average, c) => tabulate(average, bounds[c]!.lower, bounds[c]!.upper));
  const constraint = returnOf(target);
  const dual = solveDual(tables, constraint);
  if (!dual) throw unreachable(target, bestReturn(tables, target));
  const shortfall = dual.bound - totalOf(tables, dual.spend);
  const spend = shortfall <= 1e-9 * Math.abs(dual.bound) ? dual.spend : largestAllowed(tables, target, dual.spend);
  return planOf(averages, polish(averages, bounds, constraint, spend), dual.bound);
}

/**
 * {@link planForReturn} for a cost per acquisition: the most acquisitions at no more than `cost` each on average.
 *
 * @param cost spend a unit of response, above 0
 */
export function planForCost(curves: readonly ResponseCurve[], cost: number, bounds: readonly Bounds[]): BudgetPlan {
  checkTarget('A target cost', cost);
  return planForReturn(curves, 1 / cost, bounds);
}

/**
 * Spends in each channel as long as the next unit of spend still brings `target` in expectation: argmax R_c(x) − target·x
 * in each channel by itself, the best of all such points where a curve is S-shaped. With the profit a unit of response
 * brings as 1/target, this is the plan of highest profit.
 *
 * @param target marginal response a unit of spend, above 0
 * @throws LevainError those of `optimizeBudget`
 */
export function planForMarginalReturn(
  curves: readonly ResponseCurve[],
  target: number,
  bounds: readonly Bounds[],
): BudgetPlan {
  checkTarget('A target marginal return', target);
  checkChannels(curves, bounds);
  const averages = curves.map(averageOf);
  const tables = averages.map((average, c) => tabulate(average, bounds[c]!.lower, bounds[c]!.upper));
  const spend = polish(averages, bounds, target, planAt(tables, target));
  return planOf(averages, spend, -Infinity);
}

const HALVINGS = 12;

/** The best plan of the largest budget that still earns the target, where S-shaped curves leave budgets without a price. */
function largestAllowed(tables: readonly CurveTable[], target: number, allowed: Float64Array): Float64Array {
  const earns = (plan: Float64Array) => totalOf(tables, plan) >= target * sum(plan);
  const frontier = knapsack(
    tables,
    tables.reduce((total, table) => total + table.spend.at(-1)!, 0),
  );
  const last = frontier.responses.findLastIndex((response, i) => response >= target * frontier.budgets[i]!);
  let best = allowed;
  let within = Math.max(sum(allowed), frontier.budgets[last] ?? 0);
  let beyond = within + (frontier.budgets[1]! - frontier.budgets[0]!);
  const most = frontier.budgets.at(-1)!;
  for (let i = 0; i < HALVINGS; i++) {
    const budget = i === 0 ? within : (within + Math.min(most, beyond)) / 2;
    const { spend } = allocate(tables, budget);
    if (earns(spend)) [within, best] = [budget, spend];
    else beyond = budget;
  }
  return best;
}

/** The highest total return of any plan, by Dinkelbach's method from a target above it. */
function bestReturn(tables: readonly CurveTable[], target: number): number {
  let rate = target;
  for (let i = 0; i < 50; i++) {
    const plan = planAt(tables, rate);
    const total = sum(plan);
    const next = total > 0 ? totalOf(tables, plan) / total : NaN;
    // A plan that spends nothing says only that no spend earns more than the rate; try a lower one.
    if (Number.isNaN(next)) rate *= 0.9;
    else if (Math.abs(next - rate) <= 1e-9 * rate) return next;
    else rate = next;
  }
  return rate;
}

function unreachable(target: number, best: number): LevainError {
  return new LevainError({
    code: 'unreachable-target',
    message: `No plan within the bounds earns ${target} for each unit of spend; the most is about ${best.toPrecision(3)}.`,
    hint: 'Lower the target, or lower the minimums of channels that earn less.',
  });
}
