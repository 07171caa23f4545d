/** Rows from the highest score down; of equal scores, in their own sequence. */
export function ranking(scores: Float64Array): Uint32Array {
  const order = Uint32Array.from(scores, (_, i) => i);
  return order.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** Of a score and all above it: how many rows of each kind there are. */
export interface Step {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** The counts after each distinct score, from the highest down. */
export function stepsOf(order: Uint32Array, y: Float64Array, scores: Float64Array): Step[] {
  const steps: Step[] = [];
  let [truePositives, falsePositives] = [0, 0];
  order.forEach((row, at) => {
    truePositives += y[row]!;
    falsePositives += 1 - y[row]!;
    const isLastOfTies = at === order.length - 1 || scores[order[at + 1]!] !== scores[row];
    if (isLastOfTies) steps.push({ threshold: scores[row]!, truePositives, falsePositives });
  });
  return steps;
}
