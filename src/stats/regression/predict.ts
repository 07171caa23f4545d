import { LevainError } from '../../base/problem';
import { studentTQuantile } from '../distributions/student-t';
import { dot, gemv } from '../linear/blas';
import { checkColumn, INTERCEPT, type Predictor } from './design';
import type { OlsFit } from './ols';

/**
 * Predictions of a fit for new rows, with an interval for their mean and one for a new observation of weight 1.
 *
 * @param fit from {@link ols}
 * @param predictors the columns of the fit, by name, for the new rows
 * @throws LevainError `unknown-column`, `unequal-lengths`, `not-finite`
 * @example predict({ coefficients: [{ name: 'x', estimate: 3 }], covariance: { rows: 1, columns: 1, values: [0] }, variance: 1, confidence: 0.9, degreesOfFreedom: 5 }, [{ name: 'x', values: [4] }])[0].value // => 12
 */
export function predict(fit: OlsFit, predictors: readonly Predictor[]): Prediction[] {
  const n = predictors[0]?.values.length ?? 1;
  const columns = fit.coefficients.map(({ name }) => {
    if (fit.intercept && name === INTERCEPT) return new Float64Array(n).fill(1);
    const found = predictors.find((predictor) => predictor.name === name);
    if (!found) {
      const message = `The prediction needs column "${name}", which the fit was made with.`;
      throw new LevainError({ code: 'unknown-column', message });
    }
    checkColumn(`column "${name}"`, found.values, n);
    return found.values;
  });
  const reach = studentTQuantile((1 + fit.confidence) / 2, fit.degreesOfFreedom);
  return Array.from({ length: n }, (_, i) => {
    const row = Float64Array.from(columns, (values) => values[i]!);
    const value = row.reduce((sum, x, k) => sum + x * fit.coefficients[k]!.estimate, 0);
    const standardError = Math.sqrt(Math.max(0, dot(row, gemv(fit.covariance, row))));
    const wide = Math.hypot(standardError, Math.sqrt(fit.variance));
    return {
      value,
      standardError,
      mean: { lower: value - reach * standardError, upper: value + reach * standardError },
      observation: { lower: value - reach * wide, upper: value + reach * wide },
    };
  });
}

export interface Prediction {
  readonly value: number;
  /** Of the mean at these values, not of a new observation. */
  readonly standardError: number;
  readonly mean: { readonly lower: number; readonly upper: number };
  readonly observation: { readonly lower: number; readonly upper: number };
}
