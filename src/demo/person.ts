import type { Random } from '../base/random';
import { sampleBeta } from '../stats/distributions/beta';
import { sampleGamma } from '../stats/distributions/gamma';
import type { Account } from './accounts';
import type { Day } from './calendar';
import type { Cause } from './journeys';
import type { Parameters, Segment } from './parameters';

/** A customer as they are, beside the accounts that the shop sees. */
export interface Person {
  readonly segment: Segment;
  /** Orders a week at average pace, and the chance to leave after each order. */
  readonly rate: number;
  readonly leaving: number;
  /** Their own mean value of an order, in euros. */
  readonly value: number;
  readonly joined: Day;
  readonly cause: Cause;
  readonly accounts: Account[];
  alive: boolean;
  orders: number;
}

/** Draws a customer of a segment: how often they buy, how easily they leave, what they spend. */
export function newPerson(segment: Segment, joined: Day, cause: Cause, parameters: Parameters, random: Random): Person {
  const { r, alpha, a, b, value } = parameters.segments[segment];
  const { spreadShape } = parameters.orders;
  return {
    segment,
    rate: sampleGamma(random, r, 1 / alpha),
    leaving: sampleBeta(random, a, b),
    // Mean of the order given ν is p/ν with ν ~ Gamma(q, ·): an inverse gamma with mean `value`.
    value: (value * (spreadShape - 1)) / sampleGamma(random, spreadShape),
    joined,
    cause,
    accounts: [],
    alive: true,
    orders: 0,
  };
}
