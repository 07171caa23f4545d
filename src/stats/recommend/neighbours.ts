import { LevainError } from '../../base/problem';
import { association, type Association } from './association';
import { byItem } from './by-item';
import type { Interactions } from './interactions';
import { checkWhole } from './mining-options';

export type Similarity = 'cosine' | 'jaccard' | 'lift' | 'logLikelihoodRatio';

export interface NeighbourOptions {
  /** What makes two products near; `cosine` when not given. */
  readonly similarity?: Similarity;
  /** How many a product keeps, 50 when not given. */
  readonly neighbours?: number;
  /** The least number of rows that hold both, 2 when not given. */
  readonly minCount?: number;
}

/** A product beside another that is bought with it. */
export interface Neighbour extends Association {
  readonly item: number;
  /** Rows that hold both. */
  readonly count: number;
}

const SIMILARITIES: readonly Similarity[] = ['cosine', 'jaccard', 'lift', 'logLikelihoodRatio'];

/**
 * For each product those most often bought by the same baskets or customers, nearest first. With G² only products that come
 * together more often than by chance are near. One product's counts are held at a time, so that memory is the result's.
 *
 * Source: Sarwar et al. (2001), "Item-based collaborative filtering recommendation algorithms", WWW10.
 *
 * @returns a list for each item, by their places in `interactions.items`
 * @throws LevainError `bad-parameter`
 */
export function neighboursOf(interactions: Interactions, options: NeighbourOptions = {}): Neighbour[][] {
  const { similarity = 'cosine', neighbours = 50, minCount = 2 } = options;
  checkWhole('number of neighbours', neighbours);
  checkWhole('least count of a pair', minCount);
  if (!SIMILARITIES.includes(similarity)) {
    const message = `There is no similarity “${String(similarity)}”; there are ${SIMILARITIES.join(', ')}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const { rows, items, starts, columns } = interactions;
  const held = byItem(interactions);
  const countOf = (item: number): number => held.starts[item + 1]! - held.starts[item]!;
  const together = new Uint32Array(items.length);
  return items.map((_, item) => {
    together.fill(0);
    for (let at = held.starts[item]!; at < held.starts[item + 1]!; at++) {
      const row = held.rows[at]!;
      for (let other = starts[row]!; other < starts[row + 1]!; other++) together[columns[other]!]!++;
    }
    const near: Neighbour[] = [];
    together.forEach((count, other) => {
      if (other === item || count < minCount) return;
      const pair = { item: other, count, ...association(rows.length, countOf(item), countOf(other), count) };
      if (similarity !== 'logLikelihoodRatio' || pair.lift > 1) near.push(pair);
    });
    return near.sort((a, b) => b[similarity] - a[similarity] || a.item - b.item).slice(0, neighbours);
  });
}
