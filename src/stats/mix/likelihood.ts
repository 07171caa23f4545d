import type { Random } from '../../base/random';
import { fromColumns } from '../linear/matrix';
import { thinSvd } from '../linear/svd';
import type { Baseline } from './model';

/** The likelihood of what media leave unexplained, with the baseline's coefficients integrated out. */
export interface CollapsedLikelihood {
  /** log p(r | σ²); sets `pull` and `varianceSlope`. Allocates nothing. */
  evaluate(residual: Float64Array, variance: number): number;
  /** −∂ log p / ∂r of the last evaluation: what each row pulls media up by. */
  readonly pull: Float64Array;
  /** ∂ log p / ∂σ² of the last evaluation. */
  readonly slopes: { variance: number };
  /** Draws γ from its exact conditional given r and σ². */
  drawCoefficients(residual: Float64Array, variance: number, random: Random, out: Float64Array): void;
}

/**
 * For r = Zγ + ε with γ ~ N(0, diag V) and ε ~ N(0, σ²I), with the thin SVD Z·V^½ = U·diag(d)·Wᵀ of k singular values
 * taken once, and p = Uᵀr:
 *
 *     log p(r | σ²) = −½ [n log 2π + (n−k) log σ² + Σ log(σ² + d_j²) + (rᵀr − Σ p_j²)/σ² + Σ p_j²/(σ² + d_j²)]
 *
 * which takes O(nk) instead of the O(n³) of the n × n covariance. Given r, γ = V^½ Wη with independent
 * η_j ~ N(d_j p_j/(σ² + d_j²), σ²/(σ² + d_j²)).
 */
export function collapsedLikelihood(rows: number, baseline: Baseline): CollapsedLikelihood {
  const n = rows;
  const q = baseline.columns.length;
  const scale = baseline.variance.map(Math.sqrt);
  const scaled = baseline.columns.map((column, j) => column.map((value) => value * scale[j]!));
  const { u, values, v } = thinSvd(fromColumns(scaled, n));
  const k = values.length;
  const directions = u.values;
  const spread = values.map((value) => value * value);
  const projection = new Float64Array(k);
  const pull = new Float64Array(n);
  const slopes = { variance: 0.5 };
  const free = new Float64Array(q);

  /** p = Uᵀr. */
  function project(residual: Float64Array): void {
    for (let j = 0; j < k; j++) {
      const column = j * n;
      let sum = 0;
      for (let t = 0; t < n; t++) sum += directions[column + t]! * residual[t]!;
      projection[j] = sum;
    }
  }

  return {
    pull,
    slopes,
    evaluate(residual, variance) {
      project(residual);
      const precision = 1 / variance;
      let squares = 0;
      for (let t = 0; t < n; t++) {
        const value = residual[t]!;
        squares += value * value;
        pull[t] = value * precision;
      }
      let outside = squares;
      let logs = (n - k) * Math.log(variance);
      let inside = 0;
      let insideSlope = 0;
      let traces = (n - k) * precision;
      for (let j = 0; j < k; j++) {
        const p = projection[j]!;
        const total = variance + spread[j]!;
        outside -= p * p;
        logs += Math.log(total);
        inside += (p * p) / total;
        insideSlope += (p * p) / (total * total);
        traces += 1 / total;
        const taken = (p * spread[j]! * precision) / total;
        const column = j * n;
        for (let t = 0; t < n; t++) pull[t]! -= taken * directions[column + t]!;
      }
      // Rounding must not turn a perfect fit into less than nothing.
      outside = Math.max(0, outside);
      slopes.variance = -0.5 * (traces - outside * precision * precision - insideSlope);
      return -0.5 * (n * LOG_TAU + logs + outside * precision + inside);
    },
    drawCoefficients(residual, variance, random, out) {
      project(residual);
      for (let i = 0; i < q; i++) free[i] = random.normal();
      out.set(free);
      // Directions that the SVD does not reach keep their prior; along the others it gives way to the posterior.
      for (let j = 0; j < k; j++) {
        let along = 0;
        for (let i = 0; i < q; i++) along += v.values[j * q + i]! * free[i]!;
        const total = variance + spread[j]!;
        const eta = (values[j]! * projection[j]!) / total + Math.sqrt(variance / total) * along;
        for (let i = 0; i < q; i++) out[i]! += (eta - along) * v.values[j * q + i]!;
      }
      for (let i = 0; i < q; i++) out[i]! *= scale[i]!;
    },
  };
}

const LOG_TAU = Math.log(2 * Math.PI);
