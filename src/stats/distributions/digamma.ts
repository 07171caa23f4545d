import { positive } from './arguments';

/**
 * The digamma function ψ(x) = d log Γ(x) / dx, to about 14 digits: its asymptotic series from 12 up, and
 * ψ(x) = ψ(x + 1) − 1/x below.
 *
 * Source: Abramowitz and Stegun (1964), 6.3.5 and 6.3.18.
 *
 * @param x above 0
 * @throws LevainError `bad-parameter`
 * @example digamma(1).toFixed(12) // => '-0.577215664902'
 */
export function digamma(x: number): number {
  positive('digamma', 'argument', x);
  let below = 0;
  for (; x < 12; x++) below += 1 / x;
  const s = 1 / (x * x);
  const series = (1 / 12 - (1 / 120 - (1 / 252 - (1 / 240 - (1 / 132 - (691 / 32760) * s) * s) * s) * s) * s) * s;
  return Math.log(x) - 1 / (2 * x) - series - below;
}
