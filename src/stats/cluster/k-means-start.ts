import { LevainError } from '../../base/problem';
import type { Random } from '../../base/random';
import { squaredDistance } from './distance';
import type { Points } from './lloyd';

/**
 * k centres for Lloyd's iteration to begin at, by greedy k-means++: each next centre is drawn among the points with
 * probability in proportion to the squared distance to the nearest centre so far; of 2 + ⌊ln k⌋ candidates, the one that
 * lowers the sum of squares most is taken.
 *
 * Source: Arthur and Vassilvitskii (2007), "k-means++: the advantages of careful seeding", SODA; the greedy choice as in
 * their remark and in scikit-learn.
 *
 * @throws LevainError `too-few-rows` when fewer than k points differ
 */
export function plusPlusCenters({ values, n, d }: Points, k: number, random: Random): Float64Array {
  const centers = new Float64Array(k * d);
  const nearest = new Float64Array(n).fill(Infinity);
  const trials = 2 + Math.floor(Math.log(k));
  let candidates = [random.integer(n)];
  for (let c = 0; c < k; c++) {
    let best = { total: Infinity, at: 0, nearest };
    for (const at of candidates) {
      const after = new Float64Array(n);
      let total = 0;
      for (let i = 0; i < n; i++) {
        const distance = squaredDistance(values, i * d, values, at * d, d);
        total += after[i] = distance < nearest[i]! ? distance : nearest[i]!;
      }
      if (total < best.total) best = { total, at, nearest: after };
    }
    centers.set(values.subarray(best.at * d, (best.at + 1) * d), c * d);
    nearest.set(best.nearest);
    if (c + 1 === k) break;
    if (best.total === 0) throw tooFewPoints(c + 1, k);
    candidates = Array.from({ length: trials }, () => drawn(nearest, random.uniform() * best.total));
  }
  return centers;
}

/** The first point at which the running sum passes a level. */
function drawn(weights: Float64Array, level: number): number {
  let sum = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! === 0) continue;
    sum += weights[i]!;
    last = i;
    if (sum > level) break;
  }
  return last;
}

function tooFewPoints(different: number, k: number): LevainError {
  return new LevainError({
    code: 'too-few-rows',
    message: `Only ${different} rows differ from each other, so there are no ${k} clusters.`,
    hint: `Ask for at most ${different} clusters, or add columns that tell customers apart.`,
  });
}
