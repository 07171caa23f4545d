import { eclat } from './eclat';
import type { Interactions } from './interactions';

/** Frequent sets as a prefix tree: a node is the set of its items up to the root. Node 0 is the empty set. */
export interface ItemsetTree {
  /** Of the node, the node with one item less, its last one. */
  readonly parents: readonly number[];
  readonly items: readonly number[];
  readonly counts: readonly number[];
  readonly depths: readonly number[];
  /** The least count at which every frequent set is there. */
  readonly least: number;
  /** The node of a set less one item; the set in the order of its node. */
  without(node: number, item: number): number;
}

/**
 * All sets held by at least `least` rows, at most `most` of them: where there would be more, the bound rises to the least
 * count at which there are not, so that what is left is complete. Memory is bounded by `most`, whatever the data.
 */
export function growItemsets(interactions: Interactions, least: number, deepest: number, most: number): ItemsetTree {
  const bound = countBound(interactions, least, deepest, most);
  const [parents, items, counts, depths] = [[0], [-1], [interactions.rows.length], [0]];
  /** Children by node and item. */
  const children = new Map<number, number>();
  const childKey = (node: number, item: number): number => node * interactions.items.length + item;
  const path = [0];
  eclat(interactions, bound, deepest, (depth, item, count) => {
    const node = items.length;
    const parent = path[depth - 1]!;
    path[depth] = node;
    parents.push(parent);
    items.push(item);
    counts.push(count);
    depths.push(depth);
    children.set(childKey(parent, item), node);
    return bound;
  });
  const without = (node: number, item: number): number => {
    if (items[node] === item) return parents[node]!;
    return children.get(childKey(without(parents[node]!, item), items[node]!))!;
  };
  return { parents, items, counts, depths, least: bound, without };
}

/** The least count, from `least` up, at which there are at most `most` sets. Holds no sets, only how many of each count. */
function countBound(interactions: Interactions, least: number, deepest: number, most: number): number {
  const withCount = new Float64Array(interactions.rows.length + 2);
  let bound = least;
  let sets = 0;
  eclat(interactions, least, deepest, (_, __, count) => {
    withCount[count]!++;
    sets++;
    while (sets > most) sets -= withCount[bound++]!;
    return bound;
  });
  return bound;
}

/** The items of a node, in ascending order. */
export function itemsOf(tree: ItemsetTree, node: number): number[] {
  const items: number[] = [];
  for (let at = node; at !== 0; at = tree.parents[at]!) items.push(tree.items[at]!);
  return items.sort((a, b) => a - b);
}
