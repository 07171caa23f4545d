import { LevainError } from '../../base/problem';
import type { Key } from './interactions';
import { checkWhole } from './mining-options';
import { explainer, type Reason } from './reasons';
import type { Recommender } from './recommenders';
import { topItems } from './top';

export interface OfferOptions {
  /** Offers a customer, 3 when not given. */
  readonly count?: number;
  /** Whether what they have bought already may be offered; not when not given. */
  readonly again?: boolean;
  /** Customers to choose for, by the names of the interactions; all when not given. */
  readonly rows?: Iterable<Key>;
}

/** An item for a customer. */
export interface Offer {
  readonly row: Key;
  readonly item: string;
  /** 1 for the best. */
  readonly rank: number;
  /** Of use to compare offers of one model; not a probability. */
  readonly score: number;
  /** What they bought that speaks for it, most first; empty for what is merely popular. */
  readonly reasons: readonly Reason[];
}

/**
 * What to offer whom: each customer's items of the highest scores, with the purchases that speak for them. Customers who
 * have bought everything get fewer or none.
 *
 * @throws LevainError `bad-parameter`, `unknown-row`
 * @example offers({ kind: 'popularity', interactions: { rows: [7], items: ['jam', 'tea'], starts: new Uint32Array([0, 1]), columns: new Uint32Array([1]) }, counts: [1, 1] })[0].item // => 'jam'
 */
export function offers(model: Recommender, options: OfferOptions = {}): Offer[] {
  const { count = 3, again = false } = options;
  checkWhole('number of offers', count);
  const { rows, items } = model.interactions;
  const explain = explainer(model);
  const scores = new Float64Array(items.length);
  return placesOf(rows, options.rows).flatMap((row) =>
    topItems(model, row, count, again, scores).map((item, i) => ({
      row: rows[row]!,
      item: items[item]!,
      rank: i + 1,
      score: scores[item]!,
      reasons: explain(row, item).filter(({ part }) => part > 0),
    })),
  );
}

function placesOf(rows: readonly Key[], wanted: Iterable<Key> | undefined): number[] {
  if (!wanted) return Array.from(rows.keys());
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  return Array.from(wanted, (row) => {
    const place = placeOf.get(row);
    if (place !== undefined) return place;
    const message = `The customer ${String(row)} is not among the ${rows.length} of the model.`;
    throw new LevainError({ code: 'unknown-row', message, hint: 'Offer to customers who had bought before.' });
  });
}
