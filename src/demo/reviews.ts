import type { Random } from '../base/random';
import { sampleCategorical } from '../stats/distributions/categorical';
import type { Day } from './calendar';
import type { Moment } from './emails';
import type { Order } from './orders';
import type { Parameters } from './parameters';

export interface Review {
  readonly order: Order;
  readonly at: Moment;
  readonly rating: number;
  readonly text: string;
}

const openings: Record<number, readonly string[]> = {
  1: ['Disappointed.', 'Not again.', 'This went wrong.'],
  2: ['I had hoped for more.', 'Below what I am used to here.', 'Meh.'],
  3: ['It was all right.', 'Fine, nothing special.', 'Decent.'],
  4: ['Very good.', 'Happy with it.', 'Good as always.'],
  5: ['Wonderful!', 'The best in town.', 'We loved it.', 'Perfect.'],
};
const praise = [
  'The {product} tasted really fresh.',
  'You can taste the butter in the {product}.',
  'Friendly people in the shop.',
  'Delivered on time and still warm.',
  'Lovely crust, soft inside.',
  'The {product} was gone in minutes.',
  'Ordering on the web was easy.',
  'Good value for what you get.',
];
const complaint = [
  'The {product} was dry.',
  'Delivery came forty minutes late.',
  'Too dear for the size.',
  'The {product} was squashed in the box.',
  'Half of the order was missing.',
  'Long queue on Saturday.',
  'The web shop lost my basket twice.',
  'Too sweet for us.',
];

/** Some customers write after an order: mostly pleased, and hardly so where the money was given back. */
export function simulateReviews(
  orders: readonly Order[],
  refunded: ReadonlySet<number>,
  last: Day,
  { reviews }: Parameters,
  random: Random,
): Review[] {
  return orders
    .filter(() => random.uniform() < reviews.share)
    .map((order) => {
      const weights = refunded.has(order.id) ? [6, 3, 1, 0, 0] : [3, 5, 12, 34, 46];
      const rating = 1 + sampleCategorical(random, weights);
      return {
        order,
        rating,
        at: [order.day + random.integer(4), 68_000 + random.integer(15_000)] as const,
        text: write(order, rating, random),
      };
    })
    .filter((review) => review.at[0] <= last);
}

function write(order: Order, rating: number, random: Random): string {
  const pick = (list: readonly string[]): string => list[random.integer(list.length)]!;
  const sentences = [pick(openings[rating]!)];
  if (rating >= 3) sentences.push(pick(praise));
  if (rating <= 3 || (rating === 4 && random.uniform() < 0.3)) sentences.push(pick(complaint));
  return sentences.join(' ').replaceAll('{product}', order.lines[0]!.product.toLowerCase());
}
