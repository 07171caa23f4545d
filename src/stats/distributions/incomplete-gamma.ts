import { poissonTerm } from './log-gamma';
import { tailsFrom, type Tails } from './tails';

/**
 * The regularised incomplete gamma functions P(a, x) = ∫₀ˣ t^(a−1) e^−t dt / Γ(a) and Q = 1 − P: a series below the mean,
 * a continued fraction above it.
 *
 * Source: Abramowitz and Stegun (1964), 6.5.29 and 6.5.31, the fraction by the method of Lentz.
 *
 * @param a above 0
 * @param x 0 or more
 * @example regularizedGamma(1, 2).upper.toFixed(12) === Math.exp(-2).toFixed(12) // => true
 */
export function regularizedGamma(a: number, x: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const term = poissonTerm(a, x);
  return x < a + 1 ? tailsFrom('lower', term * series(a, x)) : tailsFrom('upper', term * a * fraction(a, x));
}

function series(a: number, x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let k = 1; ; k++) {
    const numerator = k * (a - k);
    b += 2;
    d = 1 / (b + numerator * d || Number.MIN_VALUE);
    c = b + numerator / c || Number.MIN_VALUE;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 2e-16 || k > 1e6) return value;
  }
}
