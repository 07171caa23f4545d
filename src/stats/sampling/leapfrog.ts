import type { LogDensity } from './log-density';
import type { Metric } from './metric';

/** A point on a trajectory. All arrays have the density's dimension. */
export interface PhasePoint {
  readonly position: Float64Array;
  readonly momentum: Float64Array;
  /** Of the log density, at the position. */
  readonly gradient: Float64Array;
  /** Σ · momentum. */
  readonly velocity: Float64Array;
  /** Σ · gradient, kept so that a step needs one product with Σ instead of two. */
  readonly push: Float64Array;
  logDensity: number;
}

export function phasePoint(dimension: number): PhasePoint {
  const array = (): Float64Array => new Float64Array(dimension);
  return {
    position: array(),
    momentum: array(),
    gradient: array(),
    velocity: array(),
    push: array(),
    // A double from the start, so that the engine need not change the object's layout.
    logDensity: -0.5,
  };
}

export function copyPoint(from: PhasePoint, to: PhasePoint): void {
  to.position.set(from.position);
  to.momentum.set(from.momentum);
  to.gradient.set(from.gradient);
  to.velocity.set(from.velocity);
  to.push.set(from.push);
  to.logDensity = from.logDensity;
}

/** Moves a point to a position: everything that follows from it but the momentum. */
export function placePoint(density: LogDensity, metric: Metric, point: PhasePoint, position: Float64Array): void {
  point.position.set(position);
  point.logDensity = density.evaluate(point.position, point.gradient);
  metric.multiply(point.gradient, point.push);
}

/** The Hamiltonian −log p(q) + ½pᵀΣp; infinite where there is no density. */
export function energy(point: PhasePoint): number {
  const { momentum, velocity } = point;
  let kinetic = 0;
  for (let i = 0; i < momentum.length; i++) kinetic += momentum[i]! * velocity[i]!;
  const h = kinetic / 2 - point.logDensity;
  return Number.isNaN(h) ? Infinity : h;
}

/**
 * One leapfrog step in place: a reversible, volume-preserving step of the given time along the Hamiltonian's flow,
 * backwards where it is negative.
 */
export function leapfrog(density: LogDensity, metric: Metric, point: PhasePoint, step: number): void {
  const { position, momentum, gradient, velocity, push } = point;
  const half = step / 2;
  for (let i = 0; i < position.length; i++) {
    momentum[i]! += half * gradient[i]!;
    velocity[i]! += half * push[i]!;
    position[i]! += step * velocity[i]!;
  }
  point.logDensity = density.evaluate(position, gradient);
  metric.multiply(gradient, push);
  for (let i = 0; i < position.length; i++) {
    momentum[i]! += half * gradient[i]!;
    velocity[i]! += half * push[i]!;
  }
}
