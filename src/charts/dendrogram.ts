import * as Plot from '@observablehq/plot';
import { leafOrder } from '../stats/cluster/cut-tree';
import type { ClusterTree } from '../stats/cluster/hierarchical';
import { palette } from './channel-colors';
import { framed, type Frame } from './frame';
import { color } from './theme';

export interface DendrogramOptions extends Frame {
  /** Names of the rows, drawn where all are shown. */
  readonly names?: readonly string[];
  /** Colour the clusters that a cut into so many gives, and draw the cut. At most 8. */
  readonly k?: number;
  /** Branches drawn at most, 40 when not given; what merges lower stands as one branch with its number of rows. */
  readonly most?: number;
}

/**
 * The tree of a hierarchical clustering, lying: rows at the left, merges further right the farther apart they were. Gives
 * Plot's options.
 *
 * @param tree from `hierarchical`
 * @example dendrogramOptions({ leaves: 2, linkage: 'ward', left: [0], right: [1], heights: [1], sizes: [2] }, { caption: '2 rows' }).ariaLabel // => '2 rows'
 */
export function dendrogramOptions(tree: ClusterTree, options: DendrogramOptions = {}): Plot.PlotOptions {
  const { names, k, most = 40 } = options;
  const branches = Math.min(tree.leaves, most);
  const { lines, tips } = drawn(tree, branches, k);
  const nameOf = ({ node, size }: Tip): string =>
    size > 1 ? `${size.toLocaleString('en')} rows` : (names?.[node] ?? `row ${node + 1}`);
  const cut = k !== undefined && k > 1 && k <= branches ? cutHeight(tree, k) : undefined;
  return {
    ...framed(options),
    ...(options.height === undefined && { height: 64 + 16 * branches }),
    marginLeft: 104,
    x: { label: 'Distance at which they merge', grid: true, tickSize: 0, zero: true },
    y: { axis: null, domain: [branches - 0.5, -0.5] },
    marks: [
      Plot.link(lines, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', stroke: 'stroke', strokeWidth: 1.5 }),
      Plot.text(tips, { x: () => 0, y: 'y', text: nameOf, textAnchor: 'end', dx: -6, fill: color.ink }),
      ...(cut === undefined ? [] : [Plot.ruleX([cut], { stroke: color.quiet, strokeDasharray: '4 3' })]),
    ],
  };
}

/** Draws {@link dendrogramOptions} on the document of the thread it runs in. */
export function dendrogram(tree: ClusterTree, options: DendrogramOptions = {}): ReturnType<typeof Plot.plot> {
  return Plot.plot(dendrogramOptions(tree, options));
}

interface Tip {
  readonly node: number;
  readonly size: number;
  readonly y: number;
}

interface Line {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly stroke: string;
}

/** Halfway between the last merge that is kept and the first that is undone. */
const cutHeight = ({ leaves, heights }: ClusterTree, k: number): number =>
  (heights[leaves - k]! + (heights[leaves - k - 1] ?? 0)) / 2;

function drawn(tree: ClusterTree, branches: number, k: number | undefined): { lines: Line[]; tips: Tip[] } {
  const { leaves, left, right, heights, sizes } = tree;
  const hidden = leaves - branches;
  const isTip = (node: number): boolean => node < leaves + hidden;
  const top = topOf(tree, hidden);
  const tips: Tip[] = [];
  const places = new Map<number, number>();
  for (const leaf of leafOrder(tree)) {
    const node = top[leaf]!;
    if (places.has(node)) continue;
    places.set(node, tips.length);
    tips.push({ node, size: node < leaves ? 1 : sizes[node - leaves]!, y: tips.length });
  }
  const strokes = strokesOf(tree, k);
  const lines: Line[] = [];
  for (let t = hidden; t < leaves - 1; t++) {
    const height = heights[t]!;
    const ys = [left[t]!, right[t]!].map((child) => {
      const y = places.get(child)!;
      const from = isTip(child) ? 0 : heights[child - leaves]!;
      lines.push({ x1: from, x2: height, y1: y, y2: y, stroke: strokes(child) });
      return y;
    });
    lines.push({ x1: height, x2: height, y1: ys[0]!, y2: ys[1]!, stroke: strokes(leaves + t) });
    places.set(leaves + t, (ys[0]! + ys[1]!) / 2);
  }
  return { lines, tips };
}

/** For each row, the highest node that holds it among those that the first merges made. */
function topOf({ leaves, left, right }: ClusterTree, merges: number): Int32Array {
  const parent = new Int32Array(leaves + merges).fill(-1);
  for (let t = 0; t < merges; t++) parent[left[t]!] = parent[right[t]!] = leaves + t;
  return Int32Array.from({ length: leaves }, (_, leaf) => {
    let node = leaf;
    while (parent[node]! >= 0) node = parent[node]!;
    return node;
  });
}

/** The colour of what hangs below a node: its cluster's, or ink above the cut. */
function strokesOf({ leaves, left, right }: ClusterTree, k: number | undefined): (node: number) => string {
  const colors = new Map<number, string>();
  if (k === undefined || k > palette.length) return () => color.ink;
  let next = 0;
  for (let t = leaves - 2; t >= 0; t--) {
    const node = leaves + t;
    const above = t >= leaves - k;
    for (const child of [left[t]!, right[t]!]) {
      if (!above) colors.set(child, colors.get(node)!);
      else if (child < 2 * leaves - k) colors.set(child, palette[next++]!);
    }
  }
  if (k === 1) return () => palette[0]!;
  return (node) => colors.get(node) ?? color.ink;
}
