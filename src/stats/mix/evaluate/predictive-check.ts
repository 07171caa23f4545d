import type { MixDraws, MixModel } from '../model';
import { drawTable } from '../results/draws';
import { fittedDraws, withNoise } from '../results/fitted';

/** How often data drawn from the fitted model show as much of something as the real data do. */
export interface PredictiveCheck {
  readonly name: 'highest row' | 'lowest row' | 'spread' | 'following residuals';
  /** P(T(replicated) ≥ T(actual)); below 0.05 or above 0.95 the model does not make such data. */
  readonly p: number;
}

/**
 * Posterior predictive p-values: in each draw an outcome is replicated from the model and compared with the real one by
 * its highest and lowest row, its standard deviation, and the lag-1 autocorrelation of the residuals under that draw.
 *
 * Source: Gelman, Meng and Stern (1996), "Posterior predictive assessment of model fitness", Statistica Sinica 6.
 *
 * @param options.seed of the replicated noise, 1 when not given
 * @throws LevainError `too-few-values`, `unknown-parameter`
 */
export function predictiveChecks(
  model: MixModel,
  draws: MixDraws,
  options: { readonly seed?: number } = {},
): PredictiveCheck[] {
  const table = drawTable(model, draws);
  const n = model.outcome.length;
  const means = fittedDraws(model, table);
  const replicated = withNoise(means, model, table, options.seed ?? 1);
  const actual = model.outcome.map((value) => value * model.outcomeScale);
  const outcomes = [highest, lowest, spread];
  const real = outcomes.map((statistic) => statistic(actual));
  const counts = new Float64Array(outcomes.length + 1);
  for (let d = 0; d < table.count; d++) {
    const mean = means.subarray(d * n, (d + 1) * n);
    const made = replicated.subarray(d * n, (d + 1) * n);
    outcomes.forEach((statistic, s) => (counts[s]! += statistic(made) >= real[s]! ? 1 : 0));
    const following = autocorrelation(difference(made, mean)) >= autocorrelation(difference(actual, mean));
    counts[outcomes.length]! += following ? 1 : 0;
  }
  const names = ['highest row', 'lowest row', 'spread', 'following residuals'] as const;
  return names.map((name, s) => ({ name, p: counts[s]! / table.count }));
}

function highest(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

function lowest(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function spread(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function autocorrelation(errors: Float64Array): number {
  let [product, squares] = [0, 0];
  for (let t = 0; t < errors.length; t++) {
    squares += errors[t]! ** 2;
    if (t > 0) product += errors[t]! * errors[t - 1]!;
  }
  return squares > 0 ? product / squares : 0;
}

function difference(values: Float64Array, from: Float64Array): Float64Array {
  return values.map((value, t) => value - from[t]!);
}
