import { LevainError } from '../../base/problem';
import { mean, variance } from '../summary/moments';
import { quantile } from '../summary/quantile';
import { rankNormalise } from './rank-normalise';
import { mapChains, pooled, splitChains } from './split-chains';

/**
 * Bulk effective sample size: how many independent draws would tell the middle of the distribution as well, from the
 * rank-normalised draws. Some 100 a chain are wanted.
 *
 * Source of this file: Vehtari et al. (2021), "Rank-normalization, folding, and localization: an improved R̂", Bayesian
 * Analysis 16; the R package posterior (`ess_bulk`, `ess_tail`, `ess_mean`).
 *
 * @param chains draws of one quantity, one array a chain; at least 8 draws each, equally many
 * @throws LevainError `too-few-values`, `unequal-lengths`, `not-finite`, `constant-draws`
 * @example essBulk([Float64Array.of(1, 3, 2, 4, 1, 3, 2, 4), Float64Array.of(2, 1, 4, 3, 2, 1, 4, 3)]) > 8 // => true
 */
export function essBulk(chains: readonly Float64Array[]): number {
  return effectiveSize(rankNormalise(splitChains(chains)));
}

/** Tail effective sample size: the smaller of those of the 5 % and the 95 % quantile. As {@link essBulk} otherwise. */
export function essTail(chains: readonly Float64Array[]): number {
  return Math.min(essQuantile(chains, 0.05), essQuantile(chains, 0.95));
}

/** Effective sample size for the p-quantile. As {@link essBulk} otherwise. */
export function essQuantile(chains: readonly Float64Array[], p: number): number {
  const split = splitChains(chains);
  const cut = quantile(pooled(chains), p);
  return effectiveSize(mapChains(split, (value) => Number(value <= cut)));
}

/** Effective sample size for the mean. As {@link essBulk} otherwise. */
export function essMean(chains: readonly Float64Array[]): number {
  return effectiveSize(splitChains(chains));
}

/** S/τ, τ the autocorrelation time by Geyer's initial monotone sequence of sums of two neighbouring autocorrelations. */
function effectiveSize(chains: readonly Float64Array[]): number {
  const n = chains[0]!.length;
  const total = n * chains.length;
  const means = chains.map((chain) => mean(chain));
  const within = mean(chains.map((chain) => variance(chain)));
  if (within === 0 || n < 4) {
    throw within === 0
      ? new LevainError({ code: 'constant-draws', message: 'The draws do not vary: they have no effective number.' })
      : new LevainError({ code: 'too-few-values', message: 'An effective number of draws needs 8 draws a chain.' });
  }
  const all = (within * (n - 1)) / n + (chains.length > 1 ? variance(means) : 0);
  const correlation = (lag: number): number => 1 - (within - autocovariance(chains, means, lag)) / all;

  const rho = [1, correlation(1)];
  let last = 0;
  let [even, odd] = [1, rho[1]!];
  while (last < n - 5 && even + odd > 0) {
    last += 2;
    [even, odd] = [correlation(last), correlation(last + 1)];
    rho.push(...(even + odd >= 0 ? [even, odd] : [0, 0]));
  }
  if (even > 0) rho[last] = even;
  for (let t = 2; t <= last - 2; t += 2) {
    const before = rho[t - 2]! + rho[t - 1]!;
    if (rho[t]! + rho[t + 1]! > before) rho[t] = rho[t + 1] = before / 2;
  }
  let time = -1 + rho[last]!;
  for (let t = 0; t < last; t++) time += 2 * rho[t]!;
  return total / Math.max(time, 1 / Math.log10(total));
}

/** Mean over the chains of Σ (x_t − x̄)(x_{t+lag} − x̄) / n. */
function autocovariance(chains: readonly Float64Array[], means: readonly number[], lag: number): number {
  let sum = 0;
  chains.forEach((chain, c) => {
    const center = means[c]!;
    for (let t = lag; t < chain.length; t++) sum += (chain[t]! - center) * (chain[t - lag]! - center);
  });
  return sum / chains[0]!.length / chains.length;
}
