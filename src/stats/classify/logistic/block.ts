/** Rows worked on at a time, so that what is known of them stays in a near cache. */
export const BLOCK = 512;

/**
 * A block of rows: columns of {@link BLOCK} numbers, the first of ones for the intercept, filled up with columns of zeros
 * to a multiple of four. Rows beyond those in use are zeros to a multiple of two.
 */
export interface Block {
  /** Columns, with those that fill up. */
  readonly width: number;
  readonly values: Float64Array;
  /** Of each row a score, and what is made of it. */
  readonly eta: Float64Array;
  readonly decay: Float64Array;
  /** Of each column a coefficient. */
  readonly b: Float64Array;
  /** Sums of products, `width` × 2 (by even and by odd rows) or `width` × `width` × 2. */
  readonly slopes: Float64Array;
  readonly products: Float64Array;
  /** η = Σ bⱼxⱼ of the first `rows` rows. */
  scores(rows: number): void;
  /** Into `decay`, e^−|η|. */
  decays(rows: number): void;
  /** Multiplies each row's values by its η. */
  weigh(rows: number): void;
  /** Adds Σ ηxⱼ to `slopes`. */
  addSlopes(rows: number): void;
  /** Adds Σ xᵢxⱼ to `products`, for i ≤ j at least. */
  addProducts(rows: number): void;
}

export function widthOf(columns: number): number {
  return 4 * Math.ceil((columns + 1) / 4);
}

/** Number by number: what `simdBlock` must agree with but for rounding, and what runs where there is no SIMD. */
export function plainBlock(columns: number): Block {
  const width = widthOf(columns);
  const values = new Float64Array(width * BLOCK);
  const [eta, decay] = [new Float64Array(BLOCK), new Float64Array(BLOCK)];
  const b = new Float64Array(width);
  const slopes = new Float64Array(2 * width);
  const products = new Float64Array(2 * width * width);
  const column = (j: number): Float64Array => values.subarray(j * BLOCK, (j + 1) * BLOCK);
  return {
    width,
    values,
    eta,
    decay,
    b,
    slopes,
    products,
    scores(rows) {
      eta.fill(0);
      for (let j = 0; j < width; j++) {
        const [x, factor] = [column(j), b[j]!];
        for (let k = 0; k < rows; k++) eta[k]! += factor * x[k]!;
      }
    },
    decays(rows) {
      for (let k = 0; k < rows; k++) decay[k] = Math.exp(-Math.abs(eta[k]!));
    },
    weigh(rows) {
      for (let j = 0; j < width; j++) {
        const x = column(j);
        for (let k = 0; k < rows; k++) x[k]! *= eta[k]!;
      }
    },
    addSlopes(rows) {
      for (let j = 0; j < width; j++) slopes[2 * j]! += product(eta, column(j), rows);
    },
    addProducts(rows) {
      for (let j = 0; j < width; j++) {
        const right = column(j);
        for (let i = 0; i <= j; i++) products[2 * (j * width + i)]! += product(right, column(i), rows);
      }
    },
  };
}

function product(a: Float64Array, b: Float64Array, rows: number): number {
  let sum = 0;
  for (let k = 0; k < rows; k++) sum += a[k]! * b[k]!;
  return sum;
}
