import type { Bounds } from './bounds';
import type { Constraint } from './constraint';
import type { CurvePoint } from './curve';

type Average = (spend: number) => CurvePoint;

const STEPS = 8;
/** Half the distance, as a share of a channel's range, over which its slope is differenced. */
const DIFFERENCE = 1e-4;
/** The furthest one step may go, as a share of a channel's range: the table is never that wrong. */
const REACH = 0.01;

/**
 * Takes the last digits of a plan from the curves themselves, by Newton's method on the conditions of an optimum: equal
 * marginal responses f′_c = μ of the channels that are not at a bound, and no slack; or, where the constraint is a number,
 * f′_c = that price. Gives the plan back unchanged where the curves are straight or the steps do not shrink.
 */
export function polish(
  averages: readonly Average[],
  bounds: readonly Bounds[],
  constraint: Constraint | number,
  start: Float64Array,
): Float64Array {
  const ranges = bounds.map(({ lower, upper }) => upper - lower);
  let spend = start;
  let before = Infinity;
  for (let step = 0; step < STEPS; step++) {
    const moves = newtonMoves(averages, bounds, constraint, spend);
    if (!moves) return spend;
    const longest = Math.max(...moves.map((move, c) => (move === 0 ? 0 : Math.abs(move) / ranges[c]!)));
    if (!(longest < before) || longest > REACH) return spend;
    spend = spend.map((value, c) => Math.min(bounds[c]!.upper, Math.max(bounds[c]!.lower, value + moves[c]!)));
    if (longest < 1e-13) return spend;
    before = longest;
  }
  return spend;
}

function newtonMoves(
  averages: readonly Average[],
  bounds: readonly Bounds[],
  constraint: Constraint | number,
  spend: Float64Array,
): Float64Array | undefined {
  const points = averages.map((average, c) => average(spend[c]!));
  const free = points.map(({ spend: at }, c) => at > bounds[c]!.lower && at < bounds[c]!.upper);
  const curvature = averages.map((average, c) => (free[c] ? curvatureAt(average, bounds[c]!, spend[c]!) : 0));
  const ofFree = curvature.filter((_, c) => free[c]);
  if (typeof constraint === 'number' ? ofFree.some((value) => !(value < 0)) : !isMaximum(ofFree)) return undefined;
  const price = typeof constraint === 'number' ? constraint : sharedPrice(points, free, curvature, constraint);
  const moves = Float64Array.from(points, ({ slope }, c) => (free[c] ? (price - slope) / curvature[c]! : 0));
  return moves.every(Number.isFinite) ? moves : undefined;
}

/** The price at which the free channels' Newton moves use up the slack, and no more. */
function sharedPrice(
  points: readonly CurvePoint[],
  free: readonly boolean[],
  curvature: readonly number[],
  constraint: Constraint,
): number {
  let [spend, response, pull, weights] = [0, 0, 0, 0];
  for (const [c, point] of points.entries()) {
    spend += point.spend;
    response += point.response;
    if (!free[c]) continue;
    const weight = constraint.gradient(point.slope) / curvature[c]!;
    pull += weight * point.slope;
    weights += weight;
  }
  return (constraint.slack(spend, response) + pull) / weights;
}

function curvatureAt(average: Average, { lower, upper }: Bounds, at: number): number {
  const reach = DIFFERENCE * (upper - lower);
  const left = average(Math.max(lower, at - reach));
  const right = average(Math.min(upper, at + reach));
  return (right.slope - left.slope) / (right.spend - left.spend);
}

/** Whether budget moved between channels of these curvatures can only lose: at most one may be convex, and not by much. */
function isMaximum(curvatures: readonly number[]): boolean {
  const convex = curvatures.filter((value) => !(value < 0));
  if (convex.length === 0) return curvatures.length > 0;
  const inverse = curvatures.reduce((total, value) => total + 1 / value, 0);
  return convex.length === 1 && convex[0]! > 0 && inverse > 0;
}
