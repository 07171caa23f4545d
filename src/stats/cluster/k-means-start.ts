import { LevainError } from '../../base/problem';
import type { Random } from '../../base/random';
import type { Matrix } from '../linear/matrix';
import { BLOCK, distancesTo } from './nearest';

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
export function plusPlusCenters(data: Matrix, k: number, random: Random): Float64Array {
  const { rows: n, columns: d, values } = data;
  const centers = new Float64Array(k * d);
  const nearest = new Float64Array(n).fill(Infinity);
  const rowOf = (i: number): Float64Array => Float64Array.from({ length: d }, (_, j) => values[j * n + i]!);
  const trials = 2 + Math.floor(Math.log(k));
  const distance = new Float64Array(BLOCK);
  let candidates = [random.integer(n)];
  for (let c = 0; c < k; c++) {
    let best = { total: Infinity, at: 0, nearest };
    for (const at of candidates) {
      const after = new Float64Array(n);
      const center = rowOf(at);
      let total = 0;
      for (let begin = 0; begin < n; begin += BLOCK) {
        const size = Math.min(BLOCK, n - begin);
        distancesTo(data, begin, size, center, 0, distance);
        for (let i = 0; i < size; i++) total += after[begin + i] = Math.min(distance[i]!, nearest[begin + i]!);
      }
      if (total < best.total) best = { total, at, nearest: after };
    }
    centers.set(rowOf(best.at), c * d);
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
