import { LevainError } from '../../base/problem';
import { chiSquaredSurvival } from '../distributions/chi-squared';
import { symmetricEigen } from '../linear/eigen';
import { zeros, type Matrix } from '../linear/matrix';
import { checkObserved, timeOrder, type Observed } from './observed';

export interface LogRankGroup {
  readonly group: string;
  readonly n: number;
  readonly observed: number;
  /** Events there would be if all groups left alike. */
  readonly expected: number;
}

export interface LogRank {
  readonly groups: readonly LogRankGroup[];
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/**
 * The log-rank test of whether groups leave alike: at each time with events these are shared out over the groups in
 * proportion to those at risk, and observed less expected is held against its hypergeometric variance; χ² with one degree
 * of freedom fewer than groups. It sees differences that keep their sign; curves that cross may pass unseen. Where all end
 * at one time nothing can differ: χ² is 0 without a degree of freedom, and p is 1.
 *
 * Source: Mantel (1966); Peto and Peto (1972), JRSS A 135. As R's `survdiff`.
 *
 * @param groups the group of each row
 * @throws LevainError `unequal-lengths`, `no-rows`, `bad-time`, `bad-event`, `too-few-groups`, `no-events`
 * @example logRank({ time: [1, 2, 3, 4], event: [1, 1, 1, 1] }, ['a', 'a', 'b', 'b']).statistic.toFixed(4) // => '2.8824'
 */
export function logRank(observed: Observed, groups: ArrayLike<string | number | boolean>): LogRank {
  checkObserved(observed);
  const { time, event } = observed;
  if (groups.length !== time.length) {
    throw new LevainError({
      code: 'unequal-lengths',
      message: `There are ${time.length} times and ${groups.length} groups: one of each a row is needed.`,
    });
  }
  const labels = Array.from(groups, String);
  const names = [...new Set(labels)].sort();
  if (names.length < 2) {
    throw new LevainError({
      code: 'too-few-groups',
      message: `There is one group only (${names[0]}): a test compares two or more.`,
    });
  }
  const place = labels.map((label) => names.indexOf(label));
  const k = names.length;
  const atRisk = new Float64Array(k);
  for (const g of place) atRisk[g]!++;
  const sizes = atRisk.slice();
  const [seen, expected] = [new Float64Array(k), new Float64Array(k)];
  const variance = zeros(k, k);
  const order = timeOrder(time);
  for (let from = 0; from < order.length;) {
    const until = endOfTie(order, time, from);
    const total = order.length - from;
    const tied = order.slice(from, until);
    const d = tied.filter((i) => event[i]).length;
    if (d > 0) {
      const spread = total > 1 ? (d * (total - d)) / (total - 1) : 0;
      for (let g = 0; g < k; g++) {
        const share = atRisk[g]! / total;
        expected[g]! += d * share;
        for (let h = 0; h < k; h++) {
          variance.values[h * k + g]! += spread * share * ((g === h ? 1 : 0) - atRisk[h]! / total);
        }
      }
    }
    for (const i of tied) {
      if (event[i]) seen[place[i]!]!++;
      atRisk[place[i]!]!--;
    }
    from = until;
  }
  if (expected.filter((events) => events > 0).length < 2) {
    throw new LevainError({
      code: 'no-events',
      message: 'Fewer than two groups had anyone at risk when something ended: there is nothing to compare.',
      hint: 'Follow them for longer.',
    });
  }
  const excess = seen.map((count, g) => count - expected[g]!);
  const { statistic, degreesOfFreedom } = quadraticForm(excess, variance);
  return {
    groups: names.map((group, g) => ({ group, n: sizes[g]!, observed: seen[g]!, expected: expected[g]! })),
    statistic,
    degreesOfFreedom,
    p: degreesOfFreedom > 0 ? chiSquaredSurvival(statistic, degreesOfFreedom) : 1,
  };
}

/** Where the rows of the same time as that at `from` end. */
export function endOfTie(order: readonly number[], time: ArrayLike<number>, from: number): number {
  let until = from + 1;
  while (until < order.length && time[order[until]!] === time[order[from]!]) until++;
  return until;
}

/**
 * (O − E)ᵀ V⁺ (O − E) with the pseudo-inverse, and the rank of V: one less than there are groups, for they add up to 0, and
 * less where groups were never at risk together or everything ended at once.
 */
function quadraticForm(excess: Float64Array, variance: Matrix): Pick<LogRank, 'statistic' | 'degreesOfFreedom'> {
  const { values, vectors } = symmetricEigen(variance);
  const told = values.filter((value) => value > 1e-10 * values[0]! && value > 0);
  const statistic = told.reduce((sum, value, j) => {
    const along = excess.reduce((total, x, i) => total + x * vectors.values[j * excess.length + i]!, 0);
    return sum + along ** 2 / value;
  }, 0);
  return { statistic, degreesOfFreedom: told.length };
}
