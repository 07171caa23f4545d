import { binaryOutcome, checkScores, type Outcome } from '../outcome';

/** A map that never falls, straight between its knots and level beyond them. */
export interface IsotonicMap {
  readonly at: Float64Array;
  readonly values: Float64Array;
}

/**
 * Isotonic calibration: of all maps from score to probability that never fall, the one with the least squared error, by
 * pooling adjacent violators. Rows of one score count as one. It needs about a thousand rows that the model has not seen.
 *
 * Source: Zadrozny and Elkan (2002), KDD; Best and Chakravarti (1990), Mathematical Programming 47.
 *
 * @param y zeros and ones
 * @param scores one a row
 * @throws LevainError `single-class`, `not-binary`, `unequal-lengths`, `not-finite`
 * @example Array.from(isotonic([0, 1, 0, 1], [1, 2, 3, 4]).values) // => [0, 0.5, 0.5, 1]
 */
export function isotonic(y: Outcome, scores: ArrayLike<number>): IsotonicMap {
  const outcome = binaryOutcome(y);
  const given = checkScores('scores', scores, outcome.length);
  const order = Uint32Array.from(given.keys()).sort((a, b) => given[a]! - given[b]!);
  const blocks: { from: number; to: number; sum: number; rows: number }[] = [];
  for (let start = 0; start < order.length;) {
    const score = given[order[start]!]!;
    const block = { from: score, to: score, sum: 0, rows: 0 };
    for (; start < order.length && given[order[start]!] === score; start++) {
      block.sum += outcome[order[start]!]!;
      block.rows++;
    }
    blocks.push(block);
    while (blocks.length > 1 && !rises(blocks.at(-2)!, blocks.at(-1)!)) {
      const [before, last] = blocks.splice(-2);
      const { from } = before!;
      blocks.push({ from, to: last!.to, sum: before!.sum + last!.sum, rows: before!.rows + last!.rows });
    }
  }
  const knots = blocks.flatMap(({ from, to, sum, rows }) =>
    (from === to ? [from] : [from, to]).map((at) => ({ at, value: sum / rows })),
  );
  return { at: Float64Array.from(knots, ({ at }) => at), values: Float64Array.from(knots, ({ value }) => value) };
}

/**
 * Scores after an isotonic map.
 *
 * @throws LevainError `not-finite`
 * @example Array.from(isotonicProbabilities({ at: [0, 1], values: [0.2, 0.4] }, [0.5, 9])).map((p) => p.toFixed(1)) // => ['0.3', '0.4']
 */
export function isotonicProbabilities({ at, values }: IsotonicMap, scores: ArrayLike<number>): Float64Array {
  return checkScores('scores', scores, scores.length).map((score) => {
    const above = at.findIndex((knot) => knot >= score);
    if (above === 0) return values[0]!;
    if (above < 0) return values.at(-1)!;
    const share = (score - at[above - 1]!) / (at[above]! - at[above - 1]!);
    return values[above - 1]! + share * (values[above]! - values[above - 1]!);
  });
}

function rises(before: { sum: number; rows: number }, after: { sum: number; rows: number }): boolean {
  return before.sum * after.rows < after.sum * before.rows;
}
