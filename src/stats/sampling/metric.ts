import { choleskyFactor } from '../linear/cholesky';
import type { Random } from '../../base/random';

/**
 * A dense Euclidean metric: the inverse mass matrix Σ, an estimate of the posterior's covariance, so that the sampler
 * sees a posterior that is about round.
 */
export interface Metric {
  /** Σ as it stands; to change it, {@link set} another. */
  readonly covariance: Float64Array;
  /** Takes Σ, symmetric positive definite, d × d. */
  set(covariance: Float64Array): void;
  /** Writes a momentum p ~ N(0, Σ⁻¹). */
  sampleMomentum(random: Random, momentum: Float64Array): void;
  /** Writes Σ · vector. */
  multiply(vector: Float64Array, out: Float64Array): void;
}

/** The metric of the identity, until another is set. */
export function denseMetric(dimension: number): Metric {
  const d = dimension;
  const sigma = new Float64Array(d * d);
  for (let i = 0; i < d; i++) sigma[i * d + i] = 1;
  let factor: Float64Array = sigma.slice();
  return {
    covariance: sigma,
    set(covariance) {
      sigma.set(covariance);
      factor = choleskyFactor({ rows: d, columns: d, values: sigma }).values;
    },
    sampleMomentum(random, momentum) {
      for (let i = 0; i < d; i++) momentum[i] = random.normal();
      // p = L⁻ᵀz has covariance (LLᵀ)⁻¹.
      for (let j = d - 1; j >= 0; j--) {
        let rest = momentum[j]!;
        for (let i = j + 1; i < d; i++) rest -= factor[j * d + i]! * momentum[i]!;
        momentum[j] = rest / factor[j * d + j]!;
      }
    },
    multiply(vector, out) {
      for (let i = 0; i < d; i++) {
        const row = i * d;
        let sum = 0;
        for (let j = 0; j < d; j++) sum += sigma[row + j]! * vector[j]!;
        out[i] = sum;
      }
    },
  };
}
