import { LevainError } from '../../base/problem';
import { deltaEstimates, intervalsAround, spread, type Estimates } from './estimates';
import { modelOf, parametersOf, type BuyerFit } from './fit-buyers';
import { groupHistories, historyAt, type Histories } from './histories';
import { checkTime } from './predict';
import { expectedSpend, type SpendFit } from './spend';

export interface LifetimeOptions {
  /** How many steps ahead; 12 when not given. */
  readonly steps?: number;
  /** How long a step is, in the unit of the histories; 4.345 when not given: a month, of weeks. */
  readonly step?: number;
  /** How much less money is worth a step later: 0.01 when not given. */
  readonly discount?: number;
  /** What stays of a euro of sales; 1 when not given, so that the value is sales. */
  readonly margin?: number;
}

/**
 * Customer lifetime value: what each customer is expected to bring over the next steps, as seen from today,
 *
 *     margin · E[spend] · Σ_{i=1}^steps (E[X(i·step)] − E[X((i−1)·step)]) / (1 + discount)^i
 *
 * with each step's purchases counted at its end. The errors of purchases and spend are taken as independent; intervals hold
 * the error of that mean, and a single customer strays from it by far more.
 *
 * @param histories as for `fitBuyers`, with each customer's mean `spend`
 * @throws LevainError `unequal-lengths`, `bad-history`, `bad-parameter`, `no-mean-spend`
 */
export function lifetimeValue(
  buyers: BuyerFit,
  spending: SpendFit,
  histories: Histories & { readonly spend: ArrayLike<number> },
  options: LifetimeOptions = {},
): Estimates {
  const { steps = 12, step = 4.345, discount = 0.01, margin = 1 } = options;
  checkOptions({ steps, step, discount, margin });
  const orders = discountedPurchases(buyers, histories, { steps, step, discount });
  const spend = expectedSpend(spending, histories);
  const value = orders.value.map((count, i) => margin * count * spend.value[i]!);
  const error = value.map(
    (_, i) =>
      margin * Math.hypot(orders.standardError[i]! * spend.value[i]!, orders.value[i]! * spend.standardError[i]!),
  );
  return intervalsAround(value, error, 'log', buyers.confidence);
}

/** Σ (E[X(i·step)] − E[X((i−1)·step)]) / (1 + discount)^i of each customer: today's worth of an order of 1 each time. */
function discountedPurchases(
  fit: BuyerFit,
  histories: Histories,
  { steps, step, discount }: { steps: number; step: number; discount: number },
): Estimates {
  const model = modelOf(fit.model);
  const groups = groupHistories(histories);
  const each = (parameters: Float64Array): Float64Array =>
    groups.age.map((_, g) => {
      const history = historyAt(groups, g);
      let [before, sum] = [0, 0];
      for (let i = 1; i <= steps; i++) {
        const until = model.expected(parameters, i * step, history);
        sum += (until - before) / (1 + discount) ** i;
        before = until;
      }
      return sum;
    });
  const estimates = deltaEstimates(each, parametersOf(fit), fit.covariance, 'log', fit.confidence);
  return spread(estimates, groups.groupOf);
}

function checkOptions({ steps, step, discount, margin }: Required<LifetimeOptions>): void {
  checkTime(step);
  const wrong = !(Number.isInteger(steps) && steps >= 1)
    ? `The steps ahead must be a whole number from 1 up; they are ${steps}.`
    : !(discount >= 0 && Number.isFinite(discount))
      ? `The discount a step must be 0 or more; it is ${discount}.`
      : !(margin > 0 && margin <= 1)
        ? `The margin must be above 0 and at most 1; it is ${margin}.`
        : undefined;
  if (wrong) throw new LevainError({ code: 'bad-parameter', message: wrong });
}
