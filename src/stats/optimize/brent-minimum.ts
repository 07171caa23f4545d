import { LevainError } from '../../base/problem';
import type { LineResult } from './line-minimum';

export interface MinimumOptions {
  /** Relative precision of x; 1.5e-8 when not given: with rounding, a minimum cannot be known better than that. */
  readonly tolerance?: number;
}

const GOLDEN = (3 - Math.sqrt(5)) / 2;
const MOST_EVALUATIONS = 500;

/**
 * A local minimum of a function between two points: parabolas through the three best points where they help, golden
 * sections where they do not. With one minimum in the interval it is that one.
 *
 * Source: Brent (1973), "Algorithms for Minimization without Derivatives", ch. 5.
 *
 * @param f from x to a number; infinite where x is not allowed
 * @throws LevainError `bad-parameter`, `not-finite`
 * @example Math.round(brentMinimum((x) => (x - 2) ** 2, 0, 5).x * 1e6) / 1e6 // => 2
 */
export function brentMinimum(
  f: (x: number) => number,
  lower: number,
  upper: number,
  options: MinimumOptions = {},
): LineResult {
  if (!(lower < upper && Number.isFinite(upper - lower))) {
    const message = `A minimum is sought between two numbers in order; they are ${lower} and ${upper}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const { tolerance = 1.5e-8 } = options;
  let evaluations = 0;
  const evaluate = (x: number): number => {
    evaluations++;
    const value = f(x);
    if (!Number.isNaN(value)) return value;
    throw new LevainError({ code: 'not-finite', message: `The function whose minimum is sought is NaN at ${x}.` });
  };
  let [a, b] = [lower, upper];
  // x is the best point, w the second best, v the w before.
  let x = a + GOLDEN * (b - a);
  let [w, v] = [x, x];
  let fx = evaluate(x);
  let [fw, fv] = [fx, fx];
  let [step, before] = [0, 0];
  while (evaluations < MOST_EVALUATIONS) {
    const middle = (a + b) / 2;
    const least = tolerance * Math.abs(x) + 1e-12 * (upper - lower);
    if (Math.abs(x - middle) <= 2 * least - (b - a) / 2) break;
    const parabola = Math.abs(before) > least ? vertexStep(x, w, v, fx, fw, fv) : NaN;
    if (Math.abs(parabola) < Math.abs(before) / 2 && x + parabola > a && x + parabola < b) {
      [before, step] = [step, parabola];
      const near = x + step - a < 2 * least || b - x - step < 2 * least;
      if (near) step = x < middle ? least : -least;
    } else {
      before = (x < middle ? b : a) - x;
      step = GOLDEN * before;
    }
    const u = x + (Math.abs(step) >= least ? step : step > 0 ? least : -least);
    const fu = evaluate(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, w, x, fv, fw, fx] = [w, x, u, fw, fx, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, w, fv, fw] = [w, u, fw, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return { x, value: fx, evaluations };
}

/** From x to the vertex of the parabola through three points. */
function vertexStep(x: number, w: number, v: number, fx: number, fw: number, fv: number): number {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  return ((x - v) * q - (x - w) * r) / (-2 * (q - r));
}
