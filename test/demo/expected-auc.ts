/**
 * The area under ROC to expect of scores when each row happens with its own chance, independently: pairs counted by the
 * chance that one of them happens and the other does not.
 */
export function expectedAuc(scores: readonly number[], chances: readonly number[]): number {
  let [right, all] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    for (let j = 0; j < scores.length; j++) {
      if (i === j) continue;
      const weight = chances[i]! * (1 - chances[j]!);
      all += weight;
      right += weight * (scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0);
    }
  }
  return right / all;
}
