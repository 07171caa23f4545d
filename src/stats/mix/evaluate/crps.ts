import { LevainError } from '../../../base/problem';

/**
 * The continuous ranked probability score of a forecast given by draws,
 *
 *     CRPS = (1/d) Σ|x_i − y| − (1/2d²) Σ Σ|x_i − x_j|
 *
 * in the unit of y: 0 is perfect, and for a single draw it is the absolute error. The double sum is taken in sorted order.
 *
 * Source: Gneiting and Raftery (2007), "Strictly proper scoring rules, prediction, and estimation", JASA 102, section 4.2.
 *
 * @param draws d ≥ 1 finite numbers; not changed
 * @param observed y
 * @throws LevainError `too-few-values`
 * @example crps([1, 3], 2) // => 0.5
 */
export function crps(draws: ArrayLike<number>, observed: number): number {
  const d = draws.length;
  if (d === 0) throw new LevainError({ code: 'too-few-values', message: 'A forecast needs at least one draw.' });
  const sorted = Float64Array.from(draws).sort();
  let distance = 0;
  let spread = 0;
  for (let i = 0; i < d; i++) {
    distance += Math.abs(sorted[i]! - observed);
    spread += (2 * i - d + 1) * sorted[i]!;
  }
  return distance / d - spread / (d * d);
}
