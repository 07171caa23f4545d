import { liftInterval, type Association } from './association';
import { countsOf } from './by-item';
import type { Interactions } from './interactions';
import { neighboursOf, type NeighbourOptions } from './neighbours';

/** Two products that are bought together. */
export interface CoOccurrence extends Association {
  readonly item: string;
  readonly other: string;
  /** Rows that hold both. */
  readonly count: number;
  /** The interval of the lift. */
  readonly liftLower: number;
  readonly liftUpper: number;
}

export interface CoOccurrenceOptions extends NeighbourOptions {
  /** Of the lift's interval, in (0, 1); 0.9 when not given. */
  readonly confidence?: number;
}

/**
 * What goes together: for each product the `neighbours` nearest, with all measures of `association`.
 *
 * @returns a line for each product and neighbour, products in ascending order, nearest first
 * @throws LevainError `bad-parameter`
 * @example coOccurrence({ rows: [1, 2, 3], items: ['jam', 'scone'], starts: [0, 2, 4, 5], columns: [0, 1, 0, 1, 1], weights: [1, 1, 1, 1, 1] })[0].count // => 2
 */
export function coOccurrence(interactions: Interactions, options: CoOccurrenceOptions = {}): CoOccurrence[] {
  const { rows, items } = interactions;
  const counts = countsOf(interactions);
  return neighboursOf(interactions, options).flatMap((near, i) =>
    near.map(({ item, ...measures }) => {
      const lift = liftInterval(rows.length, counts[i]!, counts[item]!, measures.count, options);
      return { item: items[i]!, other: items[item]!, ...measures, liftLower: lift.lower, liftUpper: lift.upper };
    }),
  );
}
