import { LevainError } from '../../../base/problem';

/**
 * Pareto fronts of two errors, both the smaller the better: front 1 are the points that no other beats in both, front 2
 * those that are left without front 1, and so on. Of points that are equal in the second error only the one with the
 * smaller first error counts as unbeaten, as in Robyn's `pareto_front`.
 *
 * @param first n finite numbers
 * @param second n finite numbers, in the same order
 * @param fronts how many to number; points beyond get 0. All when not given
 * @returns the number of each point's front, from 1
 * @throws LevainError `unequal-lengths`, `not-finite`
 * @example Array.from(paretoFronts([1, 2, 3], [3, 1, 2])) // => [1, 1, 2]
 */
export function paretoFronts(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  fronts: number = Infinity,
): Uint32Array {
  if (first.length !== second.length) {
    const message = `There are ${first.length} first and ${second.length} second errors: each point needs both.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  for (let i = 0; i < first.length; i++) {
    if (Number.isFinite(first[i]!) && Number.isFinite(second[i]!)) continue;
    const message = `The errors of point ${i + 1} are ${first[i]} and ${second[i]}; both must be numbers.`;
    throw new LevainError({ code: 'not-finite', message });
  }
  const front = new Uint32Array(first.length);
  let left = Array.from(front.keys()).sort((a, b) => first[a]! - first[b]! || second[a]! - second[b]!);
  for (let number = 1; left.length > 0 && number <= fronts; number++) {
    let least = Infinity;
    const beaten: number[] = [];
    for (const i of left) {
      if (second[i]! < least) {
        least = second[i]!;
        front[i] = number;
      } else beaten.push(i);
    }
    left = beaten;
  }
  return front;
}
