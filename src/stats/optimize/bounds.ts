import { LevainError } from '../../base/problem';

/** Checks that there are as many bounds as variables, in order, and none NaN. Infinite ones are none. */
export function checkBounds(lower: ArrayLike<number>, upper: ArrayLike<number>, variables: number): void {
  if (lower.length !== variables || upper.length !== variables) {
    const message = `${variables} variables need as many bounds; there are ${lower.length} lower and ${upper.length} upper ones.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  for (let i = 0; i < variables; i++) {
    if (lower[i]! <= upper[i]! && lower[i]! < Infinity && upper[i]! > -Infinity) continue;
    const message = `The bounds of variable ${i + 1} are ${lower[i]} and ${upper[i]}: the lower must not be above the upper.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
}
