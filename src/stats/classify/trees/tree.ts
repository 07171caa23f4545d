import { MISSING_BIN } from './bins';
import { placeOf, type BinnedColumns } from './binned';

/** A binary tree as parallel arrays; node 0 is the root, and a node without feature (−1) a leaf. */
export interface Tree {
  readonly feature: Int32Array;
  /** A number below it goes left. */
  readonly threshold: Float64Array;
  /** For a category, which bins go left, a 1 each; empty where a threshold decides. */
  readonly categories: readonly Uint8Array[];
  readonly missingLeft: Uint8Array;
  /** The last bin that goes left, where a threshold decides. */
  readonly bin: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** What a leaf adds to the log odds. */
  readonly value: Float64Array;
  /** Σ p(1 − p) of the rows that reached the node. */
  readonly cover: Float64Array;
  readonly rows: Float64Array;
  /** What the split gained, Σ of G²/(H + λ) of its sides less that of the node. */
  readonly gain: Float64Array;
}

/** The leaf that a row of binned values falls into. */
export function leafOf(tree: Tree, data: BinnedColumns, row: number): number {
  let node = 0;
  for (;;) {
    const feature = tree.feature[node]!;
    if (feature < 0) return node;
    node = goesLeft(tree, node, data.bytes[placeOf(data, feature) + 4 * row]!) ? tree.left[node]! : tree.right[node]!;
  }
}

/** Which way a bin goes. */
export function goesLeft(tree: Tree, node: number, bin: number): boolean {
  if (bin === MISSING_BIN) return tree.missingLeft[node] === 1;
  const categories = tree.categories[node]!;
  return categories.length > 0 ? categories[bin] === 1 : bin <= tree.bin[node]!;
}
