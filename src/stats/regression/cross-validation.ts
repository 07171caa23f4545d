import { LevainError } from '../../base/problem';
import { checkColumn, type Predictor } from './design';
import { elasticNet, elasticNetValues, type ElasticNetOptions, type ElasticNetPath } from './elastic-net';

export interface CrossValidation {
  readonly path: ElasticNetPath;
  readonly lambdas: Float64Array;
  /** The mean squared error of rows that were left out, for each penalty. */
  readonly error: Float64Array;
  /** Its standard error over rows, which takes them as independent. */
  readonly standardError: Float64Array;
  /** The place in `lambdas` of the least error. */
  readonly best: number;
  /** The place of the largest penalty whose error is within one standard error of the least. */
  readonly withinOne: number;
  /** For each row, its prediction by the fit of the best penalty that had not seen it. */
  readonly predictions: Float64Array;
}

/**
 * Cross-validation of an elastic net over contiguous blocks of rows, as time series need: neighbouring rows resemble each
 * other, and a random fold would be predicted from them. As `cv.glmnet` with these folds and `grouped = FALSE`.
 *
 * @param options.folds how many blocks, of ⌈n / folds⌉ rows each and the last of the rest; or a fold number for each row
 * @throws LevainError `bad-parameter`, and as `elasticNet`
 * @example crossValidate([1, 2, 3, 4, 5, 6], [{ name: 'x', values: [1, 2, 3, 4, 5, 6] }], { folds: 2, lambdas: [1, 0] }).best // => 1
 */
export function crossValidate(
  y: ArrayLike<number>,
  predictors: readonly Predictor[],
  options: ElasticNetOptions & { folds?: number | ArrayLike<number> } = {},
): CrossValidation {
  const { folds = 10, ...net } = options;
  const n = y.length;
  const path = elasticNet(y, predictors, net);
  const lambdas = Float64Array.from(path.fits, ({ lambda }) => lambda);
  const fold = foldOf(folds, n);
  const held = lambdas.length ? Array.from(lambdas, () => new Float64Array(n)) : [];
  for (const id of new Set(fold)) {
    const [train, test] = [rowsWhere(fold, (other) => other !== id), rowsWhere(fold, (other) => other === id)];
    const at = (rows: readonly number[]): Predictor[] =>
      predictors.map(({ name, values }) => ({ name, values: rows.map((i) => values[i]!) }));
    const outside = elasticNet(
      train.map((i) => y[i]!),
      at(train),
      { ...net, lambdas },
    );
    outside.fits.forEach((fit, k) => {
      elasticNetValues(fit, at(test)).forEach((value, row) => (held[k]![test[row]!] = value));
    });
  }
  const error = Float64Array.from(
    held,
    (values) => values.reduce((sum, value, i) => sum + (y[i]! - value) ** 2, 0) / n,
  );
  const standardError = Float64Array.from(held, (values, k) => {
    const spread = values.reduce((sum, value, i) => sum + ((y[i]! - value) ** 2 - error[k]!) ** 2, 0) / n;
    return Math.sqrt(spread / (n - 1));
  });
  const best = error.indexOf(error.reduce((least, value) => Math.min(least, value)));
  const withinOne = error.findIndex((value) => value <= error[best]! + standardError[best]!);
  return { path, lambdas, error, standardError, best, withinOne, predictions: held[best]! };
}

function foldOf(folds: number | ArrayLike<number>, n: number): readonly number[] {
  if (typeof folds !== 'number') {
    checkColumn('column of folds', folds, n);
    const ids = Array.from(folds);
    if (new Set(ids).size > 1) return ids;
  } else if (Number.isInteger(folds) && folds >= 2 && folds <= n / 2) {
    const size = Math.ceil(n / folds);
    return Array.from({ length: n }, (_, i) => Math.floor(i / size));
  }
  const message = `Cross-validation needs between 2 and ${Math.floor(n / 2)} folds of ${n} rows; it was given ${typeof folds === 'number' ? folds : 'one'}.`;
  throw new LevainError({ code: 'bad-parameter', message });
}

function rowsWhere(fold: readonly number[], test: (id: number) => boolean): number[] {
  return fold.flatMap((id, i) => (test(id) ? [i] : []));
}
