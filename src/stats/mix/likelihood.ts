import type { Random } from '../../base/random';
import { dot } from '../linear/blas';
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
  /** The share of Σr² that no coefficients of the baseline can explain: 1 where there are as many columns as rows. */
  unexplained(residual: Float64Array): number;
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
  const spread = values.map((value) => value * value);
  // Columns are taken four at a time, to read and write the rows a quarter as often: columns of 0 fill the last four up.
  const blocks = Math.ceil(k / BLOCK);
  const directions = new Float64Array(blocks * BLOCK * n);
  directions.set(u.values);
  const projection = new Float64Array(blocks * BLOCK);
  const taken = new Float64Array(blocks * BLOCK);
  const pull = new Float64Array(n);
  const slopes = { variance: 0.5 };
  const free = new Float64Array(q);

  /** p = Uᵀr. */
  function project(residual: Float64Array): void {
    for (let j = 0; j < k; j += BLOCK) {
      const [a, b, c, d] = [j * n, (j + 1) * n, (j + 2) * n, (j + 3) * n];
      let [pa, pb, pc, pd] = [0, 0, 0, 0];
      for (let t = 0; t < n; t++) {
        const r = residual[t]!;
        pa += directions[a + t]! * r;
        pb += directions[b + t]! * r;
        pc += directions[c + t]! * r;
        pd += directions[d + t]! * r;
      }
      projection[j] = pa;
      projection[j + 1] = pb;
      projection[j + 2] = pc;
      projection[j + 3] = pd;
    }
  }

  /** Takes U · taken from `pull`. */
  function takeOut(): void {
    for (let j = 0; j < k; j += BLOCK) {
      const [a, b, c, d] = [j * n, (j + 1) * n, (j + 2) * n, (j + 3) * n];
      const [ta, tb, tc, td] = [taken[j]!, taken[j + 1]!, taken[j + 2]!, taken[j + 3]!];
      for (let t = 0; t < n; t++) {
        pull[t]! -=
          ta * directions[a + t]! + tb * directions[b + t]! + tc * directions[c + t]! + td * directions[d + t]!;
      }
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
        taken[j] = (p * spread[j]! * precision) / total;
      }
      takeOut();
      // Rounding must not turn a perfect fit into less than nothing.
      outside = Math.max(0, outside);
      slopes.variance = -0.5 * (traces - outside * precision * precision - insideSlope);
      return -0.5 * (n * LOG_TAU + logs + outside * precision + inside);
    },
    unexplained(residual) {
      if (k >= n) return 1;
      project(residual);
      const rest = residual.slice();
      for (let j = 0; j < k; j++) {
        for (let t = 0; t < n; t++) rest[t]! -= projection[j]! * directions[j * n + t]!;
      }
      const squares = dot(residual, residual);
      return squares > 0 ? dot(rest, rest) / squares : 0;
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

const BLOCK = 4;
const LOG_TAU = Math.log(2 * Math.PI);
