import { betaQuantile } from '../distributions/beta';
import { standardDeviation } from '../summary/moments';
import { essMean, essQuantile } from './ess';
import { pooled } from './split-chains';

/**
 * Monte-Carlo standard error of a posterior mean: sd/√ESS, what another run of the sampler would change in it.
 *
 * Source: Vehtari et al. (2021), "Rank-normalization, folding, and localization: an improved R̂", Bayesian Analysis 16;
 * the R package posterior (`mcse_mean`).
 *
 * @param chains draws of one quantity, one array a chain; at least 8 draws each, equally many
 * @returns in the unit of the draws
 * @throws LevainError `too-few-values`, `unequal-lengths`, `not-finite`, `constant-draws`
 * @example mcseMean([Float64Array.of(1, 3, 2, 4, 1, 3, 2, 4), Float64Array.of(2, 1, 4, 3, 2, 1, 4, 3)]) < 1 // => true
 */
export function mcseMean(chains: readonly Float64Array[]): number {
  const effective = essMean(chains);
  return standardDeviation(pooled(chains)) / Math.sqrt(effective);
}

/**
 * Monte-Carlo standard error of a posterior quantile: half the distance between the draws that stand where a beta
 * distribution with the quantile's effective sample size has its 16 % and 84 % points. As {@link mcseMean} otherwise.
 *
 * @param p in (0, 1)
 */
export function mcseQuantile(chains: readonly Float64Array[], p: number): number {
  const effective = essQuantile(chains, p);
  const sorted = pooled(chains).sort();
  const [low, high] = [0.1586553, 0.8413447].map((tail) =>
    betaQuantile(tail, effective * p + 1, effective * (1 - p) + 1),
  );
  const first = sorted[Math.max(Math.floor(low! * sorted.length), 1) - 1]!;
  const last = sorted[Math.min(Math.ceil(high! * sorted.length), sorted.length) - 1]!;
  return (last - first) / 2;
}
