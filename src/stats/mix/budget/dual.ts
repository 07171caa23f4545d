import type { Constraint } from './constraint';
import { bestSpend, responseAt, type CurveTable } from './table';

export interface DualSolution {
  readonly spend: Float64Array;
  /** No allowed plan responds more than this: a proof of how good the plan is. */
  readonly bound: number;
}

const HALVINGS = 100;

/**
 * Maximises Σ f_c(x_c) under one constraint, by its separable dual. Given a price μ of a unit of spend, each channel
 * chooses its own argmax f_c(x) − μx; the price is bisected to the lowest at which the plan is allowed. What is left of
 * the budget there lies between two plans that are equally good at that price, and is filled along the line between
 * them: exact for concave curves. Where a curve is S-shaped the plans may be far apart, the filled one may fall short,
 * and `bound` says by how much at most.
 *
 * Source: Boyd and Vandenberghe (2004), "Convex Optimization", section 5.5.3; Everett (1963), Operations Research 11.
 *
 * @returns undefined when no plan is allowed
 */
export function solveDual(tables: readonly CurveTable[], constraint: Constraint): DualSolution | undefined {
  const slopes = tables.flatMap((table) => [...table.slope, ...secants(table)]);
  const spread = Math.max(...slopes.map(Math.abs), Number.MIN_VALUE);
  let high = Math.min(constraint.highestPrice, Math.max(...slopes) + spread);
  let low = Math.max(constraint.lowestPrice, Math.min(...slopes) - spread);
  let allowed = planAt(tables, high);
  let beyond = planAt(tables, low);
  if (slackOf(tables, beyond, constraint) >= 0) return { spend: beyond, bound: totalOf(tables, beyond) };
  if (slackOf(tables, allowed, constraint) < 0) return undefined;
  for (let i = 0; i < HALVINGS; i++) {
    const price = low + (high - low) / 2;
    if (price <= low || price >= high) break;
    const plan = planAt(tables, price);
    if (slackOf(tables, plan, constraint) >= 0) [high, allowed] = [price, plan];
    else [low, beyond] = [price, plan];
  }
  const best = totalOf(tables, allowed) - high * sum(allowed);
  return { spend: fill(tables, constraint, allowed, beyond), bound: constraint.bound(best, high) };
}

/** The plan of channels that each pay a price for a unit of spend. */
export function planAt(tables: readonly CurveTable[], price: number): Float64Array {
  return Float64Array.from(tables, (table) => bestSpend(table, price));
}

/** The tabulated response to a plan. */
export function totalOf(tables: readonly CurveTable[], spend: Float64Array): number {
  return tables.reduce((total, table, c) => total + responseAt(table, spend[c]!), 0);
}

export function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The last allowed plan on the way from an allowed one to one that is not. */
function fill(
  tables: readonly CurveTable[],
  constraint: Constraint,
  allowed: Float64Array,
  beyond: Float64Array,
): Float64Array {
  const between = (share: number) => allowed.map((value, c) => value + share * (beyond[c]! - value));
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const share = (low + high) / 2;
    if (share <= low || share >= high) break;
    if (slackOf(tables, between(share), constraint) >= 0) low = share;
    else high = share;
  }
  return between(low);
}

function slackOf(tables: readonly CurveTable[], spend: Float64Array, constraint: Constraint): number {
  return constraint.slack(sum(spend), totalOf(tables, spend));
}

function secants({ spend, response }: CurveTable): number[] {
  return Array.from(
    { length: spend.length - 1 },
    (_, i) => (response[i + 1]! - response[i]!) / (spend[i + 1]! - spend[i]!),
  );
}
