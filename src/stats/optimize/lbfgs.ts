import { LevainError } from '../../base/problem';
import { axpy, dot } from '../linear/blas';
import { lineSearch } from './line-search';
import type { Objective } from './objective';

export type { Objective };

export interface LbfgsOptions {
  /** How many earlier steps shape the next one; 10 when not given. */
  readonly memory?: number;
  /** 1,000 when not given. */
  readonly maxIterations?: number;
  /** Converged when no element of the gradient is above this times max(1, |f|); 1e-8 when not given. */
  readonly gradientTolerance?: number;
  /** Converged when a step lowers f by less than this times max(1, |f|); 1e-15 when not given. */
  readonly valueTolerance?: number;
}

export interface LbfgsResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly iterations: number;
  readonly evaluations: number;
  /** False when it ran out of iterations, or could go no lower with a gradient that is not yet small. */
  readonly converged: boolean;
  readonly reason: 'gradient' | 'value' | 'iterations' | 'line-search';
}

/**
 * A local minimum of a smooth function of many variables, by the limited-memory BFGS method with a line search for the
 * strong Wolfe conditions.
 *
 * Source: Liu and Nocedal (1989), Math. Programming 45; Nocedal and Wright (2006), "Numerical Optimization", 2nd ed.,
 * algorithms 7.4, 7.5, 3.5 and 3.6.
 *
 * @param f the value, and the gradient into its second argument
 * @param start where to begin: f must be finite there; not changed
 * @throws LevainError `not-finite` when f or its gradient is not finite at the start
 * @example Math.round(lbfgs((x, g) => ((g[0] = 2 * (x[0] - 3)), (x[0] - 3) ** 2), [0]).x[0]) // => 3
 */
export function lbfgs(f: Objective, start: ArrayLike<number>, options: LbfgsOptions = {}): LbfgsResult {
  const { memory = 10, maxIterations = 1000, gradientTolerance = 1e-8, valueTolerance = 1e-15 } = options;
  let evaluations = 0;
  const evaluate: Objective = (x, gradient) => {
    evaluations++;
    return f(x, gradient);
  };
  let x: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(x.length);
  let value = evaluate(x, gradient);
  checkStart(value, gradient);
  const history = new History(memory);
  let reason: LbfgsResult['reason'] = 'iterations';
  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    if (largest(gradient) <= gradientTolerance * Math.max(1, Math.abs(value))) {
      reason = 'gradient';
      break;
    }
    const direction = history.direction(gradient);
    const firstStep = history.isEmpty ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const next = lineSearch(evaluate, x, value, gradient, direction, firstStep);
    if (!next) {
      // What the step promised is lost in the rounding of f: this is the minimum, as well as f can tell.
      if (-dot(gradient, direction) <= 100 * Number.EPSILON * Math.max(1, Math.abs(value))) {
        reason = 'value';
        break;
      }
      if (history.isEmpty) {
        reason = 'line-search';
        break;
      }
      // The curvature that was remembered misleads: begin again with the steepest descent.
      history.clear();
      continue;
    }
    history.add(difference(next.x, x), difference(next.gradient, gradient));
    const gain = value - next.value;
    ({ x, value, gradient } = next);
    if (gain <= valueTolerance * Math.max(1, Math.abs(value))) {
      reason = 'value';
      iterations++;
      break;
    }
  }
  const converged = reason === 'gradient' || reason === 'value';
  return { x, value, gradient, iterations, evaluations, converged, reason };
}

/** The last steps s and changes of gradient y, which stand for the inverse Hessian. */
class History {
  private readonly pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  get isEmpty(): boolean {
    return this.pairs.length === 0;
  }

  clear(): void {
    this.pairs.length = 0;
  }

  add(s: Float64Array, y: Float64Array): void {
    const curvature = dot(s, y);
    if (!(curvature > Number.EPSILON * dot(y, y))) return;
    this.pairs.push({ s, y, rho: 1 / curvature });
    if (this.pairs.length > this.size) this.pairs.shift();
  }

  /** −H·gradient, by the two-loop recursion. */
  direction(gradient: Float64Array): Float64Array {
    const d = gradient.map((value) => -value);
    const alphas = this.pairs.toReversed().map(({ s, y, rho }) => {
      const alpha = rho * dot(s, d);
      axpy(-alpha, y, d);
      return alpha;
    });
    const last = this.pairs.at(-1);
    if (last) {
      const scale = 1 / (last.rho * dot(last.y, last.y));
      for (let i = 0; i < d.length; i++) d[i]! *= scale;
    }
    for (const { s, y, rho } of this.pairs) axpy(alphas.pop()! - rho * dot(y, d), s, d);
    return d;
  }
}

function checkStart(value: number, gradient: Float64Array): void {
  const at = gradient.findIndex((slope) => !Number.isFinite(slope));
  if (Number.isFinite(value) && at < 0) return;
  const what = Number.isFinite(value) ? `element ${at + 1} of its gradient is ${gradient[at]}` : `it is ${value}`;
  throw new LevainError({
    code: 'not-finite',
    message: `The function to minimise has no usable value at the start: ${what}.`,
    hint: 'Begin at a point where the function is finite.',
  });
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

function largest(gradient: Float64Array): number {
  return gradient.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
}
