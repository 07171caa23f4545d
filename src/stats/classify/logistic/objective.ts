import { zeros, type Matrix } from '../../linear/matrix';
import { BLOCK, type Block } from './block';

/** Columns that stand for themselves less their means, over their deviations; they are not copied. */
export interface StandardColumns {
  readonly rows: number;
  readonly columns: readonly Float64Array[];
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** Standardised columns, without one for the intercept, an outcome of zeros and ones, and where to work. */
export interface LogisticProblem {
  readonly x: StandardColumns;
  readonly y: Float64Array;
  readonly block: Block;
}

/**
 * The mean negative log likelihood at b = (intercept, coefficients), and its slope into `gradient`:
 *
 *     1/n Σ log(1 + e^ηᵢ) − yᵢηᵢ,   η = b₀ + Xb
 */
export function meanLoss({ x, y, block }: LogisticProblem, b: ArrayLike<number>, gradient: Float64Array): number {
  const n = x.rows;
  const { eta, decay, slopes } = block;
  block.b.fill(0);
  block.b.set(b);
  slopes.fill(0);
  let loss = 0;
  for (let start = 0; start < n; start += BLOCK) {
    const size = scoreRows(x, block, start);
    block.decays(size);
    // The logarithm of a block's product, at most 2^512; where 1 + e^−|η| would lose digits of what is added, it is not used.
    let product = 1;
    for (let k = 0; k < size; k++) {
      const [value, outcome, small] = [eta[k]!, y[start + k]!, decay[k]!];
      loss += Math.max(value, 0) - outcome * value;
      if (small > 0.01) product *= 1 + small;
      else loss += Math.log1p(small);
      eta[k] = (value >= 0 ? 1 : small) / (1 + small) - outcome;
    }
    loss += Math.log(product);
    block.addSlopes(size);
  }
  for (let j = 0; j < gradient.length; j++) gradient[j] = (slopes[2 * j]! + slopes[2 * j + 1]!) / n;
  return loss / n;
}

/**
 * The curvature of {@link meanLoss}, 1/n Σ pᵢ(1 − pᵢ) x̃ᵢx̃ᵢᵀ with x̃ = (1, x), from every `stride`-th block of rows.
 */
export function meanCurvature({ x, block }: LogisticProblem, b: ArrayLike<number>, stride = 1): Matrix {
  const size = x.columns.length + 1;
  const h = zeros(size, size);
  const { eta, decay, products, width } = block;
  block.b.fill(0);
  block.b.set(b);
  products.fill(0);
  let rows = 0;
  for (let start = 0; start < x.rows; start += BLOCK * stride) {
    const length = scoreRows(x, block, start);
    rows += length;
    block.decays(length);
    // √(p(1 − p)) on both sides of each product.
    for (let k = 0; k < length; k++) eta[k] = Math.sqrt(decay[k]!) / (1 + decay[k]!);
    block.weigh(length);
    block.addProducts(length);
  }
  for (let j = 0; j < size; j++) {
    for (let i = 0; i <= j; i++) {
      const at = 2 * (j * width + i);
      h.values[i * size + j] = h.values[j * size + i] = (products[at]! + products[at + 1]!) / rows;
    }
  }
  return h;
}

/** Puts the rows from `start` into the block, in standard units, with their η; how many they are. */
function scoreRows({ rows: n, columns, means, deviations }: StandardColumns, block: Block, start: number): number {
  const size = Math.min(BLOCK, n - start);
  const { values } = block;
  values.fill(1, 0, size);
  columns.forEach((from, j) => {
    standardise(from, start, size, means[j]!, deviations[j]!, values, (j + 1) * BLOCK);
    if (size < BLOCK) values.fill(0, (j + 1) * BLOCK + size, (j + 2) * BLOCK);
  });
  if (size < BLOCK) values.fill(0, size, BLOCK);
  block.scores(size);
  return size;
}

function standardise(
  from: Float64Array,
  start: number,
  size: number,
  mean: number,
  deviation: number,
  into: Float64Array,
  at: number,
): void {
  const scale = 1 / deviation;
  for (let k = 0; k < size; k++) into[at + k] = (from[start + k]! - mean) * scale;
}

/** The scores of all rows in a direction (intercept first), in standard units. */
export function scoresAlong({ x, block }: Omit<LogisticProblem, 'y'>, direction: ArrayLike<number>): Float64Array {
  const along = new Float64Array(x.rows);
  block.b.fill(0);
  block.b.set(direction);
  for (let start = 0; start < x.rows; start += BLOCK) {
    const size = scoreRows(x, block, start);
    along.set(block.eta.subarray(0, size), start);
  }
  return along;
}
