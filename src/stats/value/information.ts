import { symmetricEigen } from '../linear/eigen';
import { column, zeros, type Matrix } from '../linear/matrix';
import type { Objective } from '../optimize/objective';

export interface Information {
  /** The inverse of the observed information, of the directions that the data tell something about. */
  readonly covariance: Matrix;
  /** Whether there is a direction in which the likelihood is flat. */
  readonly isFlat: boolean;
  /** For each parameter, whether such a direction moves it: nothing then tells how large it is. */
  readonly unknown: readonly boolean[];
}

const STEP = 1e-4;
/** A direction in which the deviation of the logarithm of a parameter would be above 30 says nothing. */
const LEAST_CURVATURE = 1e-3;
/** How much of a flat direction, of length 1, has to be along a parameter for it to be unknown. */
const SHARE = 0.1;

/**
 * How well a minimum of −log likelihood is known: its second derivatives, by central differences of the exact slopes, and
 * their inverse. Flat directions are left out of the inverse, for what the data say does not change along them.
 *
 * @param objective −log likelihood with its slopes
 * @param at where it is least
 */
export function observedInformation(objective: Objective, at: Float64Array): Information {
  const n = at.length;
  const hessian = zeros(n, n);
  for (let j = 0; j < n; j++) {
    const [above, below] = [at.slice(), at.slice()];
    above[j]! += STEP;
    below[j]! -= STEP;
    const [up, down] = [new Float64Array(n), new Float64Array(n)];
    objective(above, up);
    objective(below, down);
    const target = column(hessian, j);
    for (let i = 0; i < n; i++) target[i] = (up[i]! - down[i]!) / (2 * STEP);
  }
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < j; i++) {
      const mean = (hessian.values[j * n + i]! + hessian.values[i * n + j]!) / 2;
      hessian.values[j * n + i] = hessian.values[i * n + j] = mean;
    }
  }
  const { values, vectors } = symmetricEigen(hessian);
  const covariance = zeros(n, n);
  values.forEach((curvature, k) => {
    if (curvature < LEAST_CURVATURE) return;
    const vector = column(vectors, k);
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < n; i++) covariance.values[j * n + i]! += (vector[i]! * vector[j]!) / curvature;
    }
  });
  const flat = Array.from(values.keys()).filter((k) => values[k]! < LEAST_CURVATURE);
  const unknown = Array.from(at, (_, i) => flat.some((k) => Math.abs(column(vectors, k)[i]!) > SHARE));
  return { covariance, isFlat: flat.length > 0, unknown };
}

interface Place {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** One step of Newton's method from near a minimum, or the place itself where the step does not go down. */
export function newtonStep(objective: Objective, from: Place, covariance: Matrix): Place {
  const n = from.x.length;
  const x = from.x.map((value, i) => {
    let step = 0;
    for (let j = 0; j < n; j++) step += covariance.values[j * n + i]! * from.gradient[j]!;
    return value - step;
  });
  const gradient = new Float64Array(n);
  const value = objective(x, gradient);
  const rounding = 1e-13 * Math.max(1, Math.abs(from.value));
  return value <= from.value + rounding ? { x, value, gradient } : from;
}
