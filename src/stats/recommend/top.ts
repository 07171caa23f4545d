import type { Interactions } from './interactions';
import { scoresOf, type Recommender } from './recommenders';

/**
 * The items that a model would offer a customer, best first; equal scores go in the order of the items.
 *
 * @param again whether what they have bought already may be offered
 */
export function topItems(
  model: Recommender,
  row: number,
  count: number,
  again: boolean,
  scores: Float64Array,
): number[] {
  scoresOf(model, row, scores);
  if (!again) for (const item of boughtBy(model.interactions, row)) scores[item] = -Infinity;
  const best: number[] = [];
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!;
    if (score === -Infinity || (best.length === count && score <= scores[best[count - 1]!]!)) continue;
    let place = Math.min(best.length, count - 1);
    for (; place > 0 && scores[best[place - 1]!]! < score; place--) best[place] = best[place - 1]!;
    best[place] = item;
  }
  return best;
}

/** The items of a row. */
export const boughtBy = ({ starts, columns }: Interactions, row: number): Uint32Array =>
  columns.slice(starts[row], starts[row + 1]);
