import { dot } from '../linear/blas';
import { choleskySolve } from '../linear/cholesky';
import { column } from '../linear/matrix';
import { gramOf, memberSystem, type Side } from './als-side';
import type { Recommender } from './recommenders';

/** What of a customer's purchases speaks for an offer. */
export interface Reason {
  /** What they bought. */
  readonly item: string;
  /** Its part of the offer's score; the parts add up to the score. */
  readonly part: number;
}

/** Explains offers of one model; made once, since a factorisation needs its items' Gram matrix. */
export type Explain = (row: number, item: number) => Reason[];

/**
 * Splits a score into the parts of what the customer bought, largest first: for neighbours r_j s_ij, for a factorisation
 * (1 + α r_j) y_iᵀ (YᵀCY + λI)⁻¹ y_j, which add up to the score that the customer's own best factors give. What is popular
 * has no reason in the customer's purchases.
 *
 * Source: Hu, Koren and Volinsky (2008), section 5.
 */
export function explainer(model: Recommender): Explain {
  const { starts, columns, weights, items } = model.interactions;
  const partsOf = (row: number, partAt: (at: number) => number): Reason[] =>
    Array.from({ length: starts[row + 1]! - starts[row]! }, (_, i) => starts[row]! + i)
      .map((at) => ({ item: items[columns[at]!]!, part: partAt(at) }))
      .sort((a, b) => b.part - a.part || (a.item < b.item ? -1 : 1));
  switch (model.kind) {
    case 'popularity':
      return () => [];
    case 'neighbours':
      return (row, item) =>
        partsOf(row, (at) => {
          const near = model.neighbours[columns[at]!]!.find((neighbour) => neighbour.item === item);
          return weights[at]! * (near?.likeness ?? 0);
        });
    case 'als': {
      const { itemFactors, alpha, regularization } = model;
      const gram = gramOf(itemFactors, regularization);
      const side: Side = { starts, others: columns, weights };
      return (row, item) => {
        const { factor } = memberSystem(side, row, itemFactors, gram, alpha);
        const direction = choleskySolve(factor, column(itemFactors, item));
        return partsOf(row, (at) => (1 + alpha * weights[at]!) * dot(direction, column(itemFactors, columns[at]!)));
      };
    }
  }
}
