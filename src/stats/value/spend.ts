import { LevainError } from '../../base/problem';
import { digamma } from '../distributions/digamma';
import { logGamma } from '../distributions/log-gamma';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../intervals/interval';
import type { Matrix } from '../linear/matrix';
import { lbfgs } from '../optimize/lbfgs';
import type { Objective } from '../optimize/objective';
import type { Warning } from '../regression/design';
import { deltaEstimates, type Estimates } from './estimates';
import { observedInformation } from './information';
import { parameterEstimates, type ParameterEstimate } from './parameter-estimates';

/** What customers spend, one number a customer in each array. */
export interface Spending {
  /** Days with an order after the first, as in their histories. */
  readonly frequency: ArrayLike<number>;
  /** The mean value of the orders of those days; not read for those who bought once. */
  readonly spend: ArrayLike<number>;
}

/** The gamma-gamma model of what an order is worth, fitted. Plain data. */
export interface SpendFit {
  /** p, q, v; v in the unit of the money. */
  readonly parameters: readonly ParameterEstimate[];
  /** What an order of a customer of whom nothing is known is worth: p v / (q − 1); undefined where q ≤ 1. */
  readonly mean: Estimate | undefined;
  /** Between how often customers buy and what they spend; the model takes it to be 0. */
  readonly correlation: number;
  readonly logLikelihood: number;
  /** Customers who bought again and spent more than 0: those the model was fitted to. */
  readonly customers: number;
  readonly converged: boolean;
  /** Of the logarithms of the parameters. */
  readonly covariance: Matrix;
  readonly confidence: number;
  readonly warnings: readonly Warning[];
}

const LEAST_CUSTOMERS = 10;
const STRONG_CORRELATION = 0.3;
const STARTS: readonly (readonly number[])[] = [
  [6, 4, 0.5],
  [1, 2, 1],
  [3, 12, 4],
];

/**
 * Fits the gamma-gamma model: a customer's orders are worth Gamma(p, ν) with ν ~ Gamma(q, v) of their own, whatever their
 * number. For a mean m over x orders the likelihood is
 *
 *     Γ(px+q) / (Γ(px) Γ(q)) · v^q · m^(px−1) x^(px) / (xm + v)^(px+q)
 *
 * Customers who did not buy again say nothing; those whose mean is not above 0 (refunds) are left out, with a warning.
 *
 * Source: Fader, Hardie and Lee (2005), "RFM and CLV: using iso-value curves", Journal of Marketing Research 42(4); Fader
 * and Hardie (2013), "The gamma-gamma model of monetary value".
 *
 * @throws LevainError `unequal-lengths`, `bad-history`, `bad-parameter`, `too-few-customers`
 */
export function fitSpend(spending: Spending, options: { readonly confidence?: number } = {}): SpendFit {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const { x, m, refunded } = usable(spending);
  const unit = m.reduce((sum, value) => sum + value, 0) / m.length;
  const objective = spendObjective(
    x,
    m.map((value) => value / unit),
  );
  const fits = STARTS.map((start) => lbfgs(objective, start.map(Math.log)));
  const best = fits.reduce((least, fit) => (fit.value < least.value ? fit : least));
  const information = observedInformation(objective, best.x);
  const { covariance, isFlat } = information;
  const values = best.x.map((log, i) => Math.exp(log) * (i === 2 ? unit : 1));
  const hasMean = values[1]! > 1;
  const correlation = correlationOf(x, m);
  return {
    parameters: parameterEstimates(['p', 'q', 'v'], values, information, confidence),
    mean: hasMean ? meanOf(values, covariance, confidence) : undefined,
    correlation,
    logLikelihood: -best.value - m.length * Math.log(unit),
    customers: m.length,
    converged: best.converged,
    covariance,
    confidence,
    warnings: warningsOf({ refunded, hasMean, correlation, converged: best.converged, isFlat }),
  };
}

/**
 * What the next order of each customer is worth on average: their own mean, drawn towards everyone's the less often they
 * bought. For those who did not buy again it is everyone's mean. The interval holds the error of that mean, not the spread
 * of single orders.
 *
 * @throws LevainError `unequal-lengths`, `no-mean-spend`
 */
export function expectedSpend(fit: SpendFit, spending: Spending): Estimates {
  checkLengths(spending);
  if (!fit.mean) {
    throw new LevainError({
      code: 'no-mean-spend',
      message: 'The spend of these customers has such a heavy tail (q ≤ 1) that its mean is not defined.',
      hint: 'Look for a few extreme orders, and leave them out or model them apart.',
    });
  }
  const x = Float64Array.from(spending.frequency);
  const m = x.map((count, i) => (count > 0 && spending.spend[i]! > 0 ? spending.spend[i]! : 0));
  const each = (parameters: Float64Array): Float64Array => {
    const [p, q, v] = parameters as unknown as [number, number, number];
    return x.map((count, i) => (m[i]! > 0 ? (p * (v + count * m[i]!)) / (p * count + q - 1) : (p * v) / (q - 1)));
  };
  const parameters = Float64Array.from(fit.parameters, ({ value }) => value);
  return deltaEstimates(each, parameters, fit.covariance, 'log', fit.confidence);
}

function spendObjective(x: Float64Array, m: Float64Array): Objective {
  return (logs, gradient) => {
    const [p, q, v] = Array.from(logs, Math.exp) as [number, number, number];
    const n = x.length;
    let value = n * (q * Math.log(v) - logGamma(q));
    let [dp, dq, dv] = [0, n * (Math.log(v) - digamma(q)), (n * q) / v];
    for (let i = 0; i < n; i++) {
      const shape = p * x[i]!;
      const sum = x[i]! * m[i]! + v;
      const logSum = Math.log(sum);
      const logSpend = Math.log(x[i]! * m[i]!);
      const slope = digamma(shape + q);
      value += logGamma(shape + q) - logGamma(shape) + shape * logSpend - Math.log(m[i]!) - (shape + q) * logSum;
      dp += x[i]! * (slope - digamma(shape) + logSpend - logSum);
      dq += slope - logSum;
      dv -= (shape + q) / sum;
    }
    gradient[0] = -dp * p;
    gradient[1] = -dq * q;
    gradient[2] = -dv * v;
    return -value;
  };
}

function meanOf(values: Float64Array, covariance: Matrix, confidence: number): Estimate {
  const mean = (at: Float64Array): Float64Array => Float64Array.of((at[0]! * at[2]!) / (at[1]! - 1));
  const { value, standardError, lower, upper } = deltaEstimates(mean, values, covariance, 'log', confidence);
  return { value: value[0]!, standardError: standardError[0]!, lower: lower[0]!, upper: upper[0]!, confidence };
}

function checkLengths({ frequency, spend }: Spending): void {
  if (frequency.length === spend.length) return;
  throw new LevainError({
    code: 'unequal-lengths',
    message: `There are ${frequency.length} frequencies and ${spend.length} values of spend: one of each a customer is needed.`,
  });
}

function usable(spending: Spending): { x: Float64Array; m: Float64Array; refunded: number } {
  checkLengths(spending);
  const { frequency, spend } = spending;
  const x: number[] = [];
  const m: number[] = [];
  let refunded = 0;
  for (let i = 0; i < frequency.length; i++) {
    if (!(frequency[i]! > 0)) continue;
    if (!Number.isFinite(spend[i])) {
      throw new LevainError({
        code: 'bad-history',
        message: `The customer in row ${i + 1} bought ${frequency[i]} times again, yet their spend is ${spend[i]}.`,
        hint: 'Give the mean value of their orders after the first.',
      });
    }
    if (spend[i]! > 0) {
      x.push(frequency[i]!);
      m.push(spend[i]!);
    } else refunded++;
  }
  if (x.length < LEAST_CUSTOMERS) {
    throw new LevainError({
      code: 'too-few-customers',
      message: `${x.length} customers bought again and spent more than 0; what they spend takes at least ${LEAST_CUSTOMERS}.`,
      hint: 'Take a longer period.',
    });
  }
  return { x: Float64Array.from(x), m: Float64Array.from(m), refunded };
}

function correlationOf(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  x.forEach((value, i) => {
    const [dx, dy] = [value - meanX, y[i]! - meanY];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  });
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

interface Seen {
  readonly refunded: number;
  readonly hasMean: boolean;
  readonly correlation: number;
  readonly converged: boolean;
  readonly isFlat: boolean;
}

function warningsOf({ refunded, hasMean, correlation, converged, isFlat }: Seen): Warning[] {
  const warnings: Warning[] = [];
  if (refunded > 0) {
    const message = `${refunded} customers whose orders after the first add up to 0 or less (refunds) were left out.`;
    warnings.push({ code: 'spend-not-positive', message });
  }
  if (Math.abs(correlation) > STRONG_CORRELATION) {
    const message = `Those who buy more often spend ${correlation > 0 ? 'more' : 'less'} an order (correlation ${correlation.toFixed(2)}); the model takes the two as unrelated, so values of the best customers are off.`;
    warnings.push({ code: 'spend-follows-frequency', message });
  }
  if (!hasMean) {
    const message = 'The spend has such a heavy tail (q ≤ 1) that its mean is not defined.';
    warnings.push({ code: 'no-mean-spend', message });
  }
  if (!converged) {
    const message = 'The fit of the spend did not settle: its numbers are not the most likely ones.';
    warnings.push({ code: 'not-converged', message });
  }
  if (isFlat) {
    const message =
      'The spend of these customers does not tell all parameters apart; single parameters are not to be read.';
    warnings.push({ code: 'flat-likelihood', message });
  }
  return warnings;
}
