import { binomialTerm } from './log-gamma';
import { tailsFrom, type Tails } from './tails';

/**
 * The regularised incomplete beta function I_x(a, b) = ∫₀ˣ t^(a−1) (1−t)^(b−1) dt / B(a, b) and 1 − I, by a continued
 * fraction on the side where it converges quickly.
 *
 * Source: DiDonato and Morris (1992), "Algorithm 708: significant digit computation of the incomplete beta function
 * ratios", ACM TOMS 18, equation 9, by the method of Lentz. The better-known fraction of Abramowitz and Stegun (26.5.8)
 * cancels where one parameter is large.
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
  const term = (binomialTerm(a, b, x, y) * a * b) / (a + b);
  return x < a / (a + b)
    ? tailsFrom('lower', term * fraction(x, y, a, b))
    : tailsFrom('upper', term * fraction(y, x, b, a));
}

/** I_x(a, b) · B(a, b) / (x^a y^b). */
function fraction(x: number, y: number, a: number, b: number): number {
  const excess = x <= 0.5 ? a - (a + b) * x : (a + b) * y - b;
  let c = Infinity;
  let d = (a + 1) / (a * (excess + 1));
  let value = d;
  for (let k = 1; ; k++) {
    const middle = a + 2 * k - 1;
    const numerator = (((a + k - 1) * (a + b + k - 1)) / (middle * middle)) * k * (b - k) * x * x;
    const denominator = k + (k * (b - k) * x) / middle + ((a + k) / (a + 2 * k + 1)) * (excess + 1 + k * (1 + y));
    d = 1 / (denominator + numerator * d || Number.MIN_VALUE);
    c = denominator + numerator / c || Number.MIN_VALUE;
    value *= c * d;
    if (Math.abs(c * d - 1) <= 2e-16 || k > 1e6) return value;
  }
}
