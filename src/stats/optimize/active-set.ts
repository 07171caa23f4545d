import { LevainError } from '../../base/problem';

/** A convex quadratic over a box, as the active-set method sees it. */
export interface BoxProblem {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  /** The minimum over the variables in `free`, all others as in x; a value for each of `free`. */
  readonly solve: (free: readonly number[], x: Float64Array) => Float64Array;
  /** The gradient at x. */
  readonly gradient: (x: Float64Array) => Float64Array;
  /** How large the i-th element of the gradient may be by rounding alone. */
  readonly noise: (x: Float64Array, i: number) => number;
}

/** The minimum of a quadratic in a box. */
export interface BoxSolution {
  readonly x: Float64Array;
  /** Of the function that is minimised: 0 where x is free, ≥ 0 at a lower bound, ≤ 0 at an upper one. */
  readonly gradient: Float64Array;
  /** −1 at the lower bound, 1 at the upper, 0 between. */
  readonly bound: Int8Array;
  readonly iterations: number;
}

/**
 * Minimises a convex quadratic in a box: solve for the free variables; where that leaves the box, go as far as its wall
 * and hold what met it; then free the variable whose bound the gradient pushes off most.
 *
 * Source: Lawson and Hanson (1974), "Solving Least Squares Problems", ch. 23; Stark and Parker (1995), "Bounded-variable
 * least squares", Computational Statistics 10.
 */
export function minimiseInBox(problem: BoxProblem): BoxSolution {
  const { lower, upper } = problem;
  const p = lower.length;
  const all = Array.from({ length: p }, (_, i) => i);
  const x = clip(problem.solve(all, new Float64Array(p)), lower, upper);
  const bound = Int8Array.from(x, (value, i) => (value <= lower[i]! ? -1 : value >= upper[i]! ? 1 : 0));
  const refused = new Set<number>();
  const limit = 20 * (p + 5);
  for (let iterations = 1; iterations <= limit; iterations++) {
    const freed = descend(problem, x, bound);
    if (!freed) continue;
    const gradient = problem.gradient(x);
    const next = mostPushed(problem, x, gradient, bound, refused);
    if (next < 0) return { x, gradient, bound, iterations };
    const side = bound[next]!;
    bound[next] = 0;
    const trial = problem.solve(freeOf(bound), x)[freeOf(bound).indexOf(next)]!;
    // By rounding the variable would go back through the wall it was freed from: leave it there.
    if (side < 0 ? trial <= lower[next]! : trial >= upper[next]!) {
      bound[next] = side;
      refused.add(next);
    } else refused.clear();
  }
  throw new LevainError({
    code: 'no-convergence',
    message: `The bounded problem of ${p} variables was not solved in ${limit} steps.`,
    hint: 'Columns that are nearly the same can cause this: leave one out.',
  });
}

/** One step to the minimum over the free variables; false where a wall stopped it, which then holds its variable. */
function descend({ solve, lower, upper }: BoxProblem, x: Float64Array, bound: Int8Array): boolean {
  const free = freeOf(bound);
  const goal = solve(free, x);
  let share = 1;
  free.forEach((i, k) => {
    const wall = goal[k]! < lower[i]! ? lower[i]! : goal[k]! > upper[i]! ? upper[i]! : undefined;
    if (wall !== undefined) share = Math.min(share, (wall - x[i]!) / (goal[k]! - x[i]!));
  });
  if (share === 1 && free.every((i, k) => goal[k]! >= lower[i]! && goal[k]! <= upper[i]!)) {
    free.forEach((i, k) => (x[i] = goal[k]!));
    return true;
  }
  free.forEach((i, k) => {
    const outside = goal[k]! < lower[i]! ? -1 : goal[k]! > upper[i]! ? 1 : 0;
    const wall = outside < 0 ? lower[i]! : upper[i]!;
    const meets = outside !== 0 && (wall - x[i]!) / (goal[k]! - x[i]!) <= share;
    if (meets) {
      bound[i] = outside;
      x[i] = wall;
    } else x[i]! += share * (goal[k]! - x[i]!);
  });
  return false;
}

function mostPushed(
  { noise, lower, upper }: BoxProblem,
  x: Float64Array,
  gradient: Float64Array,
  bound: Int8Array,
  refused: ReadonlySet<number>,
): number {
  let [most, best] = [1, -1];
  for (let i = 0; i < x.length; i++) {
    if (bound[i] === 0 || lower[i] === upper[i] || refused.has(i)) continue;
    const push = (bound[i]! * gradient[i]!) / noise(x, i);
    if (push > most) [most, best] = [push, i];
  }
  return best;
}

function freeOf(bound: Int8Array): number[] {
  const free: number[] = [];
  bound.forEach((side, i) => side === 0 && free.push(i));
  return free;
}

function clip(x: Float64Array, lower: ArrayLike<number>, upper: ArrayLike<number>): Float64Array {
  return x.map((value, i) => Math.min(upper[i]!, Math.max(lower[i]!, value)));
}
