import { positive } from './arguments';

const HALF_LOG_TAU = 0.9189385332046727;

/**
 * log Γ(x), to about 15 significant digits (absolute where it passes 0, at 1 and 2).
 *
 * By Stirling's formula with {@link stirlingError}.
 *
 * @param x above 0
 * @throws LevainError `bad-parameter`
 * @example Math.exp(logGamma(5)).toFixed(9) // => '24.000000000'
 */
export function logGamma(x: number): number {
  positive('log-gamma', 'argument', x);
  // log Γ(x) = log Γ(x + 1) − log x
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TAU + stirlingError(x);
}

/**
 * What Stirling's formula lacks: log Γ(x + 1) − [(x + ½) log x − x + ½ log 2π], for x > 0.
 *
 * By its series from 16 up; below, by δ(x) = δ(x + 1) + (x + ½) log(1 + 1/x) − 1. Source: Loader (2000), "Fast and
 * accurate computation of binomial probabilities".
 *
 * @example stirlingError(1).toFixed(12) // => '0.081061466795'
 */
export function stirlingError(x: number): number {
  let shifted = 0;
  for (; x < 16; x++) shifted += (x + 0.5) * Math.log1p(1 / x) - 1;
  const s = 1 / (x * x);
  return shifted + (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188) * s) * s) * s) * s) / x;
}

/**
 * x log(x / m) + m − x without loss where x is near m: how unlikely x is where m is expected.
 *
 * Source: Loader (2000), as {@link stirlingError}.
 *
 * @example devianceTerm(3, 3) // => 0
 */
export function devianceTerm(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let power = 2 * x * v;
  for (let k = 3; ; k += 2) {
    power *= v * v;
    const next = sum + power / k;
    if (next === sum) return sum;
    sum = next;
  }
}

/**
 * m^x e^−m / Γ(x + 1): the Poisson probability of x, for any x ≥ 0.
 *
 * @example poissonTerm(0, 1) === Math.exp(-1) // => true
 */
export function poissonTerm(x: number, m: number): number {
  if (m === 0) return x === 0 ? 1 : 0;
  if (x === 0) return Math.exp(-m);
  return Math.exp(-stirlingError(x) - devianceTerm(x, m)) / Math.sqrt(2 * Math.PI * x);
}

/**
 * Γ(n + 1) / (Γ(x + 1) Γ(n − x + 1)) · p^x q^(n − x): the binomial probability of x, for any 0 ≤ x ≤ n.
 *
 * @param y n − x
 * @param q 1 − p, given apart so that neither loses digits
 * @example binomialTerm(1, 1, 0.5, 0.5).toFixed(12) // => '0.500000000000'
 */
export function binomialTerm(x: number, y: number, p: number, q: number): number {
  if (p === 0) return x === 0 ? 1 : 0;
  if (q === 0) return y === 0 ? 1 : 0;
  const n = x + y;
  if (n === 0) return 1;
  if (x === 0) return Math.exp(p < 0.1 ? -devianceTerm(n, n * q) - n * p : n * Math.log(q));
  if (y === 0) return Math.exp(q < 0.1 ? -devianceTerm(n, n * p) - n * q : n * Math.log(p));
  const log = stirlingError(n) - stirlingError(x) - stirlingError(y) - devianceTerm(x, n * p) - devianceTerm(y, n * q);
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * x * y));
}
