import { BINS } from './bins';
import { placeOf, type BinnedColumns } from './binned';
import type { Histogram } from './split';

/** Arrays that are used again for every node and tree. */
export interface Workspace {
  /** Rows, those of a node next to each other. */
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
  /** Gradients, and curvatures with the mark of a row, in the sequence of the node's rows. */
  readonly g: Float64Array;
  readonly h: Float64Array;
  readonly mark: number;
  readonly pool: Histogram[];
}

export function workspaceOf(rows: number): Workspace {
  return {
    order: new Uint32Array(rows),
    spare: new Uint32Array(rows),
    g: new Float64Array(rows),
    h: new Float64Array(rows),
    // Curvatures are at most 1/4: their sum stays below a quarter of the mark.
    mark: 2 ** Math.ceil(Math.log2(Math.max(2, rows))),
    pool: [],
  };
}

/** An empty histogram of all columns. */
export function takeHistogram({ pool, mark }: Workspace, columns: number): Histogram {
  const used = pool.pop();
  if (!used) return { sums: new Float64Array(columns * BINS * 2), mark };
  used.sums.fill(0);
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
  const { order, g, h, mark } = work;
  for (let k = start; k < end; k++) {
    const row = order[k]!;
    g[k] = gradients[row]!;
    h[k] = curvatures[row]! + mark;
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
  for (let k = start; k < end; k++) {
    const word = from[order[k]!]!;
    const [slope, weight] = [g[k]!, h[k]!];
    const a = word & 255;
    const b = ((word >>> 8) & 255) | 256;
    const c = ((word >>> 16) & 255) | 512;
    const d = (word >>> 24) | 768;
    sums[2 * a]! += slope;
    sums[2 * a + 1]! += weight;
    sums[2 * b]! += slope;
    sums[2 * b + 1]! += weight;
    sums[2 * c]! += slope;
    sums[2 * c + 1]! += weight;
    sums[2 * d]! += slope;
    sums[2 * d + 1]! += weight;
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
  for (let k = start; k < end; k++) {
    const bin = data.bytes[place + 4 * order[k]!]!;
    sums[2 * bin]! += g[k]!;
    sums[2 * bin + 1]! += h[k]!;
  }
}

/** What is left of a node's histogram without one of its sides, in place. */
export function subtract({ sums: whole }: Histogram, { sums: side }: Histogram): void {
  for (let i = 0; i < whole.length; i++) whole[i]! -= side[i]!;
}
