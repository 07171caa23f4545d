import { binsOf, type Binning } from './bins';
import { placeOf, type BinnedColumns } from './binned';

import { bestSplit, leafWeight, type Histogram, type NodeSums, type Split, type SplitRules } from './split';
import type { Tree } from './tree';
import { subtract, takeHistogram, type Workspace } from './workspace';

export interface GrowRules extends SplitRules {
  readonly leaves: number;
  readonly depth: number;
  /** What each leaf's weight is multiplied with. */
  readonly learningRate: number;
  /** For each column: 1 when more of it may not lower the score, −1 when it may not raise it, 0 else. */
  readonly monotone: Int8Array;
}

/** A tree, and which rows of `order` each of its leaves holds. */
export interface Grown {
  readonly tree: Tree;
  readonly leaves: readonly { readonly node: number; readonly start: number; readonly end: number }[];
}

interface Open extends NodeSums {
  readonly node: number;
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  readonly histogram: Histogram | undefined;
  readonly split: Split | undefined;
}

interface GrowingTree {
  readonly nodes: { feature: number; bin: number; left: number; right: number; value: number; gain: number; sums: NodeSums; split: Split | undefined }[]; // prettier-ignore
}

/**
 * One tree, grown leaf by leaf where the gain is largest. A node's histogram is that of its parent less that of its
 * sibling, so that only the smaller side is summed.
 *
 * Source: Ke et al. (2017), "LightGBM", NIPS 30; monotone columns: the split's middle bounds both sides from then on.
 */
export function growTree(data: BinnedColumns, binnings: readonly Binning[], rules: GrowRules, work: Workspace): Grown {
  const growing: GrowingTree = { nodes: [] };
  const { order, slopes } = work;
  for (let i = 0; i < data.rows; i++) order[i] = i;
  const first = takeHistogram(work);
  work.sum(0, data.rows, first);
  let [g, h] = [0, 0];
  for (let i = 0; i < data.rows; i++) {
    g += slopes[2 * i]!;
    h += slopes[2 * i + 1]!;
  }
  const whole: NodeSums = { g, h, rows: data.rows, lower: -Infinity, upper: Infinity };
  let open = [openNode(whole, 0, 0, data.rows, first)];

  for (let count = 1; count < rules.leaves; count++) {
    const at = open.reduce((best, leaf, i) => (gainOf(leaf) > gainOf(open[best]!) ? i : best), 0);
    const leaf = open[at]!;
    const { split } = leaf;
    if (!split) break;
    const isLast = count === rules.leaves - 1;
    open = [...open.slice(0, at), ...divide(leaf, split, isLast), ...open.slice(at + 1)];
  }
  for (const { histogram } of open) if (histogram) work.pool.push(histogram);
  return { tree: treeOf(growing, binnings), leaves: open.map(({ node, start, end }) => ({ node, start, end })) };

  function openNode(sums: NodeSums, depth: number, start: number, end: number, histogram: Histogram | undefined): Open {
    const node = growing.nodes.length;
    const value = rules.learningRate * leafWeight(sums.g, sums.h, rules.lambda, sums.lower, sums.upper);
    growing.nodes.push({ feature: -1, bin: 0, left: -1, right: -1, value, gain: 0, sums, split: undefined });
    const split = histogram && searched(histogram, sums);
    if (histogram && !split) work.pool.push(histogram);
    return { ...sums, node, depth, start, end, histogram: split && histogram, split };
  }

  function searched(histogram: Histogram, sums: NodeSums): Split | undefined {
    let best: Split | undefined;
    binnings.forEach((binning, feature) => {
      const isCategory = binning.kind === 'category';
      const found = bestSplit(histogram, feature, binsOf(binning), isCategory, rules.monotone[feature]!, sums, rules);
      if (found && (!best || found.gain > best.gain)) best = found;
    });
    return best;
  }

  /** Splits a leaf in two; the sides of the last split of a tree need no histograms. */
  function divide(leaf: Open, split: Split, isLast: boolean): [Open, Open] {
    const [here, { left }] = [growing.nodes[leaf.node]!, split];
    Object.assign(here, { feature: split.feature, bin: split.bin, gain: split.gain, split });
    const middle = partition(data, binnings, split, leaf.start, leaf.end, work);
    const right = { g: leaf.g - left.g, h: leaf.h - left.h, rows: leaf.rows - left.rows };
    const [low, high] = boundsOf(leaf, split, right);
    const depth = leaf.depth + 1;
    const isOpen = (rows: number): boolean => !isLast && depth < rules.depth && rows >= 2 * rules.minRows;
    const [wantsLeft, wantsRight] = [isOpen(left.rows), isOpen(right.rows)];
    let [leftHistogram, rightHistogram]: (Histogram | undefined)[] = [undefined, undefined];
    if (wantsLeft || wantsRight) {
      const isLeftSmaller = left.rows <= right.rows;
      const smaller = takeHistogram(work);
      const [from, to] = isLeftSmaller ? [leaf.start, middle] : [middle, leaf.end];
      work.sum(from, to, smaller);
      const larger = leaf.histogram!;
      subtract(larger, smaller);
      [leftHistogram, rightHistogram] = isLeftSmaller ? [smaller, larger] : [larger, smaller];
      if (!wantsLeft) work.pool.push(leftHistogram);
      if (!wantsRight) work.pool.push(rightHistogram);
    } else if (leaf.histogram) work.pool.push(leaf.histogram);
    const first = openNode({ ...left, ...low }, depth, leaf.start, middle, wantsLeft ? leftHistogram : undefined);
    const second = openNode({ ...right, ...high }, depth, middle, leaf.end, wantsRight ? rightHistogram : undefined);
    here.left = first.node;
    here.right = second.node;
    return [first, second];
  }

  function boundsOf(leaf: Open, { feature, left }: Split, right: { g: number; h: number }) {
    const { lower, upper } = leaf;
    const sign = rules.monotone[feature]!;
    const whole = { lower, upper };
    if (sign === 0) return [whole, whole] as const;
    const weights = [left, right].map(({ g, h }) => leafWeight(g, h, rules.lambda, lower, upper));
    const middle = (weights[0]! + weights[1]!) / 2;
    const [below, above] = [
      { lower, upper: middle },
      { lower: middle, upper },
    ];
    return sign > 0 ? ([below, above] as const) : ([above, below] as const);
  }
}

const gainOf = ({ split }: Open): number => split?.gain ?? -Infinity;

/** Puts the rows that go left before the others, each side in its sequence; gives where the right ones begin. */
function partition(
  data: BinnedColumns,
  binnings: readonly Binning[],
  split: Split,
  start: number,
  end: number,
  { order, spare }: Workspace,
): number {
  const place = placeOf(data, split.feature);
  const side = new Uint8Array(256).fill(Number(split.missingLeft), 255);
  const isCategory = binnings[split.feature]!.kind === 'category';
  for (let bin = 0; bin < 255; bin++) side[bin] = isCategory ? split.categories[bin]! : Number(bin <= split.bin);
  let [left, right] = [start, 0];
  for (let k = start; k < end; k++) {
    const row = order[k]!;
    const goes = side[data.bytes[place + 4 * row]!]!;
    // Both are written and one place moves on: no branch to guess wrong.
    order[left] = row;
    spare[right] = row;
    left += goes;
    right += 1 - goes;
  }
  order.set(spare.subarray(0, right), left);
  return left;
}

function treeOf({ nodes }: GrowingTree, binnings: readonly Binning[]): Tree {
  const threshold = nodes.map(({ feature, bin }) => {
    const binning = binnings[feature];
    return binning?.kind === 'number' ? (binning.edges[bin] ?? Infinity) : NaN;
  });
  return {
    feature: Int32Array.from(nodes, ({ feature }) => feature),
    threshold: Float64Array.from(threshold),
    categories: nodes.map(({ split }) => split?.categories ?? new Uint8Array(0)),
    missingLeft: Uint8Array.from(nodes, ({ split }) => Number(split?.missingLeft ?? false)),
    bin: Uint8Array.from(nodes, ({ bin }) => bin),
    left: Int32Array.from(nodes, ({ left }) => left),
    right: Int32Array.from(nodes, ({ right }) => right),
    value: Float64Array.from(nodes, ({ value }) => value),
    cover: Float64Array.from(nodes, ({ sums }) => sums.h),
    rows: Float64Array.from(nodes, ({ sums }) => sums.rows),
    gain: Float64Array.from(nodes, ({ gain }) => gain),
  };
}
