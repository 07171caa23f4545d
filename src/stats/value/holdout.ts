import { LevainError } from '../../base/problem';
import type { Estimate } from '../intervals/interval';
import type { BuyerFit } from './fit-buyers';
import type { Histories } from './histories';
import { expectedPurchases, predictedTotal } from './predict';

/** Customers who bought equally often before, and what they did after. */
export interface HoldoutRow {
  /** Repeat purchases before; the last row counts those with this many or more. */
  readonly frequency: number;
  readonly customers: number;
  /** Mean purchases after, a customer. */
  readonly actual: number;
  readonly expected: number;
}

/** How a fit to the time before foretells the time after. */
export interface Holdout {
  readonly rows: readonly HoldoutRow[];
  readonly actualTotal: number;
  /** With the interval in which the actual total should lie. */
  readonly predictedTotal: Estimate;
  /** Mean of |actual − expected| over customers. */
  readonly meanAbsoluteError: number;
  /** The same, of expecting of each customer what they did before, at the same rate. */
  readonly meanAbsoluteErrorOfRate: number;
}

/**
 * Calibration and holdout: holds what a fit to the first part of the time expects against what happened in the rest.
 *
 * @param fit to the histories
 * @param histories until the end of the calibration
 * @param actual days with an order of each customer in the holdout
 * @param time how long the holdout is, in the unit of the histories
 * @param most the last row counts customers with this many repeat purchases or more
 * @throws LevainError `unequal-lengths`, `bad-history`, `bad-parameter`
 */
export function holdout(
  fit: BuyerFit,
  histories: Histories,
  actual: ArrayLike<number>,
  time: number,
  most = 7,
): Holdout {
  const { frequency, age } = histories;
  if (actual.length !== frequency.length) {
    throw new LevainError({
      code: 'unequal-lengths',
      message: `There are ${frequency.length} histories and ${actual.length} customers in the holdout: one number a customer is needed, 0 where nothing was bought.`,
    });
  }
  const { value: expected } = expectedPurchases(fit, histories, time);
  const sums = Array.from({ length: most + 1 }, () => ({ customers: 0, actual: 0, expected: 0 }));
  let [actualTotal, strays, rateStrays] = [0, 0, 0];
  expected.forEach((mean, i) => {
    const row = sums[Math.min(frequency[i]!, most)]!;
    row.customers++;
    row.actual += actual[i]!;
    row.expected += mean;
    actualTotal += actual[i]!;
    strays += Math.abs(actual[i]! - mean);
    rateStrays += Math.abs(actual[i]! - (age[i]! > 0 ? (frequency[i]! / age[i]!) * time : 0));
  });
  return {
    rows: sums.flatMap(({ customers, ...sum }, x) =>
      customers > 0
        ? [{ frequency: x, customers, actual: sum.actual / customers, expected: sum.expected / customers }]
        : [],
    ),
    actualTotal,
    predictedTotal: predictedTotal(fit, histories, time),
    meanAbsoluteError: strays / expected.length,
    meanAbsoluteErrorOfRate: rateStrays / expected.length,
  };
}
