import { LevainError } from '../../base/problem';
import { point, positive, probability } from './arguments';
import { regularizedBeta } from './incomplete-beta';
import { invertPositive } from './invert';
import { stirlingError } from './log-gamma';
import type { Tails } from './tails';

/**
 * The density at t of Student's distribution with ν degrees of freedom.
 *
 * @param t any number
 * @param degrees ν > 0, whole or not
 * @throws LevainError `bad-parameter`
 * @example studentTDensity(0, 1).toFixed(12) === (1 / Math.PI).toFixed(12) // => true
 */
export function studentTDensity(t: number, degrees: number): number {
  check(t, degrees);
  const half = degrees / 2;
  // 1 / B(½, ν/2) by Stirling's formula, with the large terms cancelled on paper.
  const n = half + 0.5;
  const errors = stirlingError(n) - stirlingError(0.5) - stirlingError(half);
  const inverseBeta =
    (Math.exp(errors - half * Math.log1p(-0.5 / n)) * Math.sqrt(n / (Math.PI * half)) * half) / Math.sqrt(2 * n);
  return (inverseBeta * Math.exp(-(half + 0.5) * Math.log1p((t * t) / degrees))) / Math.sqrt(degrees);
}

/**
 * P(T ≤ t) for Student's distribution with ν degrees of freedom, as an incomplete beta function.
 *
 * Source: Abramowitz and Stegun (1964), 26.7.1.
 *
 * @param t any number
 * @param degrees ν > 0, whole or not
 * @throws LevainError `bad-parameter`
 * @example studentTCdf(1, 1).toFixed(12) // => '0.750000000000'
 */
export function studentTCdf(t: number, degrees: number): number {
  check(t, degrees);
  const { lower, upper } = tails(Math.abs(t), degrees);
  return t < 0 ? upper : lower;
}

/**
 * P(|T| > |t|): the two-sided p-value of a t statistic, exact however small.
 *
 * @throws LevainError `bad-parameter`
 * @example studentTTwoSided(1, 1).toFixed(12) // => '0.500000000000'
 */
export function studentTTwoSided(t: number, degrees: number): number {
  check(t, degrees);
  return 2 * tails(Math.abs(t), degrees).upper;
}

/**
 * The t with P(T ≤ t) = p.
 *
 * @param p strictly between 0 and 1
 * @param degrees ν > 0, whole or not
 * @throws LevainError `bad-parameter`
 * @example Math.round(studentTQuantile(0.975, 6) * 1e4) / 1e4 // => 2.4469
 */
export function studentTQuantile(p: number, degrees: number): number {
  probability('Student t', 'probability', p);
  check(0, degrees);
  if (p === 0 || p === 1) {
    const message = `Student's t has no finite value with probability ${p} below it: ask strictly between 0 and 1.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  if (p === 0.5) return 0;
  if (p < 0.5) return -above(p, degrees);
  return above(1 - p, degrees);
}

/** The t > 0 with probability q < ½ above it. */
function above(q: number, degrees: number): number {
  return invertPositive((t) => within(t, degrees), { lower: 1 - 2 * q, upper: 2 * q }, 1);
}

/** P(|T| ≤ t) and the rest, for finite t ≥ 0. */
function within(t: number, degrees: number): Tails {
  const square = t * t;
  return regularizedBeta(square / (degrees + square), degrees / (degrees + square), 0.5, degrees / 2);
}

/** For t ≥ 0. */
function tails(t: number, degrees: number): Tails {
  if (t === Infinity) return { lower: 1, upper: 0 };
  const upper = within(t, degrees).upper / 2;
  return { lower: 1 - upper, upper };
}

function check(t: number, degrees: number): void {
  point('Student t', t);
  positive('Student t', 'degrees of freedom', degrees);
}
