import type { Objective } from '../optimize/objective';
import type { History, HistoryGroups } from './histories';

/** A model of customers who buy at rates of their own and leave unseen. Parameters are above 0, in the order of `parameters`. */
export interface BuyerModel {
  readonly parameters: readonly string[];
  /** Which parameters are in the unit of time. */
  readonly times: readonly string[];
  /** Where to begin: several places, for customers who buy `rate` times in a unit of time. */
  starts(rate: number): readonly (readonly number[])[];
  /** −log likelihood and its slopes, over the logarithms of the parameters. */
  objective(groups: HistoryGroups): Objective;
  /** P(the customer has not left | their history). */
  alive(parameters: ArrayLike<number>, history: History): number;
  /** E[purchases in the next `time` | their history]; without a history, of someone who has just bought for the first time. */
  expected(parameters: ArrayLike<number>, time: number, history?: History): number;
  /** E[the square of them], which tells how far a customer strays from the mean. */
  square(parameters: ArrayLike<number>, time: number, history: History): number;
  /** P(0), P(1), … P(most) repeat purchases of a new customer in `time`. */
  counts(parameters: ArrayLike<number>, time: number, most: number): Float64Array;
}

/**
 * `mbg-nbd`, `bg-nbd`: after each purchase a customer leaves with a probability of their own, in the first also after the
 * very first purchase. `pareto-nbd`: a customer leaves at any time, at a rate of their own.
 */
export type BuyerModelName = 'mbg-nbd' | 'bg-nbd' | 'pareto-nbd';
