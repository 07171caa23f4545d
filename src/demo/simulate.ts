import { seededRandom } from '../base/random';
import { dayOf, type Day } from './calendar';
import { demandOf, type Demand } from './demand';
import { type ByChannel } from './media';
import { simulateSales, type Sales } from './orders';
import type { Parameters } from './parameters';
import { simulateRefunds, type Refund } from './refunds';
import { simulateReviews, type Review } from './reviews';
import { simulateSpend, type AdSeries } from './spend';
import { simulateWeb, type WebEvent } from './web';

/** The bakery's three years, as they were. */
export interface Bakery {
  readonly parameters: Parameters;
  readonly first: Day;
  readonly days: number;
  readonly ads: ByChannel<AdSeries>;
  readonly demand: Demand;
  readonly sales: Sales;
  readonly refunds: readonly Refund[];
  readonly reviews: readonly Review[];
  readonly web: readonly WebEvent[];
}

/**
 * Draws the bakery from its parameters: spend → expected sales → customers and orders → what follows from orders. Each
 * step has random numbers of its own, so that a change in one leaves the others' draws alone.
 */
export function simulateBakery(parameters: Parameters): Bakery {
  const first = dayOf(parameters.from);
  const days = dayOf(parameters.to) - first + 1;
  const randomOf = (step: number) => seededRandom(parameters.seed + step);
  const ads = simulateSpend(first, days, parameters);
  const demand = demandOf(first, days, ads, parameters);
  const sales = simulateSales(first, days, demand, ads, parameters);
  const refunds = simulateRefunds(sales.orders, first + days - 1, parameters, randomOf(3));
  const refunded = new Set(refunds.map((refund) => refund.order.id));
  const reviews = simulateReviews(sales.orders, refunded, first + days - 1, parameters, randomOf(4));
  const web = simulateWeb(first, days, sales.orders, sales.mails, ads, parameters, randomOf(5));
  return { parameters, first, days, ads, demand, sales, refunds, reviews, web };
}
