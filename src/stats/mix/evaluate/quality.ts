import { LevainError } from '../../../base/problem';
import type { ChannelReturn } from '../results/returns';

/** How near fitted values come to actual ones. */
export interface FitQuality {
  /** 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; undefined where y is constant. */
  readonly r2: number | undefined;
  /** √(mean (y − ŷ)²), in the unit of y. */
  readonly rmse: number;
  /** RMSE divided by the range of y, as Robyn's; undefined where y is constant. */
  readonly nrmse: number | undefined;
  /** Mean |y − ŷ| / |y| over the rows where y is not 0; undefined where there is none. */
  readonly mape: number | undefined;
  /** Σ(e_t − e_{t−1})² / Σe²: about 2 where residuals do not follow each other, below where they do. */
  readonly durbinWatson: number | undefined;
}

/**
 * R², RMSE, NRMSE, MAPE and the Durbin-Watson statistic.
 *
 * @param actual n ≥ 2 numbers
 * @param fitted as many
 * @throws LevainError `unequal-lengths`, `too-few-values`
 * @example fitQuality([1, 2, 3], [1, 2, 4]).r2 // => 0.5
 */
export function fitQuality(actual: ArrayLike<number>, fitted: ArrayLike<number>): FitQuality {
  const n = actual.length;
  if (fitted.length !== n) {
    const message = `There are ${n} actual values and ${fitted.length} fitted ones.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  if (n < 2) throw new LevainError({ code: 'too-few-values', message: 'A fit is judged from at least 2 rows.' });
  const y = Float64Array.from(actual);
  const errors = y.map((value, t) => value - fitted[t]!);
  const squares = sumOfSquares(errors);
  const mean = y.reduce((sum, value) => sum + value, 0) / n;
  const around = sumOfSquares(y.map((value) => value - mean));
  const range = y.reduce((a, b) => Math.max(a, b), -Infinity) - y.reduce((a, b) => Math.min(a, b), Infinity);
  const rmse = Math.sqrt(squares / n);
  const relative = Array.from(errors, (error, t) => Math.abs(error / y[t]!)).filter((_, t) => y[t] !== 0);
  const steps = errors.subarray(1).map((error, t) => error - errors[t]!);
  return {
    r2: around > 0 ? 1 - squares / around : undefined,
    rmse,
    nrmse: range > 0 ? rmse / range : undefined,
    mape: relative.length > 0 ? relative.reduce((sum, value) => sum + value, 0) / relative.length : undefined,
    durbinWatson: squares > 0 ? sumOfSquares(steps) / squares : undefined,
  };
}

/**
 * DECOMP.RSSD of Robyn: √Σ(effect share − spend share)² over the channels with spend. It is shown because others show it;
 * it measures how far the answer is from today's spend, not how good it is.
 *
 * @example decompRssd([]) // => 0
 */
export function decompRssd(returns: readonly Pick<ChannelReturn, 'effectShare' | 'spendShare'>[]): number {
  const distances = returns.flatMap(({ effectShare, spendShare }) =>
    effectShare ? [effectShare.value - spendShare] : [],
  );
  return Math.sqrt(sumOfSquares(distances));
}

function sumOfSquares(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}
