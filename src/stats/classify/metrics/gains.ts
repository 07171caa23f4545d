import { LevainError } from '../../../base/problem';
import { proportionInterval } from '../../intervals/proportion';
import { binaryOutcome, checkScores, type Outcome } from '../outcome';
import { ranking } from './ranking';

/** One part of the rows, from the highest scores down. */
export interface GainsRow {
  /** 1 for the highest scores. */
  readonly part: number;
  readonly rows: number;
  readonly positives: number;
  /** The least score of the part. */
  readonly threshold: number;
  /** The share of ones, with Wilson's interval. */
  readonly response: number;
  readonly lower: number;
  readonly upper: number;
  /** Response over that of all rows. */
  readonly lift: number;
  /** Of all rows, the share in this part and those before it. */
  readonly share: number;
  /** Of all ones, the share in this part and those before it, with Wilson's interval. */
  readonly captured: number;
  readonly capturedLower: number;
  readonly capturedUpper: number;
}

/**
 * Gains and lift: the rows from the highest score down in equal parts (the first take what is left over), and what each
 * part holds.
 *
 * @param options.parts how many, 10 when not given
 * @param options.confidence in (0, 1), 0.9 when not given
 * @throws LevainError `single-class`, `not-binary`, `unequal-lengths`, `not-finite`, `bad-parameter`
 * @example gainsTable([1, 0, 1, 0], [0.9, 0.2, 0.8, 0.1], { parts: 2 })[0].lift // => 2
 */
export function gainsTable(
  y: Outcome,
  scores: ArrayLike<number>,
  options: { parts?: number; confidence?: number } = {},
): GainsRow[] {
  const { parts = 10, confidence = 0.9 } = options;
  const outcome = binaryOutcome(y);
  const n = outcome.length;
  const given = checkScores('scores', scores, n);
  if (!(Number.isInteger(parts) && parts >= 1 && parts <= n)) {
    const message = `The ${n} rows cannot be divided into ${parts} parts.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const order = ranking(given);
  const all = outcome.reduce((sum, value) => sum + value, 0);
  let [start, found] = [0, 0];
  return Array.from({ length: parts }, (_, at) => {
    const rows = Math.floor(n / parts) + Number(at < n % parts);
    let positives = 0;
    for (let k = start; k < start + rows; k++) positives += outcome[order[k]!]!;
    start += rows;
    found += positives;
    const response = proportionInterval(positives, rows, { confidence });
    const captured = proportionInterval(found, all, { confidence });
    return {
      part: at + 1,
      rows,
      positives,
      threshold: given[order[start - 1]!]!,
      response: response.value,
      lower: response.lower,
      upper: response.upper,
      lift: (response.value * n) / all,
      share: start / n,
      captured: captured.value,
      capturedLower: captured.lower,
      capturedUpper: captured.upper,
    };
  });
}
