import { responseAt, type CurveTable } from './table';

/** Equal parts that the largest budget is cut into. */
export const PARTS = 400;

/** The best plans of every budget on a grid. */
export interface Frontier {
  /** Rising from the sum of the minimums. */
  readonly budgets: Float64Array;
  /** The highest response of each budget. */
  readonly responses: Float64Array;
  /** The plan of the i-th budget; what an upper bound cuts off a part is left over. */
  plan(i: number): Float64Array;
}

/**
 * The best plans on a grid, for curves of any shape: what the lower bounds leave of a budget is cut into equal parts, and
 * dynamic programming over the channels finds the best way to hand them out, for every smaller budget as well.
 *
 * Source: Ibaraki and Katoh (1988), "Resource Allocation Problems", ch. 4.
 *
 * @param budget the largest, between the sums of the tables' first and last spends
 */
export function knapsack(tables: readonly CurveTable[], budget: number): Frontier {
  const lower = tables.map((table) => table.spend[0]!);
  const least = lower.reduce((total, value) => total + value, 0);
  const part = (budget - least) / PARTS;
  let best = new Float64Array(PARTS + 1);
  const choices = tables.map((table, c) => {
    const most = part > 0 ? Math.min(PARTS, Math.ceil((table.spend.at(-1)! - lower[c]!) / part - 1e-9)) : 0;
    const responses = Float64Array.from({ length: most + 1 }, (_, k) => responseAt(table, lower[c]! + k * part));
    const added = add(best, responses);
    best = added.best;
    return added.choice;
  });
  return {
    budgets: Float64Array.from({ length: PARTS + 1 }, (_, i) => least + i * part),
    responses: best,
    plan(i) {
      const spend = new Float64Array(tables.length);
      let parts = i;
      for (let c = tables.length - 1; c >= 0; c--) {
        const k = choices[c]![parts]!;
        spend[c] = Math.min(tables[c]!.spend.at(-1)!, lower[c]! + k * part);
        parts -= k;
      }
      return spend;
    },
  };
}

/** The best responses when one more channel may take some of the parts, and how many it takes. */
function add(best: Float64Array, responses: Float64Array): { best: Float64Array<ArrayBuffer>; choice: Uint16Array } {
  const next = new Float64Array(PARTS + 1).fill(-Infinity);
  const choice = new Uint16Array(PARTS + 1);
  for (let parts = 0; parts <= PARTS; parts++) {
    for (let k = Math.min(parts, responses.length - 1); k >= 0; k--) {
      const value = best[parts - k]! + responses[k]!;
      if (value > next[parts]!) {
        next[parts] = value;
        choice[parts] = k;
      }
    }
  }
  return { best: next, choice };
}
