import { BINS } from './bins';
import { placeOf, type BinnedColumns } from './binned';
import type { Histogram } from './split';

/** Arrays that are used again for every node and tree. */
export interface Workspace {
  /** Rows, those of a node next to each other. */
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
  /** Gradients and curvatures in the sequence of the node's rows. */
  readonly g: Float64Array;
  readonly h: Float64Array;
  readonly pool: Histogram[];
}

export function workspaceOf(rows: number): Workspace {
  return {
    order: new Uint32Array(rows),
    spare: new Uint32Array(rows),
    g: new Float64Array(rows),
    h: new Float64Array(rows),
    pool: [],
  };
}

/** An empty histogram of all columns. */
export function takeHistogram({ pool }: Workspace, columns: number): Histogram {
  const used = pool.pop();
  if (!used) return { sums: new Float64Array(columns * BINS * 2), rows: new Uint32Array(columns * BINS) };
  used.sums.fill(0);
  used.rows.fill(0);
  return used;
}

/** Sums gradients, curvatures and rows of a node by the bins of every column. */
export function sumByBin(
  data: BinnedColumns,
  gradients: Float64Array,
  curvatures: Float64Array,
  start: number,
  end: number,
  work: Workspace,
  histogram: Histogram,
): void {
  const { order, g, h } = work;
  for (let k = start; k < end; k++) {
    g[k] = gradients[order[k]!]!;
    h[k] = curvatures[order[k]!]!;
  }
  const whole = data.columns >>> 2;
  for (let group = 0; group < whole; group++) sumFour(data, group, start, end, work, histogram);
  for (let column = 4 * whole; column < data.columns; column++) sumOne(data, column, start, end, work, histogram);
}

function sumFour(
  { words, rows }: BinnedColumns,
  group: number,
  start: number,
  end: number,
  { order, g, h }: Workspace,
  histogram: Histogram,
): void {
  const from = words.subarray(group * rows, (group + 1) * rows);
  const sums = histogram.sums.subarray(8 * group * BINS, 8 * (group + 1) * BINS);
  const counts = histogram.rows.subarray(4 * group * BINS, 4 * (group + 1) * BINS);
  for (let k = start; k < end; k++) {
    const word = from[order[k]!]!;
    const [slope, weight] = [g[k]!, h[k]!];
    const a = word & 255;
    const b = ((word >>> 8) & 255) + BINS;
    const c = ((word >>> 16) & 255) + 2 * BINS;
    const d = (word >>> 24) + 3 * BINS;
    sums[2 * a]! += slope;
    sums[2 * a + 1]! += weight;
    counts[a]!++;
    sums[2 * b]! += slope;
    sums[2 * b + 1]! += weight;
    counts[b]!++;
    sums[2 * c]! += slope;
    sums[2 * c + 1]! += weight;
    counts[c]!++;
    sums[2 * d]! += slope;
    sums[2 * d + 1]! += weight;
    counts[d]!++;
  }
}

function sumOne(
  data: BinnedColumns,
  column: number,
  start: number,
  end: number,
  { order, g, h }: Workspace,
  histogram: Histogram,
): void {
  const place = placeOf(data, column);
  const sums = histogram.sums.subarray(2 * column * BINS, 2 * (column + 1) * BINS);
  const counts = histogram.rows.subarray(column * BINS, (column + 1) * BINS);
  for (let k = start; k < end; k++) {
    const bin = data.bytes[place + 4 * order[k]!]!;
    sums[2 * bin]! += g[k]!;
    sums[2 * bin + 1]! += h[k]!;
    counts[bin]!++;
  }
}

/** What is left of a node's histogram without one of its sides, in place. */
export function subtract(whole: Histogram, side: Histogram): void {
  const { sums, rows } = whole;
  for (let i = 0; i < sums.length; i++) sums[i]! -= side.sums[i]!;
  for (let i = 0; i < rows.length; i++) rows[i]! -= side.rows[i]!;
}
