/**
 * Something that went wrong, as a plain value: it crosses threads, is stored with a cell's state, and is shown to the
 * reader. `message` says what happened; `hint` says what to do about it, when there is a usual answer.
 */
export interface Problem {
  /** A stable, kebab-case name of the kind of problem, for tests and for hints: `unknown-column`, `cycle`, `cancelled`. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** 1-based position in the source of the cell or file that the problem is about. */
  readonly line?: number;
  readonly column?: number;
  /** What the problem is about: a file, a cell, a table, the SQL. */
  readonly subject?: string;
}

/** The one error class of the house: a {@link Problem} that can be thrown. */
export class LevainError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.message, options);
    this.name = 'LevainError';
    this.problem = problem;
  }
}

/** Anything caught, as a {@link Problem}. Errors that are not ours get the code `unexpected`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof LevainError) return error.problem;
  const carried = (error as { problem?: Problem } | null)?.problem;
  if (carried && typeof carried.message === 'string' && typeof carried.code === 'string') return carried;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message };
}
