import type { CurvePoint } from './curve';

/** How a budget is spread over the channels, and what is expected of it. Arrays are in the order of the curves. */
export interface BudgetPlan {
  readonly spend: Float64Array;
  readonly totalSpend: number;
  /** Response averaged over the draws, for each channel. */
  readonly responses: Float64Array;
  readonly totalResponse: number;
  /** What one more unit of spend would bring in each channel: equal where a channel is at no bound. */
  readonly marginal: Float64Array;
  /** No plan under the same conditions responds more than this, to six digits. */
  readonly bound: number;
}

export function planOf(
  averages: readonly ((spend: number) => CurvePoint)[],
  spend: Float64Array,
  bound: number,
): BudgetPlan {
  const points = averages.map((average, c) => average(spend[c]!));
  const totalResponse = points.reduce((total, point) => total + point.response, 0);
  return {
    spend,
    totalSpend: points.reduce((total, point) => total + point.spend, 0),
    responses: Float64Array.from(points, (point) => point.response),
    totalResponse,
    marginal: Float64Array.from(points, (point) => point.slope),
    bound: Math.max(bound, totalResponse),
  };
}
