import { LevainError } from '../../base/problem';
import type { LineResult } from './line-minimum';

export interface RootOptions {
  /** How far from the root x may be, beside the 2⁻⁵¹|x| of rounding; 0 when not given. */
  readonly tolerance?: number;
}

const MOST_EVALUATIONS = 1000;

/**
 * A root of a continuous function between two points where it has opposite signs: inverse quadratic interpolation or a
 * secant where they converge, bisection where they do not.
 *
 * Source: Brent (1973), "Algorithms for Minimization without Derivatives", ch. 4.
 *
 * @param f from x to a number
 * @param lower
 * @param upper f(lower) and f(upper) have opposite signs, or one is 0
 * @throws LevainError `no-sign-change`, `not-finite`
 * @example brentRoot((x) => x * x - 4, 0, 5).x // => 2
 */
export function brentRoot(
  f: (x: number) => number,
  lower: number,
  upper: number,
  options: RootOptions = {},
): LineResult {
  const { tolerance = 0 } = options;
  let evaluations = 0;
  const evaluate = (x: number): number => {
    evaluations++;
    const value = f(x);
    if (!Number.isNaN(value)) return value;
    throw new LevainError({ code: 'not-finite', message: `The function whose root is sought is NaN at ${x}.` });
  };
  let [a, b] = [lower, upper];
  let [fa, fb] = [evaluate(a), evaluate(b)];
  if (fa !== 0 && fb !== 0 && Math.sign(fa) === Math.sign(fb)) {
    throw new LevainError({
      code: 'no-sign-change',
      message: `There is no sign change between ${lower} and ${upper}: the function is ${fa} and ${fb} there.`,
      hint: 'Give two points between which the function crosses 0.',
    });
  }
  // b is the best point, a the one before, c is on the other side of the root.
  let [c, fc] = [a, fa];
  let step = b - a;
  let before = step;
  while (evaluations < MOST_EVALUATIONS) {
    if (Math.sign(fb) === Math.sign(fc)) {
      [c, fc] = [a, fa];
      step = before = b - a;
    }
    if (Math.abs(fc) < Math.abs(fb)) [a, b, c, fa, fb, fc] = [b, c, b, fb, fc, fb];
    const least = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= least || fb === 0) break;
    const guess =
      Math.abs(before) >= least && Math.abs(fa) > Math.abs(fb) ? interpolate(a, b, c, fa, fb, fc) : undefined;
    const safe = guess !== undefined && Math.abs(guess) < Math.min(Math.abs(before) / 2, 1.5 * Math.abs(half));
    const inward = guess !== undefined && guess * half > 0;
    [before, step] = safe && inward ? [step, guess] : [half, half];
    [a, fa] = [b, fb];
    b += Math.abs(step) > least ? step : Math.sign(half) * least;
    fb = evaluate(b);
  }
  return { x: b, value: fb, evaluations };
}

/** The step from b to where a parabola in f through the three points (a line where a = c) is 0. */
function interpolate(a: number, b: number, c: number, fa: number, fb: number, fc: number): number | undefined {
  const s = fb / fa;
  const [p, q] =
    a === c
      ? [(c - b) * s, s - 1]
      : [
          s * ((c - b) * (fa / fc) * (fa / fc - fb / fc) - (b - a) * (fb / fc - 1)),
          (1 - fa / fc) * (fb / fc - 1) * (s - 1),
        ];
  const step = p / q;
  return Number.isFinite(step) ? step : undefined;
}
