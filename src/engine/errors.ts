import { LevainError } from '../base/problem';

/** DuckDB's error as ours. */
export function engineError(error: unknown, _text?: string): LevainError {
  const message = error instanceof Error ? error.message : String(error);
  return new LevainError({ code: 'engine', message }, { cause: error });
}
