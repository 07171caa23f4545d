import type { Association } from './association';
import type { Interactions } from './interactions';
import { neighboursOf, type NeighbourOptions } from './neighbours';

/** Two products that are bought together. */
export interface CoOccurrence extends Association {
  readonly item: string;
  readonly other: string;
  /** Rows that hold both. */
  readonly count: number;
}

/**
 * What goes together: for each product the `neighbours` nearest, with all measures of `association`.
 *
 * @returns a line for each product and neighbour, products in ascending order, nearest first
 * @throws LevainError `bad-parameter`
 * @example coOccurrence({ rows: [1, 2, 3], items: ['jam', 'scone'], starts: [0, 2, 4, 5], columns: [0, 1, 0, 1, 1], weights: [1, 1, 1, 1, 1] })[0].count // => 2
 */
export function coOccurrence(interactions: Interactions, options: NeighbourOptions = {}): CoOccurrence[] {
  const { items } = interactions;
  return neighboursOf(interactions, options).flatMap((near, i) =>
    near.map(({ item, ...measures }) => ({ item: items[i]!, other: items[item]!, ...measures })),
  );
}
