import { number, probability } from './arguments';

/**
 * The standard normal distribution function, Φ(z) = P(Z ≤ z), to 15 decimals.
 *
 * Source: Hart (1968), algorithm 5666, as given by West (2005), "Better approximations to cumulative normal functions",
 * Wilmott Magazine.
 *
 * @param z any number
 * @example normalCdf(0) // => 0.5
 */
export function normalCdf(z: number): number {
  number('normal', z);
  const x = Math.abs(z);
  const tail = x > 38 ? 0 : x < 7.07106781186547 ? Math.exp((-x * x) / 2) * ratio(x, BODY_P, BODY_Q) : farTail(x);
  return z > 0 ? 1 - tail : tail;
}

/**
 * The z with Φ(z) = p: the standard normal quantile, to 15 decimals.
 *
 * Source: Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37.
 *
 * @param p in [0, 1]; 0 gives −∞ and 1 gives ∞
 * @throws LevainError `bad-parameter`
 * @example normalQuantile(0.5) // => 0
 */
export function normalQuantile(p: number): number {
  probability('normal', 'probability', p);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return q * ratio(r, A, B);
  }
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? ratio(r - 1.6, C, D) : ratio(r - 5, E, F);
  return q < 0 ? -z : z;
}

/**
 * The standard normal density, e^(−z²/2) / √(2π).
 *
 * @param z any number
 * @example normalDensity(0).toFixed(12) // => '0.398942280401'
 */
export function normalDensity(z: number): number {
  number('normal', z);
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** P(x) / Q(x) with coefficients from the highest power down. */
function ratio(x: number, p: readonly number[], q: readonly number[]): number {
  const horner = (sum: number, coefficient: number): number => sum * x + coefficient;
  return p.reduce(horner, 0) / q.reduce(horner, 0);
}

/** The continued fraction of the tail, for x above 7. */
function farTail(x: number): number {
  const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
  return Math.exp((-x * x) / 2) / fraction / 2.506628274631;
}

const BODY_P = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
];
const BODY_Q = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];

const A = [
  2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
  1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608,
];
const B = [
  5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4,
  5.3941960214247511077e3, 6.871870074920579083e2, 4.2313330701600911252e1, 1,
];
const C = [
  7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
];
const D = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
  6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1,
];
const E = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2,
  2.9656057182850489123e-1, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
];
const F = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  1.48753612908506148525e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1,
];
