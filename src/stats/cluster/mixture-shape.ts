import { choleskyFactor } from '../linear/cholesky';
import { zeros, type Matrix } from '../linear/matrix';

/**
 * What a component of a mixture may look like: `full` any ellipse, `tied` the same ellipse for all, `diagonal` an ellipse
 * along the columns, `spherical` a ball.
 */
export type Shape = 'full' | 'tied' | 'diagonal' | 'spherical';

/** How many free numbers the covariances of k components over p columns hold. */
export function shapeParameters(shape: Shape, k: number, p: number): number {
  switch (shape) {
    case 'full':
      return (k * p * (p + 1)) / 2;
    case 'tied':
      return (p * (p + 1)) / 2;
    case 'diagonal':
      return k * p;
    case 'spherical':
      return k;
  }
}

/**
 * The covariances that make the rows most likely, given how much of each row belongs to each component.
 *
 * @param points rows of p numbers
 * @param shares n × k, adding up to 1 in each row
 * @param weights Σ of each component's shares
 * @param floor is added to each variance, so that a component of few rows cannot shrink to a point
 */
export function covariancesOf(
  points: Float64Array,
  shares: Matrix,
  means: Matrix,
  weights: Float64Array,
  shape: Shape,
  floor: number,
): Matrix[] {
  const { rows: n, columns: k } = shares;
  const p = means.columns;
  const scatters = Array.from(weights, () => zeros(p, p));
  const off = new Float64Array(p);
  for (let c = 0; c < k; c++) {
    const { values } = scatters[c]!;
    for (let i = 0; i < n; i++) {
      const share = shares.values[c * n + i]!;
      if (share < 1e-300) continue;
      for (let j = 0; j < p; j++) off[j] = points[i * p + j]! - means.values[j * k + c]!;
      for (let a = 0; a < p; a++) for (let b = 0; b <= a; b++) values[b * p + a]! += share * off[a]! * off[b]!;
    }
    for (let a = 0; a < p; a++) for (let b = 0; b < a; b++) values[a * p + b] = values[b * p + a]!;
  }
  return shaped(scatters, weights, n, shape, floor);
}

function shaped(scatters: Matrix[], weights: Float64Array, n: number, shape: Shape, floor: number): Matrix[] {
  const p = scatters[0]!.rows;
  const ridge = (a: Matrix): Matrix => {
    for (let j = 0; j < p; j++) a.values[j * p + j]! += floor;
    return a;
  };
  const scaled = (a: Matrix, by: number): Matrix => ({ ...a, values: a.values.map((value) => value / by) });
  if (shape === 'tied') {
    const all = zeros(p, p);
    for (const { values } of scatters) values.forEach((value, at) => (all.values[at]! += value));
    const one = ridge(scaled(all, n));
    return scatters.map(() => one);
  }
  return scatters.map((scatter, c) => {
    const full = scaled(scatter, weights[c]!);
    if (shape === 'full') return ridge(full);
    const variances = Float64Array.from({ length: p }, (_, j) => full.values[j * p + j]!);
    const mean = variances.reduce((sum, value) => sum + value, 0) / p;
    const round = zeros(p, p);
    variances.forEach((variance, j) => (round.values[j * p + j] = shape === 'diagonal' ? variance : mean));
    return ridge(round);
  });
}

/**
 * The log density of each row under one component: −½ (p log 2π + log det Σ + ‖L⁻¹(x − μ)‖²), Σ = LLᵀ, written to a column.
 *
 * @param mean the component's p numbers
 */
export function logDensities(points: Float64Array, mean: Float64Array, covariance: Matrix, out: Float64Array): void {
  const p = mean.length;
  const { values: l } = choleskyFactor(covariance);
  let constant = p * Math.log(2 * Math.PI);
  for (let j = 0; j < p; j++) constant += 2 * Math.log(l[j * p + j]!);
  const z = new Float64Array(p);
  for (let i = 0; i < out.length; i++) {
    let squares = 0;
    for (let a = 0; a < p; a++) {
      let value = points[i * p + a]! - mean[a]!;
      for (let b = 0; b < a; b++) value -= l[b * p + a]! * z[b]!;
      z[a] = value / l[a * p + a]!;
      squares += z[a]! * z[a]!;
    }
    out[i] = -0.5 * (constant + squares);
  }
}
