import { checkBudget, checkChannels, checkFits } from './bounds';
import { averageOf, type ResponseCurve } from './curve';
import { knapsack } from './knapsack';
import type { BudgetOptions } from './optimize';
import { tabulate, type CurveTable } from './table';

/** What it would be worth to know one channel's curve before the budget is set. */
export interface ExperimentValue {
  readonly name: string;
  /** Response over the period that the best plan would gain on average if the curve were known, ≥ 0. */
  readonly value: number;
}

/** Every so many parts of the grid a channel's own curve is looked at. */
const STRIDE = 4;

/**
 * Which channel to experiment with next: for each, the expected value of perfect information about its curve,
 *
 *     E_d[ max_x { R_cd(x) + G(B − x) } ] − max_x { E_d[R_cd(x)] + G(B − x) }
 *
 * where G(b) is the best expected response of all other channels with a budget b. It is what uncertainty about the channel
 * costs: an experiment that measured the curve exactly would bring this much more response a period on average, and a real
 * one brings less. A channel that is uncertain, but would get the same budget whatever it turned out to be, is worth 0.
 *
 * Taken one channel at a time, as if what it taught said nothing of the others.
 *
 * Source: Raiffa and Schlaifer (1961), "Applied Statistical Decision Theory"; Howard (1966), "Information value theory".
 *
 * @returns every channel, the most valuable first: the first one is the experiment to run
 * @throws LevainError those of `optimizeBudget`
 */
export function nextExperiment(curves: readonly ResponseCurve[], options: BudgetOptions): ExperimentValue[] {
  checkBudget(options.budget);
  const { budget, bounds = curves.map(() => ({ lower: 0, upper: budget })) } = options;
  checkChannels(curves, bounds);
  checkFits(budget, bounds);
  const tables = curves.map((curve, c) => tabulate(averageOf(curve), bounds[c]!.lower, bounds[c]!.upper));
  return curves
    .map((curve, c) => ({ name: curve.name, value: valueOf(curve, c, tables, budget) }))
    .sort((a, b) => b.value - a.value);
}

function valueOf(curve: ResponseCurve, channel: number, tables: readonly CurveTable[], budget: number): number {
  const own = tables[channel]!.spend;
  const [lower, upper] = [own[0]!, own.at(-1)!];
  const { budgets, responses } = knapsack(tables.toSpliced(channel, 1), budget - lower);
  const best = new Float64Array(curve.draws).fill(-Infinity);
  const [response, slope] = [new Float64Array(curve.draws), new Float64Array(curve.draws)];
  let expected = -Infinity;
  for (let i = budgets.length - 1; i >= 0; i -= STRIDE) {
    const spend = Math.max(lower, budget - budgets[i]!);
    if (spend > upper) break;
    curve.evaluate(spend, response, slope);
    let sum = 0;
    for (let d = 0; d < curve.draws; d++) {
      const value = response[d]! + responses[i]!;
      sum += value;
      if (value > best[d]!) best[d] = value;
    }
    expected = Math.max(expected, sum / curve.draws);
  }
  return Math.max(0, best.reduce((total, value) => total + value, 0) / curve.draws - expected);
}
