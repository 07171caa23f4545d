import { LevainError } from '../../base/problem';
import { told } from '../../base/told';

/** Checks that a distribution's parameter is a positive, finite number. */
export function positive(distribution: string, name: string, value: number): void {
  if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return;
  throw new LevainError({
    code: 'bad-parameter',
    message: `The ${name} of a ${distribution} distribution must be above 0; it is ${told(value)}.`,
  });
}

/** Checks that a distribution's parameter is a probability. */
export function probability(distribution: string, name: string, value: number): void {
  if (typeof value === 'number' && value >= 0 && value <= 1) return;
  throw new LevainError({
    code: 'bad-parameter',
    message: `The ${name} of a ${distribution} distribution must be between 0 and 1; it is ${told(value)}.`,
  });
}

/** Checks that where a distribution is asked for is a number and no text, list or nothing, which would pass for one. */
export function number(distribution: string, x: unknown): void {
  if (typeof x === 'number') return;
  throw new LevainError({
    code: 'bad-parameter',
    message: `A ${distribution} distribution is asked for at a number; here it is ${told(x)}.`,
  });
}

/** Checks that the point where a distribution is asked for is a number; infinite ones are allowed. */
export function point(distribution: string, x: number): void {
  number(distribution, x);
  if (!Number.isNaN(x)) return;
  throw new LevainError({ code: 'bad-parameter', message: `A ${distribution} distribution has no value at NaN.` });
}

/** Checks that a distribution's parameter is a whole number from 0 up. */
export function count(distribution: string, name: string, value: number): void {
  if (Number.isInteger(value) && value >= 0) return;
  throw new LevainError({
    code: 'bad-parameter',
    message: `The ${name} of a ${distribution} distribution must be a whole number from 0 up; it is ${told(value)}.`,
  });
}
