/** Sums and sums of products of columns, for each of several stretches of rows that follow each other. */
export interface Moments {
  readonly size: number;
  /** The first row of each stretch, and after them the number of rows. */
  readonly edges: readonly number[];
  /** One array a stretch: the sum of each column. */
  readonly sums: readonly Float64Array[];
  /** One array a stretch: Σ x_i x_j at i · size + j, for j ≤ i only. */
  readonly products: readonly Float64Array[];
}

export function emptyMoments(size: number, edges: readonly number[]): Moments {
  const stretches = edges.slice(1);
  return {
    size,
    edges,
    sums: stretches.map(() => new Float64Array(size)),
    products: stretches.map(() => new Float64Array(size * size)),
  };
}

/** Takes the moments of column i anew: with itself and with those before it. */
export function updateRow(moments: Moments, columns: readonly Float64Array[], i: number): void {
  const { size, edges } = moments;
  const column = columns[i]!;
  for (let s = 0; s < moments.sums.length; s++) {
    const from = edges[s]!;
    const to = edges[s + 1]!;
    const products = moments.products[s]!;
    moments.sums[s]![i] = sum(column, from, to);
    let j = 0;
    for (; j < i; j += 2) pairOfProducts(column, columns[j]!, columns[j + 1]!, from, to, products, i * size + j);
    if (j === i) products[i * size + i] = product(column, column, from, to);
  }
}

/** Takes the moments of the first column anew, with all others. */
export function updateFirst(moments: Moments, columns: readonly Float64Array[]): void {
  for (let s = 0; s < moments.sums.length; s++) {
    const from = moments.edges[s]!;
    const to = moments.edges[s + 1]!;
    const products = moments.products[s]!;
    moments.sums[s]![0] = sum(columns[0]!, from, to);
    for (let i = 0; i < moments.size; i++) products[i * moments.size] = product(columns[i]!, columns[0]!, from, to);
  }
}

function sum(a: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let t = from; t < to; t++) total += a[t]!;
  return total;
}

function product(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let [even, odd] = [0, 0];
  let t = from;
  for (; t + 1 < to; t += 2) {
    even += a[t]! * b[t]!;
    odd += a[t + 1]! * b[t + 1]!;
  }
  return t < to ? even + odd + a[t]! * b[t]! : even + odd;
}

/** The products of a with b and with c, into two places that follow each other. */
function pairOfProducts(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
  at: number,
): void {
  // Four sums at once: one alone would wait for each addition to end before the next, and a is read for two of them.
  let b0 = 0;
  let b1 = 0;
  let c0 = 0;
  let c1 = 0;
  let t = from;
  for (; t + 1 < to; t += 2) {
    const first = a[t]!;
    const second = a[t + 1]!;
    b0 += first * b[t]!;
    c0 += first * c[t]!;
    b1 += second * b[t + 1]!;
    c1 += second * c[t + 1]!;
  }
  if (t < to) {
    b0 += a[t]! * b[t]!;
    c0 += a[t]! * c[t]!;
  }
  out[at] = b0 + b1;
  out[at + 1] = c0 + c1;
}
