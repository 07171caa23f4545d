import type { Random } from '../base/random';
import { sampleCategorical } from '../stats/distributions/categorical';
import { sampleGeometric } from '../stats/distributions/geometric';
import { products } from './products';
import type { Parameters, Segment } from './parameters';

/** A product of an order; money in cents. */
export interface Line {
  readonly product: string;
  readonly revenue: number;
  readonly margin: number;
}

/**
 * Fills an order of a given value: different products to the segment's taste, the value split in proportion to their
 * prices, the last line taking the odd cents.
 */
export function fillBasket(segment: Segment, cents: number, { segments }: Parameters, random: Random): Line[] {
  const tastes = products.map((product) => product.taste[segment]);
  const count = Math.min(4, 1 + sampleGeometric(random, 1 - segments[segment].lines));
  const chosen = Array.from({ length: count }, () => {
    const index = sampleCategorical(random, tastes);
    tastes[index] = 0;
    return products[index]!;
  });
  const prices = chosen.reduce((sum, product) => sum + product.price, 0);
  let rest = cents;
  return chosen.map((product, i) => {
    const revenue = i === count - 1 ? rest : Math.round((cents * product.price) / prices);
    rest -= revenue;
    return { product: product.name, revenue, margin: Math.round(revenue * product.margin) };
  });
}
