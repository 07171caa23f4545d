import { gaussLegendre } from './gauss-legendre';
import type { BuyerModel } from './buyer-model';
import type { HistoryGroups } from './histories';
import type { Objective } from '../optimize/objective';
import { logGamma } from '../distributions/log-gamma';
import { decayIntegral, newDecayIntegral } from './pareto-integral';

type Parameters = readonly [number, number, number, number];

/**
 * Pareto/NBD: purchases at a rate λ ~ Gamma(r, α), until the customer leaves, at a rate μ ~ Gamma(s, β). A history has the
 * likelihood
 *
 *     Γ(r+x)/Γ(r) · α^r β^s · [ (α+T)^−(r+x) (β+T)^−s + s ∫ (α+u)^−(r+x) (β+u)^−(s+1) du ],   u from t_x to T
 *
 * The integral, usually written with ₂F₁, is taken as it stands.
 *
 * Source: Schmittlein, Morrison and Colombo (1987), "Counting your customers", Management Science 33(1); Fader and Hardie
 * (2005), "A note on deriving the Pareto/NBD model".
 */
export const paretoNbd: BuyerModel = {
  parameters: ['r', 'alpha', 's', 'beta'],
  times: ['alpha', 'beta'],
  starts: (rate) => [
    [0.5, 0.5 / rate, 0.6, 0.3],
    [1, 0.7 / rate, 1, 1],
    [0.3, 0.1 / rate, 2, 4],
  ],
  objective: paretoObjective,
  alive(parameters, { frequency, recency, age }) {
    const [r, alpha, s, beta] = parametersOf(parameters);
    const integral = newDecayIntegral();
    decayIntegral([r, alpha, s, beta], frequency, recency, age, integral);
    const stays = Math.exp(-(r + frequency) * Math.log(alpha + age) - s * Math.log(beta + age) - integral.scale);
    return stays / (stays + s * integral.whole);
  },
  expected(parameters, time, history) {
    const [r, alpha, s, beta] = parametersOf(parameters);
    if (!history) return (r / alpha) * timeLeft(s, beta, time);
    const { frequency, age } = history;
    return paretoNbd.alive(parameters, history) * ((r + frequency) / (alpha + age)) * timeLeft(s, beta + age, time);
  },
  square(parameters, time, history) {
    const [r, alpha, s, beta] = parametersOf(parameters);
    const [shape, rate] = [r + history.frequency, alpha + history.age];
    const aged = beta + history.age;
    // X is Poisson over the time left, τ, at the rate λ: E[X²] = E[λ] E[τ] + E[λ²] E[τ²].
    const mean = (shape / rate) * timeLeft(s, aged, time);
    const more = ((shape * (shape + 1)) / (rate * rate)) * squareOfTimeLeft(s, aged, time);
    return paretoNbd.alive(parameters, history) * (mean + more);
  },
  counts(parameters, time, most) {
    return Float64Array.from({ length: most + 1 }, (_, n) => countProbability(parametersOf(parameters), time, n));
  },
};

const parametersOf = (values: ArrayLike<number>): Parameters => [values[0]!, values[1]!, values[2]!, values[3]!];

/** E[time within the next `time` before leaving] = β/(s−1) · [1 − (β/(β+t))^(s−1)], which at s = 1 is β ln((β+t)/β). */
function timeLeft(s: number, beta: number, time: number): number {
  const log = Math.log1p(time / beta);
  return s === 1 ? beta * log : (-beta * Math.expm1((1 - s) * log)) / (s - 1);
}

/** E[the square of that time] = 2 ∫ u (β/(β+u))^s du up to t, over ln(β + u). */
function squareOfTimeLeft(s: number, beta: number, time: number): number {
  const width = Math.log1p(time / beta);
  let sum = 0;
  quadrature.points.forEach((point, i) => {
    const u = beta * Math.expm1(width * point);
    sum += quadrature.weights[i]! * width * (beta + u) * u * Math.exp(-s * width * point);
  });
  return 2 * sum;
}

const quadrature = gaussLegendre(64);

function paretoObjective({ frequency, recency, age, customers }: HistoryGroups): Objective {
  const integral = newDecayIntegral();
  return (logs, gradient) => {
    const parameters = parametersOf(Array.from(logs, Math.exp));
    const [r, alpha, s, beta] = parameters;
    const [logAlpha, logBeta] = [Math.log(alpha), Math.log(beta)];
    let value = 0;
    let [dr, dAlpha, ds, dBeta] = [0, 0, 0, 0];
    for (let g = 0; g < frequency.length; g++) {
      const count = customers[g]!;
      const x = frequency[g]!;
      const power = r + x;
      const [wholeA, wholeB] = [alpha + age[g]!, beta + age[g]!];
      const [logA, logB] = [Math.log(wholeA), Math.log(wholeB)];
      decayIntegral(parameters, x, recency[g]!, age[g]!, integral);
      const stays = Math.exp(-power * logA - s * logB - integral.scale);
      const left = s * integral.whole;
      const both = stays + left;
      let logRatio = 0;
      let slope = 0;
      for (let j = 0; j < x; j++) {
        logRatio += Math.log(r + j);
        slope += 1 / (r + j);
      }
      value += count * (logRatio + r * logAlpha + s * logBeta + integral.scale + Math.log(both));
      dr += count * (slope + logAlpha - (stays * logA + s * integral.logAlpha) / both);
      dAlpha += count * (r / alpha - (power * (stays / wholeA + s * integral.overAlpha)) / both);
      ds += count * (logBeta + (integral.whole - stays * logB - s * integral.logBeta) / both);
      dBeta += count * (s / beta - (s * (stays / wholeB + (s + 1) * integral.overBeta)) / both);
    }
    gradient[0] = -dr * r;
    gradient[1] = -dAlpha * alpha;
    gradient[2] = -ds * s;
    gradient[3] = -dBeta * beta;
    return -value;
  };
}

/** P(n purchases in a time): n and still there, or n by the time of leaving. */
function countProbability([r, alpha, s, beta]: Parameters, time: number, n: number): number {
  if (time === 0) return n === 0 ? 1 : 0;
  const constant = logGamma(r + n) - logGamma(r) - logGamma(n + 1) + r * Math.log(alpha) + s * Math.log(beta);
  const logTerm = (u: number): number => n * Math.log(u) - (r + n) * Math.log(alpha + u);
  const stays = Math.exp(constant + logTerm(time) - s * Math.log(beta + time));
  // Over ln(m + u), as the integral of the likelihood.
  const least = Math.min(alpha, beta);
  const start = Math.log(least);
  const width = Math.log(least + time) - start;
  let left = 0;
  quadrature.points.forEach((point, i) => {
    const shifted = Math.exp(start + width * point);
    const u = shifted - least;
    if (u <= 0) return;
    const f = Math.exp(constant + logTerm(u) - (s + 1) * Math.log(beta + u));
    left += quadrature.weights[i]! * width * shifted * f;
  });
  return stays + s * left;
}
