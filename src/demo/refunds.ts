import type { Random } from '../base/random';
import type { Day } from './calendar';
import type { Order } from './orders';
import type { Parameters } from './parameters';

/** Money given back for one order: its number again, negative revenue, some days later. */
export interface Refund {
  readonly order: Order;
  readonly day: Day;
  readonly second: number;
}

/** A few orders, drawn evenly, are paid back in full within a week, when that still falls in the files. */
export function simulateRefunds(
  orders: readonly Order[],
  last: Day,
  { orders: settings }: Parameters,
  random: Random,
): Refund[] {
  return orders
    .filter(() => random.uniform() < settings.refundShare)
    .map((order) => ({ order, day: order.day + 1 + random.integer(6), second: 32_400 + random.integer(25_000) }))
    .filter((refund) => refund.day <= last);
}
