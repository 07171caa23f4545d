import { budgetOf } from './constraint';
import { solveDual, totalOf, type DualSolution } from './dual';
import { exchange } from './exchange';
import { knapsack, PARTS } from './knapsack';
import type { CurveTable } from './table';

/** A plan this close to its bound, as a share of the response, needs no other search. */
const CLOSE = 1e-9;

/**
 * The plan of a given budget with the highest tabulated response. The dual solves it outright where the curves are
 * concave; where the plan stays below the dual's bound, curves are S-shaped, and the best plan of a grid over all plans
 * is improved within its neighbourhood. The bound stays the dual's.
 */
export function allocate(tables: readonly CurveTable[], budget: number): DualSolution {
  const dual = solveDual(tables, budgetOf(budget)) ?? {
    // A budget of exactly the sum of the minimums can be missed by a rounding.
    spend: Float64Array.from(tables, (table) => table.spend[0]!),
    bound: tables.reduce((total, table) => total + table.response[0]!, 0),
  };
  const reached = totalOf(tables, dual.spend);
  if (dual.bound - reached <= CLOSE * Math.abs(dual.bound)) return dual;
  const reach = (4 / PARTS) * (budget - tables.reduce((total, table) => total + table.spend[0]!, 0));
  const grid = exchange(tables, knapsack(tables, budget).plan(PARTS), budget, reach);
  const filled = exchange(tables, dual.spend, budget, reach);
  return { spend: totalOf(tables, grid) > totalOf(tables, filled) ? grid : filled, bound: dual.bound };
}
