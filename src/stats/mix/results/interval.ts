import { type Estimate } from '../../intervals/interval';
import { quantileOfSorted } from '../../summary/quantile';

/** An estimate for each row: the posterior mean and an interval. */
export interface Band {
  readonly mean: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The posterior of one number as an estimate: `value` its mean, `standardError` its standard deviation, `lower` and
 * `upper` the quantiles that hold `confidence` of the draws between them.
 *
 * @param draws d ≥ 1 finite numbers; not changed
 * @example posteriorEstimate(Float64Array.of(1, 2, 3), 0.5).value // => 2
 */
export function posteriorEstimate(draws: Float64Array, confidence: number): Estimate {
  const value = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const squares = draws.reduce((sum, draw) => sum + (draw - value) ** 2, 0);
  const sorted = draws.slice().sort();
  return {
    value,
    standardError: Math.sqrt(squares / Math.max(1, draws.length - 1)),
    lower: quantileOfSorted(sorted, (1 - confidence) / 2),
    upper: quantileOfSorted(sorted, (1 + confidence) / 2),
    confidence,
  };
}

/**
 * A posterior mean and interval for each of n rows.
 *
 * @param draws d · n numbers, draw after draw
 */
export function bandOf(draws: Float64Array, n: number, confidence: number): Band {
  const count = draws.length / n;
  const [mean, lower, upper] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const row = new Float64Array(count);
  for (let t = 0; t < n; t++) {
    let sum = 0;
    for (let d = 0; d < count; d++) {
      row[d] = draws[d * n + t]!;
      sum += row[d]!;
    }
    row.sort();
    mean[t] = sum / count;
    lower[t] = quantileOfSorted(row, (1 - confidence) / 2);
    upper[t] = quantileOfSorted(row, (1 + confidence) / 2);
  }
  return { mean, lower, upper };
}
