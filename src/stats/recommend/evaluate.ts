import { LevainError } from '../../base/problem';
import { bootstrapInterval } from '../intervals/bootstrap';
import type { Estimate } from '../intervals/interval';
import type { Interactions } from './interactions';
import { checkWhole } from './mining-options';
import { averagePrecision, ndcg } from './ranking';
import type { Recommender } from './recommenders';
import { boughtBy, topItems } from './top';

export interface EvaluateOptions {
  /** Offers a customer, 3 when not given. */
  readonly count?: number;
  /** Whether to offer and to count what a customer had bought before; not when not given. */
  readonly again?: boolean;
  /** Of the intervals, in (0, 1); 0.9 when not given. */
  readonly confidence?: number;
  /** At least 100; 1,000 when not given. */
  readonly resamples?: number;
  readonly seed?: number;
}

/** How well a model's offers met what customers bought afterwards. Means over customers. */
export interface RankingScore {
  readonly name: string;
  /** Customers who bought at least one of their offers, as a share. */
  readonly hitRate: Estimate;
  readonly ndcg: Estimate;
  /** Mean average precision. */
  readonly map: Estimate;
  /** NDCG less that of the first model, customer by customer: surely better where its interval is above 0. */
  readonly gain: Estimate;
}

export interface Evaluation {
  readonly count: number;
  /** Customers of the models who bought something afterwards that counts. */
  readonly customers: number;
  /** Later customers whom the models had never seen, and to whom they can offer nothing. */
  readonly newCustomers: number;
  readonly scores: readonly RankingScore[];
}

/**
 * Tries models on what happened later: each offers `count` items to every customer it knows who bought afterwards, and what
 * they bought counts. Put the baseline (`popularity`) first. An item that did not exist before counts as wanted, and no
 * model can offer it.
 *
 * Intervals are percentile bootstraps over customers. They hold for customers like these in a time like this.
 *
 * @param models by name, all of the same interactions, of before the split
 * @param later the interactions of after it
 * @throws LevainError `bad-parameter`, `different-data`, `too-few-customers`
 */
export function evaluateOffers(
  models: Readonly<Record<string, Recommender>>,
  later: Interactions,
  options: EvaluateOptions = {},
): Evaluation {
  const { count = 3, again = false, confidence, resamples = 1000, seed = 1 } = options;
  checkWhole('number of offers', count);
  const before = sharedData(models);
  const { tests, newCustomers } = testsOf(before, later, again);
  if (tests.length < 2) throw tooFew(tests.length, again);
  const perModel = Object.entries(models).map(([name, model]) => {
    const scores = new Float64Array(before.items.length);
    const [hits, gains, precisions] = [tests, tests, tests].map(() => new Float64Array(tests.length));
    tests.forEach(({ row, wanted, size }, i) => {
      const relevance = topItems(model, row, count, again, scores).map((item) => (wanted.has(item) ? 1 : 0));
      hits![i] = relevance.includes(1) ? 1 : 0;
      gains![i] = ndcg(relevance, count, new Uint8Array(size).fill(1));
      precisions![i] = averagePrecision(relevance, count, size);
    });
    return { name, hits: hits!, gains: gains!, precisions: precisions! };
  });
  const meanOf = (values: Float64Array): Estimate =>
    bootstrapInterval(values.length, (drawn) => drawn.reduce((sum, i) => sum + values[i]!, 0) / drawn.length, {
      ...(confidence !== undefined && { confidence }),
      resamples,
      seed,
      method: 'percentile',
    });
  const [first] = perModel;
  return {
    count,
    customers: tests.length,
    newCustomers,
    scores: perModel.map(({ name, hits, gains, precisions }) => ({
      name,
      hitRate: meanOf(hits),
      ndcg: meanOf(gains),
      map: meanOf(precisions),
      gain: meanOf(gains.map((gain, i) => gain - first!.gains[i]!)),
    })),
  };
}

function sharedData(models: Readonly<Record<string, Recommender>>): Interactions {
  const [first, ...others] = Object.values(models);
  if (!first) throw new LevainError({ code: 'bad-parameter', message: 'There is no model to evaluate.' });
  if (others.every(({ interactions }) => interactions === first.interactions)) return first.interactions;
  throw new LevainError({
    code: 'different-data',
    message: 'The models were made of different purchases, so their scores cannot be compared.',
    hint: 'Make all of them from the same interactions.',
  });
}

interface Test {
  readonly row: number;
  /** Items they bought later, by their places before. */
  readonly wanted: ReadonlySet<number>;
  /** How many those are, with items that did not exist before. */
  readonly size: number;
}

function testsOf(before: Interactions, later: Interactions, again: boolean) {
  const placeOfRow = new Map(before.rows.map((row, place) => [row, place]));
  const placeOfItem = new Map(before.items.map((item, place) => [item, place]));
  const tests: Test[] = [];
  let newCustomers = 0;
  later.rows.forEach((key, r) => {
    const row = placeOfRow.get(key);
    if (row === undefined) {
      newCustomers++;
      return;
    }
    const known = new Set(again ? [] : boughtBy(before, row));
    const items = Array.from(boughtBy(later, r), (item) => placeOfItem.get(later.items[item]!));
    const counted = items.filter((item) => item === undefined || !known.has(item));
    const wanted = new Set(counted.filter((item) => item !== undefined));
    if (counted.length > 0) tests.push({ row, wanted, size: counted.length });
  });
  return { tests, newCustomers };
}

function tooFew(customers: number, again: boolean): LevainError {
  const what = again ? 'again' : 'something they had not bought before';
  return new LevainError({
    code: 'too-few-customers',
    message: `${customers === 0 ? 'No customer' : 'One customer'} of before the split bought ${what} after it.`,
    hint: again
      ? 'Split the orders at an earlier day.'
      : 'Split the orders earlier, or count repeats with again: true.',
  });
}
