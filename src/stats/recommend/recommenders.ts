import { dot } from '../linear/blas';
import { column } from '../linear/matrix';
import type { Als } from './als';
import { countsOf } from './by-item';
import type { Interactions } from './interactions';
import { neighboursOf, type Neighbour, type NeighbourOptions } from './neighbours';

/** Offers everybody what most buy: what any other recommender has to beat. */
export interface Popularity {
  readonly kind: 'popularity';
  readonly interactions: Interactions;
  /** Rows that took each item. */
  readonly counts: Uint32Array;
}

/** Offers what goes with what one has bought. */
export interface ItemNeighbours {
  readonly kind: 'neighbours';
  readonly interactions: Interactions;
  /** For each item its neighbours, with their likeness. */
  readonly neighbours: readonly (readonly (Neighbour & { readonly likeness: number })[])[];
}

/** Anything that gives each item a score for each customer; higher is offered first. */
export type Recommender = Popularity | ItemNeighbours | Als;

/**
 * The baseline: each item's score is the number of customers who bought it.
 *
 * @example Array.from(popularity({ items: ['jam', 'scone'], columns: [0, 1, 1] }).counts) // => [1, 2]
 */
export function popularity(interactions: Interactions): Popularity {
  return { kind: 'popularity', interactions, counts: countsOf(interactions) };
}

/**
 * Bought together: an item's score for a customer is Σ r_j s_ij over the items j they bought, r the weight and s the
 * likeness of the two.
 *
 * @throws LevainError `bad-parameter`
 * @example itemNeighbours({ rows: [1, 2], items: ['jam', 'scone'], starts: [0, 2, 4], columns: [0, 1, 0, 1], weights: [1, 1, 1, 1] }).neighbours[0][0].likeness // => 1
 */
export function itemNeighbours(interactions: Interactions, options: NeighbourOptions = {}): ItemNeighbours {
  const { similarity = 'cosine' } = options;
  const neighbours = neighboursOf(interactions, options).map((near) =>
    near.map((neighbour) => ({ ...neighbour, likeness: neighbour[similarity] })),
  );
  return { kind: 'neighbours', interactions, neighbours };
}

/** Writes each item's score for the customer in place `row` of the interactions. */
export function scoresOf(model: Recommender, row: number, out: Float64Array): Float64Array {
  switch (model.kind) {
    case 'popularity':
      out.set(model.counts);
      return out;
    case 'neighbours': {
      const { starts, columns, weights } = model.interactions;
      out.fill(0);
      for (let at = starts[row]!; at < starts[row + 1]!; at++) {
        for (const { item, likeness } of model.neighbours[columns[at]!]!) out[item]! += weights[at]! * likeness;
      }
      return out;
    }
    case 'als': {
      const x = column(model.rowFactors, row);
      for (let item = 0; item < out.length; item++) out[item] = dot(x, column(model.itemFactors, item));
      return out;
    }
  }
}
