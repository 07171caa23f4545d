import { LevainError } from '../../base/problem';
import type { Matrix } from './matrix';

/** Throws `not-finite` for the first element that is NaN or infinite, with its row and column from 1. */
export function checkFinite(what: string, a: Matrix): void {
  const at = a.values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const [row, column] = [(at % a.rows) + 1, Math.floor(at / a.rows) + 1];
  throw new LevainError({
    code: 'not-finite',
    message: `The ${what} needs numbers; row ${row} of column ${column} is ${a.values[at]}.`,
    hint: 'Leave out or fill missing values first.',
  });
}

/** Throws `bad-shape` for a matrix that is not square. */
export function checkSquare(what: string, a: Matrix): void {
  if (a.rows === a.columns) return;
  const message = `The ${what} needs a square matrix; this one is ${a.rows} × ${a.columns}.`;
  throw new LevainError({ code: 'bad-shape', message });
}

/** Throws `bad-shape` where a vector does not fit a matrix. */
export function checkLength(what: string, length: number, expected: number): void {
  if (length === expected) return;
  const message = `The ${what} needs ${expected} values; there are ${length}.`;
  throw new LevainError({ code: 'bad-shape', message });
}
