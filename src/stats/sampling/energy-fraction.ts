import { LevainError } from '../../base/problem';

/**
 * Bayesian fraction of missing information: how far the energy moves from draw to draw, against how far it varies in all,
 * Σ (E_t − E_{t−1})² / Σ (E_t − Ē)². About 1 or above in a posterior with light tails; below 0.3 the sampler reaches the
 * tails only slowly, and another parameterisation would serve.
 *
 * Source: Betancourt (2016), "Diagnosing suboptimal cotangent disintegrations in Hamiltonian Monte Carlo".
 *
 * @param energy the Hamiltonian of each draw of one chain, in order; at least 4
 * @throws LevainError `too-few-values`
 * @example energyFraction(Float64Array.of(1, 3, 1, 3)) // => 3
 */
export function energyFraction(energy: Float64Array): number {
  const n = energy.length;
  if (n < 4) {
    throw new LevainError({ code: 'too-few-values', message: `An energy fraction needs 4 draws; there are ${n}.` });
  }
  const middle = energy.reduce((sum, value) => sum + value, 0) / n;
  let moved = 0;
  let all = (energy[0]! - middle) ** 2;
  for (let t = 1; t < n; t++) {
    moved += (energy[t]! - energy[t - 1]!) ** 2;
    all += (energy[t]! - middle) ** 2;
  }
  return moved / all;
}
