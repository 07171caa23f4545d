import { binomialTerm, logGamma } from '../distributions/log-gamma';

/**
 * E[X] or E[X²] of the purchases X in a time t of a customer who is there at its beginning, buys at a rate λ ~ Gamma(r, α),
 * and leaves after each purchase with probability p ~ Beta(a, b):
 *
 *     E[X] = Σ_N P(N) Σ_{n=1}^N B(a, b+n−1) / B(a, b),     N ~ negative binomial (r, t / (α + t))
 *
 * N counts the purchases of one who never leaves; the inner sum those before leaving, weighted by 2n − 1 for the square.
 * Every term is positive, so nothing cancels, unlike in the usual form with ₂F₁ and its pole at a = 1.
 *
 * Source: the same quantity as equation 9 of Fader, Hardie and Lee (2005), "Counting your customers the easy way",
 * Marketing Science 24(2), summed over N instead of integrated.
 *
 * @param rate Gamma(r, α): its shape, and its rate in units of time
 * @param leaving Beta(a, b)
 * @param time t ≥ 0
 * @param moment 1 for the mean, 2 for the mean square
 * @example momentWhileHere({ shape: 1, rate: 1 }, { a: 1e-9, b: 1 }, 3, 1).toFixed(6) // => '3.000000'
 */
export function momentWhileHere(
  { shape, rate }: { readonly shape: number; readonly rate: number },
  { a, b }: { readonly a: number; readonly b: number },
  time: number,
  moment: 1 | 2,
): number {
  if (time <= 0) return 0;
  if (moment === 1 && time > LONG * rate) return meanOverLeaving({ shape, rate }, { a, b }, time);
  const z = time / (rate + time);
  const mean = (shape * time) / rate;
  const deviation = Math.sqrt(mean / (1 - z));
  // Below this, what is left out is under 1e-16 of the whole; above 0 the first term could underflow.
  const from = Math.max(0, Math.floor(mean - 12 * deviation));
  let stays = 1; // P(still there after n purchases), n = 0
  let bought = 0; // E[purchases before leaving], or their square, of the first n
  let n = 0;
  const added = (): number => (moment === 1 ? stays : (2 * n + 1) * stays);
  const step = (): void => {
    bought += added();
    stays *= (b + n) / (a + b + n);
    n++;
  };
  while (n < from) step();
  const probabilityOf = (count: number): number =>
    (shape / (shape + count)) * binomialTerm(shape, count, rate / (rate + time), z);
  let probability = probabilityOf(n);
  while (probability === 0 && n < mean) {
    step();
    probability = probabilityOf(n);
  }
  let sum = 0;
  for (;;) {
    const term = probability * bought;
    sum += term;
    const ratio = (z * (shape + n)) / (n + 1);
    // Beyond the mean the terms fall at least by this ratio, for what is bought grows ever more slowly.
    const fall = Math.max(ratio, z) * (1 + added() / Math.max(bought, added()));
    if (n > mean && fall < 1 && term * fall <= 1e-16 * sum * (1 - fall)) return sum;
    probability *= ratio;
    step();
  }
}

/** Beyond this many times the rate's scale, the sum over counts grows longer than an integral takes. */
const LONG = 20;
const STEP = 1 / 16;

/**
 * The same mean as E[ (1 − (1 + p t/α)^−r) / p ] over p ~ Beta(a, b): the double-exponential rule, whose points crowd where
 * the density may be infinite, at both ends.
 *
 * Source: Takahasi and Mori (1974), "Double exponential formulas for numerical integration", Publ. RIMS 9.
 */
export function meanOverLeaving(
  { shape, rate }: { readonly shape: number; readonly rate: number },
  { a, b }: { readonly a: number; readonly b: number },
  time: number,
): number {
  // Where p^a, or (1 − p)^b, is below e^−45.
  const reach = Math.asinh(45 / (Math.PI * Math.min(a, b, 1))) + STEP;
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  let sum = 0;
  for (let s = -reach; s <= reach; s += STEP) {
    const logOdds = Math.PI * Math.sinh(s);
    const logP = -Math.log1p(Math.exp(-Math.abs(logOdds))) + Math.min(0, logOdds);
    const logQ = logP - logOdds;
    const p = Math.exp(logP);
    const bought = p > 0 ? -Math.expm1(-shape * Math.log1p((p * time) / rate)) / p : (shape * time) / rate;
    sum += Math.exp(a * logP + b * logQ - logBeta) * bought * Math.PI * Math.cosh(s) * STEP;
  }
  return sum;
}

/**
 * P(0), P(1), … P(most) purchases in a time t of the customer of {@link momentWhileHere}: they stayed and would have
 * bought n times, or would have bought as often or more and left after the n-th.
 *
 * @example countsWhileHere({ shape: 1, rate: 1 }, { a: 1, b: 1 }, 1, 0)[0] // => 0.5
 */
export function countsWhileHere(
  { shape, rate }: { readonly shape: number; readonly rate: number },
  { a, b }: { readonly a: number; readonly b: number },
  time: number,
  most: number,
): Float64Array {
  const z = time / (rate + time);
  const counts = new Float64Array(most + 1);
  let [before, stays] = [1, 1]; // P(still there after n − 1 purchases), after n
  let below = 0; // P(N < n)
  for (let n = 0; n <= most; n++) {
    const probability = (shape / (shape + n)) * binomialTerm(shape, n, rate / (rate + time), z);
    counts[n] = stays * probability + (before - stays) * Math.max(0, 1 - below);
    below += probability;
    [before, stays] = [stays, (stays * (b + n)) / (a + b + n)];
  }
  return counts;
}
