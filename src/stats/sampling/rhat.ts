import { LevainError } from '../../base/problem';
import { quantile } from '../summary/quantile';
import { mean, variance } from '../summary/moments';
import { rankNormalise } from './rank-normalise';
import { mapChains, pooled, splitChains } from './split-chains';

/**
 * Rank-normalised split R̂: how much wider all chains together are than each alone; the greater of that of the draws and
 * that of their distances from the median. Near 1 when the chains agree; above 1.01 they have not mixed.
 *
 * Source: Vehtari et al. (2021), "Rank-normalization, folding, and localization: an improved R̂", Bayesian Analysis 16;
 * the R package posterior (`rhat`).
 *
 * @param chains draws of one quantity, one array a chain; at least 4 draws each, equally many
 * @returns a number ≥ about 1
 * @throws LevainError `too-few-values`, `unequal-lengths`, `not-finite`, `constant-draws`
 * @example rhat([Float64Array.of(1, 2, 3, 4), Float64Array.of(11, 12, 13, 14)]) > 1.5 // => true
 */
export function rhat(chains: readonly Float64Array[]): number {
  const split = splitChains(chains);
  const middle = quantile(pooled(chains), 0.5);
  const folded = mapChains(split, (value) => Math.abs(value - middle));
  return Math.max(potentialScale(rankNormalise(split)), potentialScale(rankNormalise(folded)));
}

/** √((B/W + n − 1)/n) with B and W the variances between and within chains. */
function potentialScale(chains: readonly Float64Array[]): number {
  const n = chains[0]!.length;
  const between = n * variance(chains.map((chain) => mean(chain)));
  const within = mean(chains.map((chain) => variance(chain)));
  if (within === 0) {
    throw new LevainError({ code: 'constant-draws', message: 'The draws do not vary: R̂ has nothing to compare.' });
  }
  return Math.sqrt((between / within + n - 1) / n);
}
