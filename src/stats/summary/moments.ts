import { LevainError } from '../../base/problem';
import { told } from '../../base/told';
import { checkList } from './list';

/**
 * The arithmetic mean, x̄ = (1/n) Σ xᵢ, by Welford's update, which keeps its digits where the plain sum of large
 * numbers loses them.
 *
 * Source: Welford (1962), "Note on a method for calculating corrected sums of squares and products", Technometrics 4(3).
 *
 * @param values n ≥ 1 finite numbers
 * @returns the mean, in the unit of the values
 * @throws LevainError `too-few-values` when there is none, `not-finite` when one is NaN or infinite
 * @example mean([2, 4, 9]) // => 5
 */
export function mean(values: ArrayLike<number>): number {
  return moments(values, 1, 'mean').mean;
}

/**
 * The sample variance, s² = Σ (xᵢ − x̄)² / (n − 1), by Welford's update.
 *
 * Source: Welford (1962), as {@link mean}; the divisor n − 1 is that of R's `var` and of `numpy.var(ddof=1)`.
 *
 * @param values n ≥ 2 finite numbers
 * @returns the variance, in the squared unit of the values
 * @throws LevainError `too-few-values` when there are fewer than two, `not-finite` when one is NaN or infinite
 * @example variance([2, 4, 9]) // => 13
 */
export function variance(values: ArrayLike<number>): number {
  const { squares, n } = moments(values, 2, 'variance');
  return squares / (n - 1);
}

/**
 * The sample standard deviation, s = √s² with {@link variance}.
 *
 * @param values n ≥ 2 finite numbers
 * @throws LevainError as {@link variance}
 * @example standardDeviation([1, 3, 5]) // => 2
 */
export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values));
}

function moments(values: ArrayLike<number>, atLeast: number, what: string) {
  checkList(`values of a ${what}`, values);
  const n = values.length;
  if (n < atLeast) {
    const needed = atLeast === 1 ? 'at least one value' : `at least ${atLeast} values`;
    throw new LevainError({
      code: 'too-few-values',
      message: `A ${what} needs ${needed}; there ${n === 1 ? 'is 1' : `are ${n}`}.`,
    });
  }
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) throw notFinite(what, i, value);
    const before = value - mean;
    mean += before / (i + 1);
    squares += before * (value - mean);
  }
  return { mean, squares, n };
}

const isWritten = (value: unknown): boolean => typeof value === 'string' || typeof value === 'bigint';

/** The error for a value that is missing, NaN or infinite: which one, and what to do. */
export function notFinite(what: string, index: number, value: unknown): LevainError {
  return new LevainError({
    code: 'not-finite',
    message: `The ${what} needs numbers; value ${index + 1} is ${told(value)}.`,
    hint: isWritten(value) ? 'Make numbers of them first: Number(x).' : 'Leave out or fill missing values first.',
  });
}
