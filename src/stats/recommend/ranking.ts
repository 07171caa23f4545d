import { LevainError } from '../../base/problem';

/**
 * Normalised discounted cumulative gain of a ranked list, cut after k places:
 *
 *     Σ_{i ≤ k} (2^relᵢ − 1) / log₂(i + 1), over the same of the best possible order
 *
 * Source: Järvelin and Kekäläinen (2002), "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20; the gain 2^rel − 1
 * of Burges et al. (2005).
 *
 * @param relevance of each place, best-ranked first; 0 for what nobody wanted, finite and at least 0
 * @param k at least 1
 * @param ideal relevance of all that was wanted, in any order, where not all of it is in the list
 * @returns 0 to 1; 0 where nothing was wanted
 * @throws LevainError `bad-parameter`
 * @example ndcg([0, 1], 2).toFixed(4) // => '0.6309'
 */
export function ndcg(relevance: ArrayLike<number>, k: number, ideal: ArrayLike<number> = relevance): number {
  checkPlaces(k);
  const best = Float64Array.from(ideal).sort().reverse();
  const most = discountedGain(best, k);
  return most > 0 ? discountedGain(relevance, k) / most : 0;
}

function discountedGain(relevance: ArrayLike<number>, k: number): number {
  let sum = 0;
  for (let i = 0; i < Math.min(k, relevance.length); i++) {
    const value = relevance[i]!;
    if (!(value >= 0 && value < Infinity)) {
      const message = `The relevance in place ${i + 1} is ${value}; it must be 0 or more.`;
      throw new LevainError({ code: 'bad-parameter', message });
    }
    sum += (2 ** value - 1) / Math.log2(i + 2);
  }
  return sum;
}

/**
 * Average precision of a ranked list, cut after k places: the mean, over the wanted items, of the share of wanted ones down to
 * each of them; what was not found counts 0.
 *
 * @param relevance of each place, best-ranked first; above 0 for what was wanted
 * @param k at least 1
 * @param wanted how many items were wanted in all; those in the list when not given. Of more than k no more than k count
 * @returns 0 to 1; 0 where nothing was wanted
 * @throws LevainError `bad-parameter`
 * @example averagePrecision([0, 1, 0, 1], 4) // => 0.5
 */
export function averagePrecision(relevance: ArrayLike<number>, k: number, wanted?: number): number {
  checkPlaces(k);
  let [found, sum] = [0, 0];
  for (let i = 0; i < Math.min(k, relevance.length); i++) {
    if (relevance[i]! > 0) sum += ++found / (i + 1);
  }
  const most = Math.min(k, wanted ?? found);
  if (wanted !== undefined && (!Number.isInteger(wanted) || wanted < found)) {
    const message = `${found} wanted items are in the list, so ${wanted} cannot be all of them.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  return most > 0 ? sum / most : 0;
}

function checkPlaces(k: number): void {
  if (Number.isInteger(k) && k >= 1) return;
  const message = `A ranking is cut after a whole number of places, at least 1; not after ${k}.`;
  throw new LevainError({ code: 'bad-parameter', message });
}
