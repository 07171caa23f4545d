import { LevainError } from '../../../base/problem';
import { checkColumn, type Predictor } from '../../regression/design';

/** A linear score: log odds = intercept + Σ coefficient · column. */
export interface LinearModel {
  readonly names: readonly string[];
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** Of the rows it was fitted to: what a column is compared with when a score is explained. */
  readonly means: Float64Array;
}

/**
 * The log odds of each row.
 *
 * @param predictors columns of the names the model was fitted with, in any order
 * @throws LevainError `missing-column`, `unequal-lengths`, `not-finite`
 * @example Array.from(logOdds({ names: ['x'], intercept: 1, coefficients: [2], means: [0] }, [{ name: 'x', values: [3] }])) // => [7]
 */
export function logOdds(model: LinearModel, predictors: readonly Predictor[]): Float64Array {
  const columns = columnsFor(model, predictors);
  const scores = new Float64Array(columns[0]?.length ?? 0).fill(model.intercept);
  columns.forEach((values, j) => {
    const coefficient = model.coefficients[j]!;
    for (let i = 0; i < scores.length; i++) scores[i]! += coefficient * values[i]!;
  });
  return scores;
}

/**
 * The probability of each row, 1 / (1 + e^−η).
 *
 * @throws as {@link logOdds}
 * @example Array.from(logisticProbabilities({ names: ['x'], intercept: 0, coefficients: [2], means: [0] }, [{ name: 'x', values: [0] }])) // => [0.5]
 */
export function logisticProbabilities(model: LinearModel, predictors: readonly Predictor[]): Float64Array {
  return logOdds(model, predictors).map(sigmoid);
}

/**
 * 1 / (1 + e^−x).
 *
 * @example sigmoid(0) // => 0.5
 */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** The model's columns, in its own sequence. */
export function columnsFor(model: LinearModel, predictors: readonly Predictor[]): readonly ArrayLike<number>[] {
  const given = new Map(predictors.map(({ name, values }) => [name, values]));
  const n = predictors[0]?.values.length ?? 0;
  return model.names.map((name) => {
    const values = given.get(name);
    if (!values) {
      const message = `The model was fitted with a column "${name}", which is not among those given.`;
      throw new LevainError({ code: 'missing-column', message });
    }
    checkColumn(`column "${name}"`, values, n);
    return values;
  });
}
