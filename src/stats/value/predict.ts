import { LevainError } from '../../base/problem';
import type { Estimate } from '../intervals/interval';
import { deltaEstimates, intervalsAround, spread, type Estimates } from './estimates';
import { modelOf, parametersOf, type BuyerFit } from './fit-buyers';
import { groupHistories, historyAt, type Histories, type History } from './histories';

/**
 * P(alive): for each customer, how likely it is that they have not left for good. Intervals by the delta method, symmetric
 * in the logit; they hold the error of the parameters, not of the model.
 *
 * @throws LevainError `unequal-lengths`, `bad-history`
 */
export function aliveProbability(fit: BuyerFit, histories: Histories): Estimates {
  const model = modelOf(fit.model);
  const groups = groupHistories(histories);
  const each = (parameters: Float64Array): Float64Array =>
    groups.age.map((_, g) => model.alive(parameters, historyAt(groups, g)));
  const estimates = deltaEstimates(each, parametersOf(fit), fit.covariance, 'logit', fit.confidence);
  return spread(estimates, groups.groupOf);
}

/**
 * How many of these customers have not left for good: the sum of P(alive). The interval is where the number itself should
 * lie: the error of the parameters, and the chance in each customer, Σ P (1 − P).
 *
 * @throws LevainError as {@link aliveProbability}
 */
export function activeCustomers(fit: BuyerFit, histories: Histories): Estimate {
  const model = modelOf(fit.model);
  const groups = groupHistories(histories);
  const parameters = parametersOf(fit);
  const sumOver = (at: Float64Array, of: (alive: number) => number): number =>
    groups.customers.reduce((sum, count, g) => sum + count * of(model.alive(at, historyAt(groups, g))), 0);
  const total = (at: Float64Array): Float64Array => Float64Array.of(sumOver(at, (alive) => alive));
  const { value, standardError } = deltaEstimates(total, parameters, fit.covariance, 'log', fit.confidence);
  const chance = sumOver(parameters, (alive) => alive * (1 - alive));
  const error = Float64Array.of(Math.hypot(standardError[0]!, Math.sqrt(chance)));
  return single(intervalsAround(value, error, 'log', fit.confidence));
}

/**
 * For each customer, the mean number of purchases that customers with their history make in the next `time`. Intervals hold
 * the error of that mean; a single customer strays from it by far more.
 *
 * @param time in the unit of the histories
 * @throws LevainError `unequal-lengths`, `bad-history`, `bad-parameter`
 */
export function expectedPurchases(fit: BuyerFit, histories: Histories, time: number): Estimates {
  checkTime(time);
  const model = modelOf(fit.model);
  const groups = groupHistories(histories);
  const each = (parameters: Float64Array): Float64Array =>
    groups.age.map((_, g) => model.expected(parameters, time, historyAt(groups, g)));
  const estimates = deltaEstimates(each, parametersOf(fit), fit.covariance, 'log', fit.confidence);
  return spread(estimates, groups.groupOf);
}

/**
 * How many purchases all these customers together make in the next `time`. The interval is where the number itself should
 * lie: the error of the parameters, and the chance in what each customer does, Σ Var(X).
 *
 * @throws LevainError as {@link expectedPurchases}
 */
export function predictedTotal(fit: BuyerFit, histories: Histories, time: number): Estimate {
  checkTime(time);
  const model = modelOf(fit.model);
  const groups = groupHistories(histories);
  const parameters = parametersOf(fit);
  const sumOver = (of: (history: History) => number): number =>
    groups.customers.reduce((sum, count, g) => sum + count * of(historyAt(groups, g)), 0);
  const total = (at: Float64Array): Float64Array =>
    Float64Array.of(sumOver((history) => model.expected(at, time, history)));
  const { value, standardError } = deltaEstimates(total, parameters, fit.covariance, 'log', fit.confidence);
  const chance = sumOver(
    (history) => model.square(parameters, time, history) - model.expected(parameters, time, history) ** 2,
  );
  const error = Float64Array.of(Math.hypot(standardError[0]!, Math.sqrt(chance)));
  return single(intervalsAround(value, error, 'log', fit.confidence));
}

/**
 * The mean number of repeat purchases of a new customer by each of some times after their first.
 *
 * @param times in the unit of the histories, 0 or more
 * @throws LevainError `bad-parameter`
 */
export function expectedOfNewCustomer(fit: BuyerFit, times: ArrayLike<number>): Estimates {
  const model = modelOf(fit.model);
  const all = Float64Array.from(times);
  all.forEach(checkTime);
  const each = (parameters: Float64Array): Float64Array => all.map((time) => model.expected(parameters, time));
  return deltaEstimates(each, parametersOf(fit), fit.covariance, 'log', fit.confidence);
}

/** How many customers made 0, 1, … repeat purchases, and how many of that age the model expects; the last counts those above. */
export interface FrequencyTable {
  readonly actual: Float64Array;
  readonly expected: Float64Array;
}

/**
 * Customers by their number of repeat purchases, beside what the model expects of customers of their ages: a first look at
 * whether it fits.
 *
 * @param most the last row counts customers with this many or more
 * @throws LevainError `unequal-lengths`, `bad-history`
 */
export function frequencyTable(fit: BuyerFit, histories: Histories, most = 7): FrequencyTable {
  const model = modelOf(fit.model);
  const parameters = parametersOf(fit);
  const { frequency, age, customers, groupOf } = groupHistories(histories);
  const actual = new Float64Array(most + 1);
  const expected = new Float64Array(most + 1);
  const byAge = new Map<number, number>();
  frequency.forEach((x, g) => {
    actual[Math.min(x, most)]! += customers[g]!;
    byAge.set(age[g]!, (byAge.get(age[g]!) ?? 0) + customers[g]!);
  });
  for (const [time, count] of byAge) {
    model.counts(parameters, time, most - 1).forEach((probability, n) => (expected[n]! += count * probability));
  }
  expected[most] = groupOf.length - expected.reduce((sum, value) => sum + value, 0);
  return { actual, expected };
}

export function single({ value, standardError, lower, upper, confidence }: Estimates): Estimate {
  return { value: value[0]!, standardError: standardError[0]!, lower: lower[0]!, upper: upper[0]!, confidence };
}

export function checkTime(time: number): void {
  if (time >= 0 && Number.isFinite(time)) return;
  throw new LevainError({ code: 'bad-parameter', message: `A time to look ahead must be 0 or more; it is ${time}.` });
}
