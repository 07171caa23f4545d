import { LevainError } from '../../../base/problem';
import { binaryOutcome, checkProbabilities, type Outcome } from '../outcome';
import { ranking, stepsOf } from './ranking';
import { resampled, type Resampled, type ResampleOptions } from './resample';

export interface ProfitTerms {
  /** What a contacted one brings: for example margin kept times the share whom the offer keeps. */
  readonly benefit: number;
  /** What each contact costs. */
  readonly cost: number;
}

export interface ProfitThreshold {
  /** Contact rows of this probability or more; Infinity when contacting nobody is best. */
  readonly threshold: number;
  /** Cost over benefit: the threshold that would be best if the probabilities were exactly right. */
  readonly breakEven: number;
  /** How many of the rows are contacted, and the share. */
  readonly contacted: number;
  readonly share: number;
  /** What the threshold earns on these rows, in the unit of benefit and cost. */
  readonly profit: Resampled;
  /** Contacting everybody instead. */
  readonly everybody: Resampled;
  /** By how much the threshold beats contacting everybody. */
  readonly gain: Resampled;
  /** Profit by the number contacted, from nobody to everybody. */
  readonly curve: readonly { readonly threshold: number; readonly contacted: number; readonly profit: number }[];
}

/**
 * The threshold that earns most, when each contact costs `cost` and each contacted one brings `benefit`:
 *
 *     profit(t) = benefit · #{p ≥ t, y = 1} − cost · #{p ≥ t}
 *
 * The interval of its profit is from resamples of rows at the threshold found. Choosing and judging a threshold on the same
 * rows flatters it a little: judge it on rows that came later by {@link profitAt}.
 *
 * @param y zeros and ones
 * @param probabilities one a row
 * @param terms both above 0, in one currency
 * @throws LevainError `bad-parameter`, `single-class`, `not-binary`, `unequal-lengths`, `not-finite`
 * @example profitThreshold([1, 0, 1, 0], [0.9, 0.2, 0.8, 0.1], { benefit: 10, cost: 2 }).threshold // => 0.8
 */
export function profitThreshold(
  y: Outcome,
  probabilities: ArrayLike<number>,
  terms: ProfitTerms,
  options: ResampleOptions = {},
): ProfitThreshold {
  checkTerms(terms);
  const { benefit, cost } = terms;
  const outcome = binaryOutcome(y);
  const p = checkProbabilities(probabilities, outcome.length);
  const curve = [
    { threshold: Infinity, contacted: 0, profit: 0 },
    ...stepsOf(ranking(p), outcome, p).map(({ threshold, truePositives, falsePositives }) => {
      const contacted = truePositives + falsePositives;
      return { threshold, contacted, profit: benefit * truePositives - cost * contacted };
    }),
  ];
  const best = curve.reduce((most, point) => (point.profit > most.profit ? point : most));
  return {
    threshold: best.threshold,
    breakEven: cost / benefit,
    contacted: best.contacted,
    share: best.contacted / outcome.length,
    ...profitAt(outcome, p, best.threshold, terms, options),
    curve,
  };
}

/**
 * What a threshold earns on given rows, beside contacting everybody.
 *
 * @throws as {@link profitThreshold}
 * @example profitAt([1, 0, 1, 0], [0.9, 0.2, 0.8, 0.1], 0.5, { benefit: 10, cost: 2 }).profit.value // => 16
 */
export function profitAt(
  y: Outcome,
  probabilities: ArrayLike<number>,
  threshold: number,
  terms: ProfitTerms,
  options: ResampleOptions = {},
): Pick<ProfitThreshold, 'profit' | 'everybody' | 'gain'> {
  checkTerms(terms);
  const outcome = binaryOutcome(y);
  const p = checkProbabilities(probabilities, outcome.length);
  const each = outcome.map((value) => terms.benefit * value - terms.cost);
  return resampled<'profit' | 'everybody' | 'gain'>(
    outcome.length,
    (counts) => {
      let [profit, everybody] = [0, 0];
      for (let i = 0; i < each.length; i++) {
        const earned = counts[i]! * each[i]!;
        everybody += earned;
        if (p[i]! >= threshold) profit += earned;
      }
      return { profit, everybody, gain: profit - everybody };
    },
    options,
  );
}

function checkTerms(terms: ProfitTerms): void {
  for (const name of ['benefit', 'cost'] as const) {
    const value = terms[name];
    if (value > 0 && value < Infinity) continue;
    throw new LevainError({
      code: 'bad-parameter',
      message: `The ${name} of a contact must be above 0; it is ${value}.`,
    });
  }
}
