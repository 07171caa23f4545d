import { BINS } from './bins';
import type { Histogram } from './split';

/** Arrays that are used again for every node and tree, and what sums a node by its bins. */
export interface Workspace {
  /** Bins of the columns, as `BinnedColumns` has them. */
  readonly words: Uint32Array;
  /** Of each row the slope of the loss and its curvature, in turns. */
  readonly slopes: Float64Array;
  /** Rows, those of a node next to each other. */
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
  readonly mark: number;
  /** Histograms that are free. */
  readonly pool: Histogram[];
  /** One more histogram. */
  make(): Histogram;
  /** Adds slopes, curvatures and rows from `start` to `end` of `order` to their bins of every column. */
  sum(start: number, end: number, histogram: Histogram): void;
}

/** Curvatures are at most 1/4: the sum of all stays below a quarter of the mark. */
export function markOf(rows: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, rows)));
}

/** Columns, filled up to whole words. */
export function widthOf(columns: number): number {
  return 4 * Math.ceil(columns / 4);
}

/** An empty histogram of all columns. */
export function takeHistogram(work: Workspace): Histogram {
  const used = work.pool.pop();
  if (!used) return work.make();
  used.sums.fill(0);
  return used;
}

/** What is left of a node's histogram without one of its sides, in place. */
export function subtract({ sums: whole }: Histogram, { sums: side }: Histogram): void {
  for (let i = 0; i < whole.length; i++) whole[i]! -= side[i]!;
}

/** One sum after the other: what `simdWorkspace` must agree with, and what runs where there is no SIMD. */
export function plainWorkspace(rows: number, columns: number): Workspace {
  const width = widthOf(columns);
  const mark = markOf(rows);
  const words = new Uint32Array((rows * width) / 4);
  const slopes = new Float64Array(2 * rows);
  const order = new Uint32Array(rows);
  const ordered = new Float64Array(2 * rows);

  const sumFour = (group: number, start: number, end: number, histogram: Histogram): void => {
    const from = words.subarray(group * rows, (group + 1) * rows);
    const sums = histogram.sums.subarray(8 * group * BINS, 8 * (group + 1) * BINS);
    for (let k = start; k < end; k++) {
      const word = from[order[k]!]!;
      const [slope, weight] = [ordered[2 * k]!, ordered[2 * k + 1]!];
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
  };

  return {
    words,
    slopes,
    order,
    spare: new Uint32Array(rows),
    mark,
    pool: [],
    make: () => ({ sums: new Float64Array(2 * width * BINS), mark }),
    sum(start, end, histogram) {
      for (let k = start; k < end; k++) {
        const row = order[k]!;
        ordered[2 * k] = slopes[2 * row]!;
        ordered[2 * k + 1] = slopes[2 * row + 1]! + mark;
      }
      for (let group = 0; 4 * group < width; group++) sumFour(group, start, end, histogram);
    },
  };
}
