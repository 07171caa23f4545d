import { scoresAlong, type LogisticProblem } from './objective';

/**
 * The columns by which a direction separates the outcome: along it the likelihood rises for ever, so that coefficients
 * have no finite estimate. A direction d separates when no row lies on the wrong side of it, (2yᵢ − 1)(d₀ + xᵢᵀd) ≥ 0,
 * and some on the right. Empty when it does not.
 *
 * Source: Albert and Anderson (1984), "On the existence of maximum likelihood estimates in logistic regression models",
 * Biometrika 71.
 *
 * @param direction the last of Newton's steps, which turns into such a direction where there is one
 */
export function separatingColumns(problem: LogisticProblem, direction: Float64Array): readonly number[] {
  const { x, y } = problem;
  const along = scoresAlong(problem, direction);
  let [least, most] = [Infinity, 0];
  for (let i = 0; i < x.rows; i++) {
    const side = (2 * y[i]! - 1) * along[i]!;
    least = Math.min(least, side);
    most = Math.max(most, Math.abs(side));
  }
  // Away from separation the last step is next to nothing; along it, each adds about 1 to the log odds.
  if (most < 0.3 || least < -1e-3 * most) return [];
  const size = direction.reduce((largest, value, j) => (j > 0 ? Math.max(largest, Math.abs(value)) : largest), 0);
  return x.columns.map((_, j) => j).filter((j) => Math.abs(direction[j + 1]!) > 0.05 * size);
}
