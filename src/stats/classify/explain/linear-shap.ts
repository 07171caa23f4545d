import type { Predictor } from '../../regression/design';
import { columnsFor, type LinearModel } from '../logistic/model';
import type { Contributions } from './contributions';

/**
 * What each column adds to a linear score, against the average row that the model was fitted to:
 *
 *     φᵢⱼ = βⱼ (xᵢⱼ − x̄ⱼ),   base = β₀ + Σ βⱼ x̄ⱼ
 *
 * These are the Shapley values of the score for columns that are independent. Source: Lundberg and Lee (2017), "A unified
 * approach to interpreting model predictions", NIPS 30, section 4.1.
 *
 * @param predictors columns of the names the model was fitted with
 * @returns contributions in log odds
 * @throws LevainError `missing-column`, `unequal-lengths`, `not-finite`
 * @example linearShap({ names: ['x'], intercept: 1, coefficients: [2], means: [3] }, [{ name: 'x', values: [4] }]).values[0] // => 2
 */
export function linearShap(model: LinearModel, predictors: readonly Predictor[]): Contributions {
  const columns = columnsFor(model, predictors);
  const width = columns.length;
  const rows = columns[0]?.length ?? 0;
  const values = new Float64Array(rows * width);
  let base = model.intercept;
  columns.forEach((column, j) => {
    const [coefficient, mean] = [model.coefficients[j]!, model.means[j]!];
    base += coefficient * mean;
    for (let i = 0; i < rows; i++) values[i * width + j] = coefficient * (column[i]! - mean);
  });
  return { names: model.names, base, rows, values };
}
