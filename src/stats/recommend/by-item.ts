import type { Interactions } from './interactions';

/** The same matrix the other way round: who took each item. */
export interface ByItem {
  readonly starts: Uint32Array;
  /** Rows, ascending within an item. */
  readonly rows: Uint32Array;
  readonly weights: Float64Array;
}

/**
 * Turns rows of items into items of rows.
 *
 * @example Array.from(byItem({ rows: [1, 2], items: ['a', 'b'], starts: [0, 2, 3], columns: [0, 1, 1], weights: [1, 1, 1] }).starts) // => [0, 1, 3]
 */
export function byItem({ rows, items, starts, columns, weights }: Interactions): ByItem {
  const ends = new Uint32Array(items.length + 1);
  for (const item of columns) ends[item + 1]!++;
  for (let i = 0; i < items.length; i++) ends[i + 1]! += ends[i]!;
  const turned = { starts: ends, rows: new Uint32Array(columns.length), weights: new Float64Array(columns.length) };
  const next = ends.slice();
  for (let r = 0; r < rows.length; r++) {
    for (let at = starts[r]!; at < starts[r + 1]!; at++) {
      const place = next[columns[at]!]!++;
      turned.rows[place] = r;
      turned.weights[place] = weights[at]!;
    }
  }
  return turned;
}

/** How many rows took each item. */
export function countsOf({ items, columns }: Interactions): Uint32Array {
  const counts = new Uint32Array(items.length);
  for (const item of columns) counts[item]!++;
  return counts;
}
