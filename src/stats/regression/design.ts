import { checkList } from '../summary/list';
import { LevainError } from '../../base/problem';
import { told } from '../../base/told';
import { fromColumns, type Matrix } from '../linear/matrix';

/** The columns that explain an outcome, by name. */
export interface Predictor {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** Something the reader should know about a result that stands nevertheless. */
export interface Warning {
  /** Kebab-case: `dependent-column`, `near-collinear`, `perfect-fit`. */
  readonly code: string;
  readonly message: string;
}

/** Outcome and predictors as numbers that are all there. */
export interface Design {
  readonly names: readonly string[];
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** The name of the constant column. */
export const INTERCEPT = '(intercept)';

/**
 * Checks an outcome and its predictors, and puts a column of ones before them.
 *
 * @throws LevainError `unequal-lengths`, `not-finite` with column and row, `duplicate-name`, `too-few-values`
 */
export function designOf(y: ArrayLike<number>, predictors: readonly Predictor[], intercept: boolean): Design {
  const n = y.length;
  if (!Array.isArray(predictors) || predictors.some((each) => typeof each?.name !== 'string' || !each.values)) {
    throw new LevainError({
      code: 'bad-parameter',
      message: 'The predictors are given as columns with their names.',
      hint: "Write [{ name: 'spend', values: [1, 2, 3] }].",
    });
  }
  checkColumn('outcome', y, n);
  const seen = new Set<string>(intercept ? [INTERCEPT] : []);
  for (const { name, values } of predictors) {
    if (seen.has(name)) {
      const message = `Two predictors are called "${name}".`;
      throw new LevainError({ code: 'duplicate-name', message, hint: 'Give each column a name of its own.' });
    }
    seen.add(name);
    checkColumn(`column "${name}"`, values, n);
  }
  if (seen.size === 0) {
    throw new LevainError({ code: 'too-few-values', message: 'A regression needs a predictor or an intercept.' });
  }
  const columns = predictors.map(({ values }) => values);
  const x = fromColumns(intercept ? [new Float64Array(n).fill(1), ...columns] : columns, n);
  return { names: [...seen], x, y: Float64Array.from(y) };
}

/** Above this, squares and their sums would overflow. */
const LARGEST = 1e140;

/** Throws for a column of another length, or the first value of it that is missing, NaN, infinite or too large. */
export function checkColumn(what: string, values: ArrayLike<number>, n: number): void {
  checkList(what, values);
  if (values.length !== n) {
    const message = `The ${what} has ${values.length} rows where the outcome has ${n}.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      const message = `The ${what} has no number in row ${i + 1}: it is ${told(value)}.`;
      throw new LevainError({ code: 'not-finite', message, hint: 'Leave out or fill rows with missing values first.' });
    }
    if (Math.abs(value) > LARGEST) {
      const message = `The ${what} has ${value} in row ${i + 1}, whose square is too large for a computer's numbers.`;
      throw new LevainError({ code: 'overflow', message, hint: 'Use a larger unit for this column.' });
    }
  }
}
