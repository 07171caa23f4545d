import { LevainError } from '../../../base/problem';
import type { Warning } from '../../regression/design';
import { readFeature, type Feature, type ReadFeature } from '../features';

/** How the values of a column fall into at most 255 bins. */
export type Binning =
  /** Bin b holds the values from `edges[b − 1]` to below `edges[b]`. */
  | { readonly name: string; readonly kind: 'number'; readonly edges: Float64Array }
  /** Bin b holds `levels[b]`; the last bin all that are not named. */
  | { readonly name: string; readonly kind: 'category'; readonly levels: readonly string[] };

/** Where missing values go. */
export const MISSING_BIN = 255;
export const BINS = 256;
const MOST_BINS = 255;
/** Quantiles are taken from about this many values. */
const SAMPLE = 50_000;

/** How many bins of a column can hold values, without that of missing ones. */
export function binsOf(binning: Binning): number {
  return binning.kind === 'number' ? binning.edges.length + 1 : binning.levels.length + 1;
}

/**
 * Learns the bins of a column: one for each value where there are at most 255, with edges half-way between neighbours,
 * else about equally many rows each. Of more than 254 categories the rarer share one bin.
 */
export function binningOf(feature: Feature, warnings: Warning[]): Binning {
  const read = readFeature(feature);
  if (read.kind === 'number') return { name: read.name, kind: 'number', edges: edgesOf(read.values) };
  const counts = new Map<string, number>();
  for (const value of read.values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([level]) => level);
  if (sorted.length > MOST_BINS - 1) {
    const message = `Column "${read.name}" has ${sorted.length} categories: the rarer of them count as one.`;
    warnings.push({ code: 'many-categories', message });
  }
  return { name: read.name, kind: 'category', levels: sorted.slice(0, MOST_BINS - 1) };
}

function edgesOf(values: Float64Array): Float64Array {
  const distinct = fewValues(values) ?? sortedSample(values);
  const ends = [...placesOfEdges(distinct)];
  const edges = ends.map((at) => {
    const [below, above] = [distinct[at - 1]!, distinct[at]!];
    const middle = below + (above - below) / 2;
    return middle > below ? middle : above;
  });
  return Float64Array.from(edges);
}

/** Where, in sorted values, one bin ends and the next begins. */
function placesOfEdges(sorted: Float64Array): Set<number> {
  const places = new Set<number>();
  const bins = Math.min(MOST_BINS, sorted.length);
  for (let bin = 1; bin < bins; bin++) {
    let at = Math.round((bin * sorted.length) / bins);
    while (at < sorted.length && sorted[at] === sorted[at - 1]) at++;
    if (at < sorted.length) places.add(at);
  }
  return places;
}

/** The distinct values in order, when there are at most as many as bins. */
function fewValues(values: Float64Array): Float64Array | undefined {
  const seen = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    seen.add(value);
    if (seen.size > MOST_BINS) return undefined;
  }
  return Float64Array.from(seen).sort();
}

function sortedSample(values: Float64Array): Float64Array {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const taken = new Float64Array(Math.ceil(values.length / step));
  let count = 0;
  for (let i = 0; i < values.length; i += step) if (!Number.isNaN(values[i]!)) taken[count++] = values[i]!;
  return taken.subarray(0, count).sort();
}

/**
 * The bin of each value, into `bins` from `offset` on, `stride` apart.
 *
 * @throws LevainError `mixed-column` where text stands for what were numbers, or the other way round
 */
export function binValues(binning: Binning, read: ReadFeature, bins: Uint8Array, offset = 0, stride = 1): void {
  const n = read.values.length;
  checkKind(binning, read);
  if (binning.kind === 'category') {
    const place = new Map(binning.levels.map((level, bin) => [level, bin]));
    for (let i = 0, at = offset; i < n; i++, at += stride) {
      const value = read.kind === 'category' ? read.values[i] : undefined;
      bins[at] = value === undefined ? MISSING_BIN : (place.get(value) ?? binning.levels.length);
    }
    return;
  }
  const find = finder(binning.edges);
  for (let i = 0, at = offset; i < n; i++, at += stride) {
    const value = read.kind === 'number' ? read.values[i]! : NaN;
    bins[at] = Number.isNaN(value) ? MISSING_BIN : find(value);
  }
}

function checkKind(binning: Binning, read: ReadFeature): void {
  // A column without any value reads as one of numbers.
  if (binning.kind === read.kind || (read.kind === 'number' && read.values.every(Number.isNaN))) return;
  const [was, is] = binning.kind === 'number' ? ['numbers', 'text'] : ['text', 'numbers'];
  throw new LevainError({
    code: 'mixed-column',
    message: `Column "${binning.name}" was ${was} when the trees were fitted, and is ${is} now.`,
    hint: 'Cast it in SQL so that it has the same type in every table.',
  });
}

/** Cells of equal width between the first edge and the last: few edges share one, unless values are very uneven. */
const CELLS = 1024;

/** How many edges are at or below a value: looked up by its cell, then by halves among the edges of that cell. */
function finder(edges: Float64Array): (value: number) => number {
  const [first, last] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const scale = last > first ? CELLS / (last - first) : 0;
  // The same rounding for edges and values: what lies in an earlier cell is lower, whatever it is.
  const cellOf = (value: number): number => Math.min(CELLS, Math.floor((value - first) * scale) || 0);
  const starts = new Uint8Array(CELLS + 2).fill(edges.length);
  for (let cell = 0, edge = 0; cell <= CELLS; cell++) {
    while (edge < edges.length && cellOf(edges[edge]!) < cell) edge++;
    starts[cell] = edge;
  }
  return (value) => {
    if (!(value >= first)) return 0;
    if (value >= last) return edges.length;
    const cell = cellOf(value);
    let [low, high] = [starts[cell]!, starts[cell + 1]!];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (edges[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
