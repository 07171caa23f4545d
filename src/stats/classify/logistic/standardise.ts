import { checkColumn, type Predictor, type Warning } from '../../regression/design';
import { LevainError } from '../../../base/problem';
import { binaryOutcome, type Outcome } from '../outcome';
import { plainBlock } from './block';
import { simdBlock } from './block-simd';
import type { LogisticProblem } from './objective';

/** A problem in standard units, and the way back. */
export interface Standardised extends LogisticProblem {
  /** Of all columns; a deviation of 0 marks a constant one, which takes no part. */
  readonly names: readonly string[];
  readonly all: readonly Float64Array[];
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** The places, among all columns, of those in `x`. */
  readonly kept: readonly number[];
  readonly warnings: readonly Warning[];
}

/**
 * Columns that stand for themselves less their mean, over their standard deviation (divisor n).
 *
 * @throws LevainError `not-binary`, `single-class`, `unequal-lengths`, `not-finite`, `overflow`, `duplicate-name`,
 * `too-few-values`
 */
export function standardised(outcome: Outcome, predictors: readonly Predictor[]): Standardised {
  const y = binaryOutcome(outcome);
  const n = y.length;
  if (predictors.length === 0) {
    throw new LevainError({ code: 'too-few-values', message: 'A logistic regression needs a predictor.' });
  }
  const names = predictors.map(({ name }) => name);
  const twice = names.find((name, j) => names.indexOf(name) !== j);
  if (twice !== undefined) {
    const message = `Two predictors are called "${twice}".`;
    throw new LevainError({ code: 'duplicate-name', message, hint: 'Give each column a name of its own.' });
  }
  const means = new Float64Array(names.length);
  const deviations = new Float64Array(names.length);
  const all = predictors.map(({ name, values }, j) => {
    checkColumn(`column "${name}"`, values, n);
    const numbers = values instanceof Float64Array ? values : Float64Array.from(values);
    [means[j], deviations[j]] = momentsOf(numbers);
    return numbers;
  });
  const kept = names.flatMap((_, j) => (deviations[j]! > 0 ? [j] : []));
  const whole = { names, all, means, deviations, y };
  const warnings = names
    .filter((_, j) => deviations[j] === 0)
    .map((name) => ({
      code: 'constant-column',
      message: `Column "${name}" is the same in every row: it says nothing and was left out.`,
    }));
  return withColumns({ ...whole, warnings }, kept);
}

/** The problem with some of its columns only. */
export function withColumns(
  problem: Pick<Standardised, 'names' | 'all' | 'means' | 'deviations' | 'y' | 'warnings'>,
  kept: readonly number[],
): Standardised {
  const { all, means, deviations, y } = problem;
  const x = {
    rows: y.length,
    columns: kept.map((j) => all[j]!),
    means: Float64Array.from(kept, (j) => means[j]!),
    deviations: Float64Array.from(kept, (j) => deviations[j]!),
  };
  return { ...problem, kept, x, block: simdBlock(kept.length) ?? plainBlock(kept.length) };
}

/** Mean and standard deviation; 0 for what is rounding alone. */
function momentsOf(values: Float64Array): [number, number] {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let [squares, size] = [0, 0];
  for (let i = 0; i < n; i++) {
    squares += (values[i]! - mean) ** 2;
    size += values[i]! ** 2;
  }
  return [mean, squares > 1e-24 * size ? Math.sqrt(squares / n) : 0];
}
