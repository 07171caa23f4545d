import { LevainError } from '../../base/problem';

/** An estimate with what is known about its error. `lower` and `upper` hold the truth in `confidence` of such samples. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  /** In (0, 1), for example 0.9. */
  readonly confidence: number;
}

/** The confidence when none is asked for. */
export const DEFAULT_CONFIDENCE = 0.9;

export function checkConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw new LevainError({
    code: 'bad-parameter',
    message: `The confidence must be between 0 and 1; it is ${confidence}.`,
    hint: 'Write 0.9 for 90 %.',
  });
}
