import { LevainError } from '../../base/problem';
import { seededRandom } from '../../base/random';
import { normalCdf, normalQuantile } from '../distributions/normal';
import { standardDeviation } from '../summary/moments';
import { quantileOfSorted } from '../summary/quantile';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from './interval';

export interface BootstrapOptions {
  /** In (0, 1), 0.9 when not given. */
  readonly confidence?: number;
  /** How many samples are drawn, at least 100; 2,000 when not given. */
  readonly resamples?: number;
  /** The same seed gives the same interval. */
  readonly seed?: number;
  /** `percentile`, or `bca` (when not given), which corrects for bias and skew. */
  readonly method?: 'percentile' | 'bca';
}

/**
 * An interval for any statistic of n independent units, by drawing units again with replacement.
 *
 * Percentile: the quantiles α/2 and 1 − α/2 of the redrawn statistics θ*. BCa moves these to
 *
 *     Φ( z₀ + (z₀ + z_α) / (1 − a (z₀ + z_α)) ),   z₀ = Φ⁻¹( share of θ* below θ̂ ),   a = Σ dᵢ³ / (6 (Σ dᵢ²)^1.5)
 *
 * with dᵢ the mean of the leave-one-out statistics less the i-th. Source: Efron (1987), "Better bootstrap confidence
 * intervals", JASA 82; Efron and Tibshirani (1993), "An Introduction to the Bootstrap", ch. 14.
 *
 * @param n units, at least 2
 * @param statistic from the indices of the units taken (with repeats) to a finite number; called resamples + n + 1 times,
 * and must not keep the array
 * @throws LevainError `too-few-values`, `bad-parameter`, `not-finite` when the statistic gives no number
 * @example bootstrapInterval(3, () => 7).value // => 7
 */
export function bootstrapInterval(
  n: number,
  statistic: (indices: Uint32Array) => number,
  options: BootstrapOptions = {},
): Estimate {
  const { confidence = DEFAULT_CONFIDENCE, resamples = 2000, seed = 1, method = 'bca' } = options;
  checkConfidence(confidence);
  if (!Number.isInteger(n) || n < 2) {
    throw new LevainError({ code: 'too-few-values', message: `A bootstrap needs at least two units; there are ${n}.` });
  }
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `A bootstrap needs at least 100 resamples; it was given ${resamples}.`,
    });
  }
  const evaluate = checked(statistic);
  const value = evaluate(Uint32Array.from({ length: n }, (_, i) => i));
  const redrawn = redraw(n, evaluate, resamples, seed);
  const standardError = standardDeviation(redrawn);
  const sorted = redrawn.sort();
  const tails = [(1 - confidence) / 2, (1 + confidence) / 2];
  const [low, high] = method === 'bca' ? corrected(tails, sorted, value, n, evaluate) : tails;
  return {
    value,
    standardError,
    lower: quantileOfSorted(sorted, low!),
    upper: quantileOfSorted(sorted, high!),
    confidence,
  };
}

function redraw(n: number, evaluate: (indices: Uint32Array) => number, resamples: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const indices = new Uint32Array(n);
  return Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < n; i++) indices[i] = random.integer(n);
    return evaluate(indices);
  });
}

/** The tail probabilities of BCa. */
function corrected(
  tails: readonly number[],
  sorted: Float64Array,
  value: number,
  n: number,
  evaluate: (indices: Uint32Array) => number,
): readonly number[] {
  // Ties count half: a statistic of whole numbers would otherwise look biased.
  const below = sorted.reduce((count, redrawn) => count + (redrawn < value ? 1 : redrawn === value ? 0.5 : 0), 0);
  const share = Math.min(1 - 0.5 / sorted.length, Math.max(0.5 / sorted.length, below / sorted.length));
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(n, evaluate);
  return tails.map((tail) => {
    const shifted = bias + normalQuantile(tail);
    return normalCdf(bias + shifted / (1 - acceleration * shifted));
  });
}

function accelerationOf(n: number, evaluate: (indices: Uint32Array) => number): number {
  const left = Float64Array.from({ length: n }, (_, out) =>
    evaluate(Uint32Array.from({ length: n - 1 }, (_, i) => (i < out ? i : i + 1))),
  );
  const centre = left.reduce((sum, value) => sum + value, 0) / n;
  const squares = left.reduce((sum, value) => sum + (centre - value) ** 2, 0);
  const cubes = left.reduce((sum, value) => sum + (centre - value) ** 3, 0);
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

function checked(statistic: (indices: Uint32Array) => number): (indices: Uint32Array) => number {
  return (indices) => {
    const value = statistic(indices);
    if (Number.isFinite(value)) return value;
    throw new LevainError({
      code: 'not-finite',
      message: `The statistic of a resample is ${value}.`,
      hint: 'A resample can hold one unit many times; make sure that the statistic has a value even then.',
    });
  };
}
