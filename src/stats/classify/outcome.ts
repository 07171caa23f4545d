import { LevainError } from '../../base/problem';

/** Who did it (1 or true) and who did not (0 or false), a row each. */
export type Outcome = ArrayLike<number | boolean>;

/**
 * An outcome as zeros and ones.
 *
 * @throws LevainError `not-binary` with the row, `single-class`, `too-few-values`
 * @example Array.from(binaryOutcome([true, false])) // => [1, 0]
 */
export function binaryOutcome(y: Outcome): Float64Array {
  const n = y.length;
  const values = new Float64Array(n);
  let positives = 0;
  for (let i = 0; i < n; i++) {
    const value = Number(y[i]);
    if (y[i] === null || (value !== 0 && value !== 1)) {
      throw new LevainError({
        code: 'not-binary',
        message: `The outcome must be 0 or 1 (or false or true) in every row; in row ${i + 1} it is ${String(y[i])}.`,
        hint: "Write the outcome as a condition, for example `(churned = 'yes')::INTEGER`.",
      });
    }
    values[i] = value;
    positives += value;
  }
  if (n < 2) {
    const message = `A classifier needs rows of both kinds; there ${n === 1 ? 'is 1 row' : 'are 0 rows'}.`;
    throw new LevainError({ code: 'too-few-values', message });
  }
  if (positives === 0 || positives === n) {
    throw new LevainError({
      code: 'single-class',
      message: `The outcome is ${positives === 0 ? 0 : 1} in all ${n} rows: there is nothing to tell apart.`,
      hint: 'Look at how the outcome is defined: the window after the cut-off may be empty.',
    });
  }
  return values;
}

/** Throws unless there is a finite score for each row of the outcome. */
export function checkScores(what: string, scores: ArrayLike<number>, n: number): Float64Array {
  if (scores.length !== n) {
    const message = `There are ${scores.length} ${what} for ${n} outcomes.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  // Null is no score, and would be 0.
  const values = Float64Array.from(scores, (score) => (typeof score === 'number' ? score : NaN));
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return values;
  throw new LevainError({ code: 'not-finite', message: `There is no number among the ${what} in row ${at + 1}.` });
}

/** As {@link checkScores}, for probabilities: each from 0 to 1. */
export function checkProbabilities(scores: ArrayLike<number>, n: number): Float64Array {
  const values = checkScores('probabilities', scores, n);
  const at = values.findIndex((value) => value < 0 || value > 1);
  if (at < 0) return values;
  throw new LevainError({
    code: 'bad-parameter',
    message: `The probability in row ${at + 1} is ${values[at]}; it must be from 0 to 1.`,
    hint: 'Give probabilities, not scores: calibrate them first.',
  });
}
