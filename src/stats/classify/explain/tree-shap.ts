import type { Feature } from '../features';
import { placeOf } from '../trees/binned';
import type { BoostedTrees } from '../trees/boost';
import { binnedFor } from '../trees/predict';
import { goesLeft, type Tree } from '../trees/tree';
import type { Contributions } from './contributions';

/**
 * What each column adds to a row's log odds: the exact Shapley values of the trees, where what is not known of a row is
 * answered by the share (cover) of training rows that went each way.
 *
 *     Σⱼ φᵢⱼ + base = log odds of row i
 *
 * It takes O(trees · leaves · depth²) a row. Source: Lundberg, Erion and Lee (2018), "Consistent individualized feature
 * attribution for tree ensembles", arXiv 1802.03888, algorithm 2.
 *
 * @param features columns of the names the trees were fitted with
 * @throws LevainError `missing-column`, `mixed-column`, `unequal-lengths`
 * @example treeShap({ binnings: [{ name: 'x', kind: 'number', edges: [] }], base: 2, trees: [] }, [{ name: 'x', values: [1] }]).base // => 2
 */
export function treeShap(
  model: Pick<BoostedTrees, 'binnings' | 'base' | 'trees'>,
  features: readonly Feature[],
): Contributions {
  const data = binnedFor(model, features);
  const names = model.binnings.map(({ name }) => name);
  const width = names.length;
  const values = new Float64Array(data.rows * width);
  const bins = new Uint8Array(width);
  const places = names.map((_, j) => placeOf(data, j));
  const paths = model.trees.map((tree) => pathOf(depthOf(tree, 0) + 2));
  for (let i = 0; i < data.rows; i++) {
    places.forEach((place, j) => (bins[j] = data.bytes[place + 4 * i]!));
    const phi = values.subarray(i * width, (i + 1) * width);
    model.trees.forEach((tree, at) => attribute(tree, bins, paths[at]!, phi));
  }
  const base = model.trees.reduce((sum, tree) => sum + expected(tree, 0), model.base);
  return { names, base, rows: data.rows, values };
}

/**
 * The columns split so far, one level of recursion after the other: of each the share of training rows that follow when
 * it is not known (`zero`), whether this row follows (`one`), and the weights of the sets of known columns by size.
 */
interface Path {
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
}

/** Room for the paths of all levels, each copied from the one above. */
function pathOf(depth: number): Path {
  const size = ((depth + 1) * (depth + 2)) / 2 + depth;
  return {
    feature: new Int32Array(size),
    zero: new Float64Array(size),
    one: new Float64Array(size),
    weight: new Float64Array(size),
  };
}

function attribute(tree: Tree, bins: Uint8Array, path: Path, phi: Float64Array): void {
  const { feature, zero, one, weight } = path;
  descend(0, 0, 0, 1, 1, -1);

  /** The path of `length` entries from `from` on, and the split that led to `node`. */
  function descend(node: number, from: number, length: number, zeroShare: number, oneShare: number, by: number): void {
    const start = from + length;
    for (let i = 0; i < length; i++) {
      feature[start + i] = feature[from + i]!;
      zero[start + i] = zero[from + i]!;
      one[start + i] = one[from + i]!;
      weight[start + i] = weight[from + i]!;
    }
    extend(start, length, zeroShare, oneShare, by);
    let size = length + 1;
    const split = tree.feature[node]!;
    if (split < 0) {
      for (let i = 1; i < size; i++) {
        const share = unwoundSum(start, size, i) * (one[start + i]! - zero[start + i]!);
        phi[feature[start + i]!]! += share * tree.value[node]!;
      }
      return;
    }
    const isLeft = goesLeft(tree, node, bins[split]!);
    const [hot, cold] = isLeft ? [tree.left[node]!, tree.right[node]!] : [tree.right[node]!, tree.left[node]!];
    let [zeroBefore, oneBefore] = [1, 1];
    for (let i = 1; i < size; i++) {
      if (feature[start + i] !== split) continue;
      [zeroBefore, oneBefore] = [zero[start + i]!, one[start + i]!];
      unwind(start, size, i);
      size--;
      break;
    }
    const cover = tree.cover[node]!;
    descend(hot, start, size, (zeroBefore * tree.cover[hot]!) / cover, oneBefore, split);
    descend(cold, start, size, (zeroBefore * tree.cover[cold]!) / cover, 0, split);
  }

  function extend(start: number, length: number, zeroShare: number, oneShare: number, by: number): void {
    feature[start + length] = by;
    zero[start + length] = zeroShare;
    one[start + length] = oneShare;
    weight[start + length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i--) {
      weight[start + i + 1]! += (oneShare * weight[start + i]! * (i + 1)) / (length + 1);
      weight[start + i] = (zeroShare * weight[start + i]! * (length - i)) / (length + 1);
    }
  }

  /** Takes entry `at` out of a path of `size` entries. */
  function unwind(start: number, size: number, at: number): void {
    const last = size - 1;
    const [zeroShare, oneShare] = [zero[start + at]!, one[start + at]!];
    let next = weight[start + last]!;
    for (let i = last - 1; i >= 0; i--) {
      if (oneShare !== 0) {
        const kept = weight[start + i]!;
        weight[start + i] = (next * size) / ((i + 1) * oneShare);
        next = kept - (weight[start + i]! * zeroShare * (last - i)) / size;
      } else {
        weight[start + i] = (weight[start + i]! * size) / (zeroShare * (last - i));
      }
    }
    for (let i = at; i < last; i++) {
      feature[start + i] = feature[start + i + 1]!;
      zero[start + i] = zero[start + i + 1]!;
      one[start + i] = one[start + i + 1]!;
    }
  }

  /** The sum of the weights of a path without entry `at`. */
  function unwoundSum(start: number, size: number, at: number): number {
    const last = size - 1;
    const [zeroShare, oneShare] = [zero[start + at]!, one[start + at]!];
    let next = weight[start + last]!;
    let total = 0;
    for (let i = last - 1; i >= 0; i--) {
      if (oneShare !== 0) {
        const part = (next * size) / ((i + 1) * oneShare);
        total += part;
        next = weight[start + i]! - (part * zeroShare * (last - i)) / size;
      } else {
        total += (weight[start + i]! * size) / (zeroShare * (last - i));
      }
    }
    return total;
  }
}

/** The mean of a tree over its training rows, each counted by p(1 − p). */
function expected(tree: Tree, node: number): number {
  if (tree.feature[node]! < 0) return tree.value[node]!;
  const [left, right] = [tree.left[node]!, tree.right[node]!];
  const cover = tree.cover[left]! + tree.cover[right]!;
  return (tree.cover[left]! * expected(tree, left) + tree.cover[right]! * expected(tree, right)) / cover;
}

function depthOf(tree: Tree, node: number): number {
  if (tree.feature[node]! < 0) return 0;
  return 1 + Math.max(depthOf(tree, tree.left[node]!), depthOf(tree, tree.right[node]!));
}
