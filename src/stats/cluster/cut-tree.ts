import { LevainError } from '../../base/problem';
import type { ClusterTree } from './hierarchical';

/**
 * The clusters of a tree when its last k − 1 merges are undone, numbered from the largest.
 *
 * @param k from 1 to the number of rows
 * @returns one label a row
 * @throws LevainError `bad-parameter`
 * @example Array.from(cutTree({ leaves: 3, linkage: 'single', left: [0, 2], right: [1, 3], heights: [1, 4], sizes: [2, 3] }, 2)) // => [0, 0, 1]
 */
export function cutTree({ leaves, left, right }: ClusterTree, k: number): Int32Array {
  if (!Number.isInteger(k) || k < 1 || k > leaves) {
    const message = `A tree of ${leaves} rows is cut into 1 to ${leaves} clusters, not ${k}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const groups = new Map<number, number[]>(Array.from({ length: leaves }, (_, row) => [row, [row]]));
  for (let t = 0; t < leaves - k; t++) {
    groups.set(leaves + t, groups.get(left[t]!)!.concat(groups.get(right[t]!)!));
    groups.delete(left[t]!);
    groups.delete(right[t]!);
  }
  const labels = new Int32Array(leaves);
  const bySize = [...groups.values()].sort((a, b) => b.length - a.length || Math.min(...a) - Math.min(...b));
  bySize.forEach((rows, label) => rows.forEach((row) => (labels[row] = label)));
  return labels;
}

/**
 * The rows in a sequence that lets the tree be drawn without crossings.
 *
 * @example leafOrder({ leaves: 3, linkage: 'single', left: [0, 1], right: [2, 3], heights: [1, 4], sizes: [2, 3] }) // => [1, 0, 2]
 */
export function leafOrder({ leaves, left, right }: ClusterTree): number[] {
  const order: number[] = [];
  const waiting = [2 * leaves - 2];
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (node < leaves) order.push(node);
    else waiting.push(right[node - leaves]!, left[node - leaves]!);
  }
  return order;
}

/**
 * The height at which each two rows come together, over the pairs (0, 1), (0, 2), (1, 2), (0, 3), … Their correlation with the
 * distances themselves says how truly the tree tells them.
 *
 * @example Array.from(copheneticDistances({ leaves: 3, linkage: 'single', left: [0, 2], right: [1, 3], heights: [1, 4], sizes: [2, 3] })) // => [1, 4, 4]
 */
export function copheneticDistances({ leaves, left, right, heights }: ClusterTree): Float64Array {
  const distances = new Float64Array((leaves * (leaves - 1)) / 2);
  const rows = new Map<number, number[]>(Array.from({ length: leaves }, (_, row) => [row, [row]]));
  for (let t = 0; t < leaves - 1; t++) {
    const [a, b] = [rows.get(left[t]!)!, rows.get(right[t]!)!];
    for (const i of a)
      for (const j of b) distances[i > j ? (i * (i - 1)) / 2 + j : (j * (j - 1)) / 2 + i] = heights[t]!;
    rows.set(leaves + t, a.concat(b));
    rows.delete(left[t]!);
    rows.delete(right[t]!);
  }
  return distances;
}
