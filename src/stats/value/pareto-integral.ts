import { gaussLegendre } from './gauss-legendre';

/** ∫ f, ∫ f·ln(α+u), ∫ f/(α+u), ∫ f·ln(β+u), ∫ f/(β+u), each over exp(`scale`). */
export interface DecayIntegral {
  scale: number;
  whole: number;
  logAlpha: number;
  overAlpha: number;
  logBeta: number;
  overBeta: number;
}

const { points, weights } = gaussLegendre(48);
/** e^−45 is lost beside 1 in a double. */
const NEGLIGIBLE = 45;

/**
 * The integral over u from t_x to T of f(u) = (α+u)^−(r+x) (β+u)^−(s+1), and those its slopes need: s·∫f is the likelihood
 * of having left between the last order and the end. By Gauss and Legendre over ln(min(α, β) + u), in which f falls
 * smoothly, as far as it is not negligible.
 *
 * @param out where the results go
 */
export function decayIntegral(
  [r, alpha, s, beta]: readonly [number, number, number, number],
  x: number,
  recency: number,
  age: number,
  out: DecayIntegral,
): void {
  const least = Math.min(alpha, beta);
  const logStart = Math.log(least + recency);
  const power = r + x;
  out.scale = -power * Math.log(alpha + recency) - (s + 1) * Math.log(beta + recency);
  out.whole = out.logAlpha = out.overAlpha = out.logBeta = out.overBeta = 0;
  if (age <= recency) return;
  const rate = (least + recency) * (power / (alpha + recency) + (s + 1) / (beta + recency)) - 1;
  const width = Math.min(Math.log(least + age) - logStart, rate > 0 ? NEGLIGIBLE / rate : Infinity);
  for (let i = 0; i < points.length; i++) {
    const shifted = Math.exp(logStart + width * points[i]!);
    const a = alpha - least + shifted;
    const b = beta - least + shifted;
    const [logA, logB] = [Math.log(a), Math.log(b)];
    const f = weights[i]! * width * shifted * Math.exp(-power * logA - (s + 1) * logB - out.scale);
    out.whole += f;
    out.logAlpha += f * logA;
    out.overAlpha += f / a;
    out.logBeta += f * logB;
    out.overBeta += f / b;
  }
}

export const newDecayIntegral = (): DecayIntegral => ({
  scale: 0,
  whole: 0,
  logAlpha: 0,
  overAlpha: 0,
  logBeta: 0,
  overBeta: 0,
});
