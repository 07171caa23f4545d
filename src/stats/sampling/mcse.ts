import { standardDeviation } from '../summary/moments';
import { essMean } from './ess';
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
