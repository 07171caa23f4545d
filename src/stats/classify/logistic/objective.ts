import { column, zeros, type Matrix } from '../../linear/matrix';

/** Standardised columns, without one for the intercept, and an outcome of zeros and ones. */
export interface LogisticProblem {
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** Rows worked on at a time, so that what is known of them stays in the fastest cache. */
const BLOCK = 512;

/**
 * The mean negative log likelihood at b = (intercept, coefficients), and its slope into `gradient`:
 *
 *     1/n Σ log(1 + e^ηᵢ) − yᵢηᵢ,   η = b₀ + Xb
 */
export function meanLoss({ x, y }: LogisticProblem, b: ArrayLike<number>, gradient: Float64Array): number {
  const [n, p] = [x.rows, x.columns];
  const eta = new Float64Array(BLOCK);
  gradient.fill(0);
  let loss = 0;
  for (let start = 0; start < n; start += BLOCK) {
    const size = Math.min(BLOCK, n - start);
    linearPredictor(x, b, start, size, eta);
    let residuals = 0;
    for (let k = 0; k < size; k++) {
      const [value, outcome] = [eta[k]!, y[start + k]!];
      const decay = Math.exp(-Math.abs(value));
      loss += Math.max(value, 0) - outcome * value + Math.log1p(decay);
      const residual = (value >= 0 ? 1 : decay) / (1 + decay) - outcome;
      eta[k] = residual;
      residuals += residual;
    }
    gradient[0]! += residuals;
    for (let j = 0; j < p; j += 4) {
      if (j + 4 <= p) addFourSlopes(x.values, j * n + start, n, eta, size, gradient, j + 1);
      else for (let i = j; i < p; i++) gradient[i + 1]! += slopeOf(x.values, i * n + start, eta, size);
    }
  }
  for (let j = 0; j <= p; j++) gradient[j]! /= n;
  return loss / n;
}

/**
 * The curvature of {@link meanLoss}, 1/n Σ pᵢ(1 − pᵢ) x̃ᵢx̃ᵢᵀ with x̃ = (1, x), from every `stride`-th block of rows.
 */
export function meanCurvature({ x }: LogisticProblem, b: ArrayLike<number>, stride = 1): Matrix {
  const [n, p] = [x.rows, x.columns];
  const size = p + 1;
  const h = zeros(size, size);
  const eta = new Float64Array(BLOCK);
  const block = Array.from({ length: size }, () => new Float64Array(BLOCK));
  let rows = 0;
  for (let start = 0; start < n; start += BLOCK * stride) {
    const length = Math.min(BLOCK, n - start);
    rows += length;
    linearPredictor(x, b, start, length, eta);
    for (let k = 0; k < length; k++) {
      const decay = Math.exp(-Math.abs(eta[k]!));
      // √(p(1 − p)) on both sides of each product.
      eta[k] = Math.sqrt(decay) / (1 + decay);
      block[0]![k] = eta[k]!;
    }
    for (let j = 0; j < p; j++) {
      const from = column(x, j);
      const to = block[j + 1]!;
      for (let k = 0; k < length; k++) to[k] = eta[k]! * from[start + k]!;
    }
    for (let j = 0; j < size; j++) {
      addProducts(block[j]!, block, j, length, h);
    }
  }
  for (let j = 0; j < size; j++) {
    for (let i = 0; i <= j; i++) h.values[i * size + j] = h.values[j * size + i]! /= rows;
  }
  return h;
}

/** Adds the inner products of one column with those up to it, four at a time. */
function addProducts(right: Float64Array, columns: readonly Float64Array[], j: number, length: number, h: Matrix) {
  const at = j * h.rows;
  let i = 0;
  for (; i + 3 <= j; i += 4) {
    const [one, two, three, four] = [columns[i]!, columns[i + 1]!, columns[i + 2]!, columns[i + 3]!];
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let k = 0; k < length; k++) {
      const value = right[k]!;
      first += value * one[k]!;
      second += value * two[k]!;
      third += value * three[k]!;
      fourth += value * four[k]!;
    }
    h.values[at + i]! += first;
    h.values[at + i + 1]! += second;
    h.values[at + i + 2]! += third;
    h.values[at + i + 3]! += fourth;
  }
  for (; i <= j; i++) {
    const one = columns[i]!;
    let sum = 0;
    for (let k = 0; k < length; k++) sum += right[k]! * one[k]!;
    h.values[at + i]! += sum;
  }
}

/** η of the rows from `start`, into the beginning of `eta`; four columns at a time, so that η is seldom written. */
function linearPredictor(x: Matrix, b: ArrayLike<number>, start: number, size: number, eta: Float64Array): void {
  const { values, rows, columns } = x;
  eta.fill(b[0]!, 0, size);
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    const [first, second, third, fourth] = [b[j + 1]!, b[j + 2]!, b[j + 3]!, b[j + 4]!];
    const at = j * rows + start;
    const [at2, at3, at4] = [at + rows, at + 2 * rows, at + 3 * rows];
    for (let k = 0; k < size; k++) {
      eta[k]! +=
        first * values[at + k]! + second * values[at2 + k]! + third * values[at3 + k]! + fourth * values[at4 + k]!;
    }
  }
  for (; j < columns; j++) {
    const factor = b[j + 1]!;
    const at = j * rows + start;
    for (let k = 0; k < size; k++) eta[k]! += factor * values[at + k]!;
  }
}

function addFourSlopes(
  values: Float64Array,
  at: number,
  rows: number,
  residuals: Float64Array,
  size: number,
  gradient: Float64Array,
  place: number,
): void {
  const [at2, at3, at4] = [at + rows, at + 2 * rows, at + 3 * rows];
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let k = 0; k < size; k++) {
    const residual = residuals[k]!;
    first += residual * values[at + k]!;
    second += residual * values[at2 + k]!;
    third += residual * values[at3 + k]!;
    fourth += residual * values[at4 + k]!;
  }
  gradient[place]! += first;
  gradient[place + 1]! += second;
  gradient[place + 2]! += third;
  gradient[place + 3]! += fourth;
}

function slopeOf(values: Float64Array, at: number, residuals: Float64Array, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += residuals[k]! * values[at + k]!;
  return sum;
}
