import { normalQuantile } from '../distributions/normal';
import { pooled } from './split-chains';

/**
 * Replaces draws by the normal scores Φ⁻¹((r − ⅜) / (S + ¼)) of their ranks r among all S, equal draws sharing the mean of
 * their ranks: statistics of the scores exist even where the draws have no mean.
 *
 * Source: Vehtari et al. (2021), "Rank-normalization, folding, and localization: an improved R̂", Bayesian Analysis 16.
 */
export function rankNormalise(chains: readonly Float64Array[]): Float64Array[] {
  const all = pooled(chains);
  const order = Uint32Array.from(all.keys()).sort((i, j) => all[i]! - all[j]!);
  const scores = new Float64Array(all.length);
  for (let begin = 0; begin < order.length;) {
    let end = begin + 1;
    while (end < order.length && all[order[end]!] === all[order[begin]!]) end++;
    const rank = (begin + 1 + end) / 2;
    const score = normalQuantile((rank - 3 / 8) / (all.length + 1 / 4));
    for (let k = begin; k < end; k++) scores[order[k]!] = score;
    begin = end;
  }
  let from = 0;
  return chains.map((chain) => scores.subarray(from, (from += chain.length)));
}
