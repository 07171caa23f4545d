import { LevainError } from '../../base/problem';
import { normalQuantile } from '../distributions/normal';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../intervals/interval';

/** How often two things were taken together, against each alone. */
export interface Association {
  /** n₁₁ / √(n₁ n₂), 0 to 1. */
  readonly cosine: number;
  /** n₁₁ / (n₁ + n₂ − n₁₁), 0 to 1. */
  readonly jaccard: number;
  /** n n₁₁ / (n₁ n₂): 1 when they have nothing to do with one another, 2 when twice as often together as by chance. */
  readonly lift: number;
  /** log₂ of the lift; −∞ where they were never taken together. */
  readonly pointwiseMutualInformation: number;
  /** G² ≥ 0: how far from chance, whatever the direction; above 3.84 chance alone does so once in 20 pairs. */
  readonly logLikelihoodRatio: number;
}

/**
 * The usual measures of two things taken together in n rows (baskets or customers), from their counts.
 *
 *     G² = 2 Σ k log(k n / (row sum · column sum)) over the four cells of the 2 × 2 table
 *
 * Cosine and Jaccard favour what is bought often, lift what is bought seldom; G² weighs how much is known. Source: Dunning
 * (1993), "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19.
 *
 * @param n rows; a and b, rows with the first and with the second, both at least 1; together, rows with both
 * @throws LevainError `bad-counts`
 * @example association(100, 20, 10, 6).lift // => 3
 */
export function association(n: number, a: number, b: number, together: number): Association {
  checkCounts(n, a, b, together);
  const lift = (n * together) / (a * b);
  return {
    cosine: together / Math.sqrt(a * b),
    jaccard: together / (a + b - together),
    lift,
    pointwiseMutualInformation: Math.log2(lift),
    logLikelihoodRatio: logLikelihoodRatio(n, a, b, together),
  };
}

function logLikelihoodRatio(n: number, a: number, b: number, together: number): number {
  const cell = (count: number, row: number, column: number): number =>
    count > 0 ? count * Math.log((count * n) / (row * column)) : 0;
  const sum =
    cell(together, a, b) +
    cell(a - together, a, n - b) +
    cell(b - together, n - a, b) +
    cell(n - a - b + together, n - a, n - b);
  return Math.max(0, 2 * sum);
}

/**
 * The lift with an interval: on its logarithm it is nearly normal, with the delta-method variance of four multinomial cells
 *
 *     Var(log lift) ≈ 1/n₁₁ − 1/n₁ − 1/n₂ − 1/n + 2 lift/n
 *
 * Source: Agresti (2013), "Categorical Data Analysis", 3rd ed., sec. 3.1 and 16.1, for the method.
 *
 * @param n rows; a and b, rows with the first and with the second; together, rows with both, at least 1
 * @param options.confidence in (0, 1), 0.9 when not given
 * @throws LevainError `bad-counts`, `bad-parameter`
 * @example liftInterval(1000, 200, 100, 60).lower.toFixed(2) // => '2.62'
 */
export function liftInterval(
  n: number,
  a: number,
  b: number,
  together: number,
  options: { confidence?: number } = {},
): Estimate {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  checkCounts(n, a, b, together);
  if (together === 0) {
    const message = 'Two things that were never taken together have a lift of 0, of which no interval can be told.';
    throw new LevainError({ code: 'bad-counts', message });
  }
  const value = (n * together) / (a * b);
  // Where each always comes with the other in every row, rounding could fall below 0.
  const deviation = Math.sqrt(Math.max(0, 1 / together - 1 / a - 1 / b - 1 / n + (2 * value) / n));
  const reach = normalQuantile((1 + confidence) / 2) * deviation;
  return {
    value,
    standardError: value * deviation,
    lower: value * Math.exp(-reach),
    upper: value * Math.exp(reach),
    confidence,
  };
}

function checkCounts(n: number, a: number, b: number, together: number): void {
  const whole = [n, a, b, together].every((count) => Number.isInteger(count) && count >= 0);
  if (whole && a > 0 && b > 0 && together <= Math.min(a, b) && a + b - together <= n) return;
  throw new LevainError({
    code: 'bad-counts',
    message: `Of ${n} rows, ${a} with one and ${b} with the other cannot have ${together} with both.`,
    hint: 'Counts are whole numbers of baskets or customers, not of pieces.',
  });
}
