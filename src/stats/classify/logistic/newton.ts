import { choleskyFactor, choleskySolve } from '../../linear/cholesky';
import { dot } from '../../linear/blas';
import type { Matrix } from '../../linear/matrix';
import { LevainError } from '../../../base/problem';
import { meanCurvature, meanLoss, type LogisticProblem } from './objective';

/** λ₁ Σ|bⱼ| + λ₂/2 Σ bⱼ², without the intercept. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

export interface Solution {
  /** Intercept and coefficients, in standard units. */
  readonly b: Float64Array;
  /** The mean loss, without penalty. */
  readonly loss: number;
  readonly iterations: number;
  /** The largest element of the (sub)gradient. */
  readonly slope: number;
}

/** With more rows than this, the first steps take their curvature from a sample of about this many. */
const SAMPLE = 16_384;
const MOST_ITERATIONS = 100;
const ENOUGH = 1e-4;

/**
 * Minimises the mean loss and a penalty by Newton's steps, each halved until it lowers the sum. Where there are many rows
 * the curvature is that of every k-th block of them: a step then costs little more than a gradient, and still leaves
 * about √(columns / rows of the sample) of the way. As soon as a step leaves more than a fifth, all rows are taken.
 * With λ₁ > 0 each quadratic is solved by coordinate descent, otherwise by Cholesky.
 *
 * Source: Friedman, Hastie and Tibshirani (2010), J. Statistical Software 33, section 3; Lee, Sun and Saunders (2014),
 * "Proximal Newton-type methods", SIAM J. Optimization 24; Roosta-Khorasani and Mahoney (2019), "Sub-sampled Newton
 * methods", Mathematical Programming 174.
 *
 * @throws LevainError `no-convergence`
 */
export function newton(problem: LogisticProblem, penalty: Penalty, start: Float64Array, tolerance: number): Solution {
  let b: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(b.length);
  let loss = meanLoss(problem, b, gradient);
  let stride = Math.max(1, Math.floor(problem.x.rows / SAMPLE));
  let slope = slopeOf(b, gradient, penalty);
  for (let iterations = 0; iterations < MOST_ITERATIONS; iterations++) {
    if (slope <= tolerance) return { b, loss, iterations, slope };
    const curvature = withRidge(meanCurvature(problem, b, stride), penalty.l2);
    const pull = gradient.map((value, j) => value + (j > 0 ? penalty.l2 * b[j]! : 0));
    const step = penalty.l1 > 0 ? descend(curvature, pull, b, penalty.l1) : smoothStep(curvature, pull);
    const next = shortened(problem, penalty, { b, loss, pull }, step);
    if (!next) {
      // Rounding hides what is left to gain.
      if (stride === 1 && slope <= 1e-6) return { b, loss, iterations, slope };
      if (stride === 1) break;
      stride = 1;
      continue;
    }
    const left = slopeOf(next.b, next.gradient, penalty);
    if (left > slope / 5) stride = 1;
    ({ b, loss, gradient } = next);
    slope = left;
  }
  throw new LevainError({
    code: 'no-convergence',
    message: `The coefficients did not settle in ${MOST_ITERATIONS} steps.`,
    hint: 'Columns may be nearly sums of others, or tell the outcome with certainty: take a larger penalty.',
  });
}

interface Point {
  readonly b: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
}

function shortened(
  problem: LogisticProblem,
  { l1, l2 }: Penalty,
  { b, loss, pull }: Pick<Point, 'b' | 'loss'> & { pull: Float64Array },
  step: Float64Array,
): Point | undefined {
  const size = (at: Float64Array): number =>
    at.reduce((sum, value, j) => (j > 0 ? sum + l1 * Math.abs(value) + (l2 / 2) * value * value : sum), 0);
  const absolute = (at: Float64Array): number =>
    at.reduce((sum, value, j) => (j > 0 ? sum + l1 * Math.abs(value) : sum), 0);
  const promise = dot(pull, step) + absolute(b.map((value, j) => value + step[j]!)) - absolute(b);
  const gradient = new Float64Array(b.length);
  for (let share = 1; share > 1e-10; share /= 2) {
    const there = b.map((value, j) => value + share * step[j]!);
    const found = meanLoss(problem, there, gradient);
    const rounding = 4 * Number.EPSILON * Math.abs(loss);
    if (found + size(there) <= loss + size(b) + ENOUGH * share * promise + rounding) {
      return { b: there, loss: found, gradient };
    }
  }
  return undefined;
}

/** How far from a minimum: the largest element of the least subgradient. */
function slopeOf(b: Float64Array, gradient: Float64Array, { l1, l2 }: Penalty): number {
  let largest = Math.abs(gradient[0]!);
  for (let j = 1; j < b.length; j++) {
    const smooth = gradient[j]! + l2 * b[j]!;
    const least = b[j] === 0 ? Math.max(0, Math.abs(smooth) - l1) : Math.abs(smooth + l1 * Math.sign(b[j]!));
    largest = Math.max(largest, least);
  }
  return largest;
}

function withRidge(curvature: Matrix, l2: number): Matrix {
  for (let j = 1; j < curvature.rows; j++) curvature.values[j * curvature.rows + j]! += l2;
  return curvature;
}

export function smoothStep(curvature: Matrix, pull: Float64Array): Float64Array {
  return choleskySolve(
    choleskyFactor(curvature),
    pull.map((value) => -value),
  );
}

/** The d that minimises pull·d + ½ dᵀHd + λ₁ Σ|bⱼ + dⱼ|. */
function descend(h: Matrix, pull: Float64Array, b: Float64Array, l1: number): Float64Array {
  const p = b.length;
  const d = new Float64Array(p);
  const slopes = pull.slice();
  for (let sweeps = 0; sweeps < 10_000; sweeps++) {
    let [moved, size] = [0, 0];
    for (let j = 0; j < p; j++) {
      const own = h.values[j * p + j]!;
      if (!(own > 0)) continue;
      const target = b[j]! + d[j]! - slopes[j]! / own;
      const shrunk = j === 0 ? target : Math.sign(target) * Math.max(0, Math.abs(target) - l1 / own);
      // Written so that a coefficient that is shrunk to 0 becomes 0 exactly.
      const change = shrunk - b[j]! - d[j]!;
      if (change !== 0) {
        d[j] = shrunk - b[j]!;
        for (let k = 0; k < p; k++) slopes[k]! += change * h.values[j * p + k]!;
      }
      moved = Math.max(moved, Math.abs(change) * Math.sqrt(own));
      size = Math.max(size, Math.abs(shrunk) * Math.sqrt(own));
    }
    if (moved <= 1e-13 * size) break;
  }
  return d;
}
