import { binomialTerm } from './log-gamma';
import { tailsFrom, type Tails } from './tails';

/**
 * The regularised incomplete beta function I_x(a, b) = ∫₀ˣ t^(a−1) (1−t)^(b−1) dt / B(a, b) and 1 − I, by a continued
 * fraction on the side where it converges quickly.
 *
 * Source: Abramowitz and Stegun (1964), 26.5.8, by the method of Lentz.
 *
 * @param x in [0, 1]
 * @param y 1 − x, given apart so that neither loses digits
 * @param a above 0
 * @param b above 0
 * @example regularizedBeta(0.25, 0.75, 1, 1).lower.toFixed(12) // => '0.250000000000'
 */
export function regularizedBeta(x: number, y: number, a: number, b: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  const term = binomialTerm(a, b, x, y) / (a + b);
  return x < (a + 1) / (a + b + 2)
    ? tailsFrom('lower', term * b * fraction(x, a, b))
    : tailsFrom('upper', term * a * fraction(y, b, a));
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || Number.MIN_VALUE);
  let value = d;
  for (let k = 1; ; k++) {
    const before = value;
    step((k * (b - k) * x) / ((a + 2 * k - 1) * (a + 2 * k)));
    step((-(a + k) * (a + b + k) * x) / ((a + 2 * k) * (a + 2 * k + 1)));
    if (Math.abs(value - before) <= 2e-16 * Math.abs(value) || k > 1e6) return value;
  }

  function step(numerator: number): void {
    d = 1 / (1 + numerator * d || Number.MIN_VALUE);
    c = 1 + numerator / c || Number.MIN_VALUE;
    value *= c * d;
  }
}
