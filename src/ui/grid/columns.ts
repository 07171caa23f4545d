/** Left edges of columns: `edges[i]` is where column i begins, the last entry is the whole width. */
export function edgesOf(widths: readonly number[]): Float64Array {
  const edges = new Float64Array(widths.length + 1);
  for (let i = 0; i < widths.length; i++) edges[i + 1] = edges[i]! + widths[i]!;
  return edges;
}

/** The columns that show in a window of `view` pixels at `left`: from `first` up to, not with, `end`. */
export function visibleColumns(edges: Float64Array, left: number, view: number): { first: number; end: number } {
  const count = edges.length - 1;
  const first = Math.max(0, lastAtOrBefore(edges, left, count));
  let end = first;
  while (end < count && edges[end]! < left + view) end++;
  return { first, end };
}

function lastAtOrBefore(edges: Float64Array, x: number, count: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

export const MIN_WIDTH = 56;
export const MAX_FIT = 320;

/** The room that a heading needs beside its name: both paddings and the mark of the sequence. */
const BESIDE_NAME = 36;
const BESIDE_TEXT = 26;

/** The edges, and where nothing can hover, so that it always stands there, the sign of the filter. */
const BESIDE_TYPE = globalThis.matchMedia?.('(hover: none)').matches ? 46 : 24;

/**
 * A width for a column from its longest text and its header, in pixels at the grid's type size.
 *
 * @param type as it stands in the heading, in plain words
 */
export function fitWidth(name: string, type: string, texts: readonly string[]): number {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  const header = Math.max(widthOf(name) + BESIDE_NAME, type.length * 6 + BESIDE_TYPE);
  return Math.round(Math.max(MIN_WIDTH, Math.min(MAX_FIT, Math.max(header, longest * 7.6 + BESIDE_TEXT))));
}

/** The width of a heading's bold letters, a wide guess: a name cut off costs more than a few empty pixels. */
function widthOf(name: string): number {
  return Array.from(name).reduce((sum, letter) => sum + (/[mwA-Z_@%]/.test(letter) ? 11 : 8), 0);
}
