import { readFeature, type Feature } from '../features';
import { binValues, type Binning } from './bins';

/**
 * The bins of all columns, a byte each, four columns in a word: one load brings a row's place in four histograms. The word
 * of row i for columns 4k … 4k + 3 is `words[k · rows + i]`.
 */
export interface BinnedColumns {
  readonly rows: number;
  readonly columns: number;
  readonly words: Uint32Array;
  /** The same memory by the byte. */
  readonly bytes: Uint8Array;
}

/** Columns in the sequence of their binnings, into `words` where there are some. */
export function binColumns(
  binnings: readonly Binning[],
  features: readonly Feature[],
  words: Uint32Array = new Uint32Array((features[0]?.values.length ?? 0) * Math.ceil(binnings.length / 4)),
): BinnedColumns {
  const rows = features[0]?.values.length ?? 0;
  const columns = binnings.length;
  const data = { rows, columns, words, bytes: new Uint8Array(words.buffer, words.byteOffset, words.byteLength) };
  binnings.forEach((binning, j) => binValues(binning, readFeature(features[j]!), data.bytes, placeOf(data, j), 4));
  return data;
}

/** Where, among the bytes, a column begins; its rows are 4 apart. */
export function placeOf({ rows }: BinnedColumns, column: number): number {
  return 4 * (column >>> 2) * rows + (column & 3);
}
