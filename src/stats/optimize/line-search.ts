import { dot } from '../linear/blas';
import type { Objective } from './objective';

interface Point {
  readonly step: number;
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly slope: number;
}

/** Of the slope at the start: how much of it a step must bring, and how much of it may be left. */
const ENOUGH = 1e-4;
const FLAT = 0.9;
const MOST_TRIALS = 40;

/**
 * A step along a direction that meets the strong Wolfe conditions, or the best found that lowers f enough; undefined when
 * there is none. Source: Nocedal and Wright (2006), "Numerical Optimization", algorithms 3.5 (bracketing) and 3.6 (zoom).
 */
export function lineSearch(
  f: Objective,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  firstStep: number,
): Point | undefined {
  const start: Point = { step: 0, x, value, gradient, slope: dot(gradient, direction) };
  if (!(start.slope < 0)) return undefined;

  const at = (step: number): Point => {
    const there = x.map((from, i) => from + step * direction[i]!);
    const slopes = new Float64Array(x.length);
    const found = f(there, slopes);
    return { step, x: there, value: found, gradient: slopes, slope: dot(slopes, direction) };
  };
  const isUsable = (point: Point): boolean => Number.isFinite(point.value) && Number.isFinite(point.slope);
  const isLower = (point: Point): boolean => point.value <= start.value + ENOUGH * point.step * start.slope;
  const isFlat = (point: Point): boolean => Math.abs(point.slope) <= -FLAT * start.slope;

  let low = start;
  let step = firstStep;
  for (let trials = 0; trials < MOST_TRIALS; trials++) {
    const point = at(step);
    if (!isUsable(point)) {
      step = low.step + (step - low.step) / 4;
      continue;
    }
    if (!isLower(point) || (low !== start && point.value >= low.value)) return zoom(low, point, MOST_TRIALS - trials);
    if (isFlat(point)) return point;
    if (point.slope >= 0) return zoom(point, low, MOST_TRIALS - trials);
    low = point;
    step *= 2;
  }
  return low === start ? undefined : low;

  /** `better` is the lowest point so far that lowers enough; a point that meets both conditions lies towards `other`. */
  function zoom(better: Point, other: Point, trials: number): Point | undefined {
    for (; trials > 0; trials--) {
      const between = cubicMinimum(better, other);
      if (between === better.step || between === other.step) break;
      const point = at(between);
      if (!isUsable(point) || !isLower(point) || point.value >= better.value) {
        other = isUsable(point) ? point : { ...point, value: Infinity, slope: NaN };
        continue;
      }
      if (isFlat(point)) return point;
      if (point.slope * (other.step - better.step) >= 0) other = better;
      better = point;
    }
    return better === start ? undefined : better;
  }
}

/** Where the cubic through two points and their slopes is least, kept off the ends of the interval. */
function cubicMinimum(a: Point, b: Point): number {
  const width = b.step - a.step;
  const d = a.slope + b.slope - (3 * (a.value - b.value)) / (a.step - b.step);
  const root = Math.sign(width) * Math.sqrt(d * d - a.slope * b.slope);
  const guess = b.step - (width * (b.slope + root - d)) / (b.slope - a.slope + 2 * root);
  const share = (guess - a.step) / width;
  return a.step + width * (Number.isFinite(share) ? Math.min(0.9, Math.max(0.1, share)) : 0.5);
}
