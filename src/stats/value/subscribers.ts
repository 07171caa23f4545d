import { LevainError } from '../../base/problem';
import { checkConfidence, DEFAULT_CONFIDENCE } from '../intervals/interval';
import type { Matrix } from '../linear/matrix';
import { lbfgs } from '../optimize/lbfgs';
import type { Objective } from '../optimize/objective';
import type { Warning } from '../regression/design';
import { deltaEstimates, type Estimates } from './estimates';
import { observedInformation } from './information';
import { parameterEstimates, type ParameterEstimate } from './parameter-estimates';

/** The shifted beta-geometric model of subscribers, fitted. Plain data. */
export interface SubscriberFit {
  /** alpha, beta. */
  readonly parameters: readonly ParameterEstimate[];
  readonly logLikelihood: number;
  readonly converged: boolean;
  /** Of the logarithms of the parameters. */
  readonly covariance: Matrix;
  readonly confidence: number;
  readonly warnings: readonly Warning[];
}

/**
 * Fits the shifted beta-geometric model (sBG) to a cohort of subscribers: at each renewal a subscriber leaves with a
 * probability θ ~ Beta(α, β) of their own. Retention rises with age although nobody changes, for those likely to leave go
 * first. P(leaves at the t-th renewal) = B(α+1, β+t−1) / B(α, β); P(still there after t) = B(α, β+t) / B(α, β).
 *
 * Source: Fader and Hardie (2007), "How to project customer retention", Journal of Interactive Marketing 21(1).
 *
 * @param survivors how many were there at the start, after one renewal, after two, …; never rising
 * @throws LevainError `bad-counts`, `bad-parameter`
 * @example fitSubscribers([1000, 869, 743, 653, 593, 551, 517, 491]).parameters[0].value.toFixed(3) // => '0.668'
 */
export function fitSubscribers(
  survivors: ArrayLike<number>,
  options: { readonly confidence?: number } = {},
): SubscriberFit {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const counts = checkedCounts(survivors);
  const objective = subscriberObjective(counts);
  const starts = [
    [1, 1],
    [0.5, 4],
    [3, 30],
  ];
  const fits = starts.map((start) => lbfgs(objective, start.map(Math.log)));
  const best = fits.reduce((least, fit) => (fit.value < least.value ? fit : least));
  const information = observedInformation(objective, best.x);
  return {
    parameters: parameterEstimates(['alpha', 'beta'], best.x.map(Math.exp), information, confidence),
    logLikelihood: -best.value,
    converged: best.converged,
    covariance: information.covariance,
    confidence,
    warnings: warningsOf(counts, best.converged, information.isFlat),
  };
}

/**
 * The share of subscribers still there after 0, 1, … `renewals` renewals.
 *
 * @throws LevainError `bad-parameter`
 */
export function subscriberSurvival(fit: SubscriberFit, renewals: number): Estimates {
  checkRenewals(renewals, 0);
  const each = ([alpha, beta]: ArrayLike<number> & Iterable<number>): Float64Array => {
    const shares = new Float64Array(renewals + 1);
    shares[0] = 1;
    for (let t = 1; t <= renewals; t++) shares[t] = shares[t - 1]! * retentionAt(alpha!, beta!, t);
    return shares;
  };
  return deltaEstimates(each, parametersOf(fit), fit.covariance, 'logit', fit.confidence);
}

/**
 * Of those there before it, the share that renews at the 1st, 2nd, … renewal: (β + t − 1) / (α + β + t − 1).
 *
 * @throws LevainError `bad-parameter`
 */
export function subscriberRetention(fit: SubscriberFit, renewals: number): Estimates {
  checkRenewals(renewals, 1);
  const each = ([alpha, beta]: ArrayLike<number> & Iterable<number>): Float64Array =>
    Float64Array.from({ length: renewals }, (_, i) => retentionAt(alpha!, beta!, i + 1));
  return deltaEstimates(each, parametersOf(fit), fit.covariance, 'logit', fit.confidence);
}

/**
 * Discounted expected residual lifetime (DERL): today's worth of one unit at each renewal to come, of a subscriber about to
 * make renewal 1, 2, … `renewals`, Σ_{t≥n} S(t)/S(n−1) / (1 + discount)^(t−n). The coming renewal counts in full.
 *
 * Source: Fader and Hardie (2010), "Customer-base valuation in a contractual setting", Marketing Science 29(1).
 *
 * @param discount for a period between renewals, above 0
 * @throws LevainError `bad-parameter`
 */
export function residualLifetime(fit: SubscriberFit, renewals: number, discount: number): Estimates {
  checkRenewals(renewals, 1);
  if (!(discount > 0 && Number.isFinite(discount))) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `The discount a period must be above 0; it is ${discount}.`,
      hint: 'Without one, a lifetime whose tail is heavy has no mean.',
    });
  }
  const each = ([alpha, beta]: ArrayLike<number> & Iterable<number>): Float64Array =>
    Float64Array.from({ length: renewals }, (_, i) => {
      let term = retentionAt(alpha!, beta!, i + 1);
      let sum = 0;
      // The terms fall at least by the discount: what is left out is below 1e-13 of the sum.
      for (let t = i + 2; term > 1e-13 * discount * sum; t++) {
        sum += term;
        term *= retentionAt(alpha!, beta!, t) / (1 + discount);
      }
      return sum;
    });
  return deltaEstimates(each, parametersOf(fit), fit.covariance, 'log', fit.confidence);
}

const retentionAt = (alpha: number, beta: number, t: number): number => (beta + t - 1) / (alpha + beta + t - 1);

function parametersOf(fit: SubscriberFit): Float64Array {
  return Float64Array.from(fit.parameters, ({ value }) => value);
}

/** Who stays at renewal t adds log retention, who leaves log(1 − retention): Γ and B cancel to these. */
function subscriberObjective(survivors: Float64Array): Objective {
  return (logs, gradient) => {
    const [alpha, beta] = [Math.exp(logs[0]!), Math.exp(logs[1]!)];
    let value = 0;
    let [da, db] = [0, 0];
    for (let t = 1; t < survivors.length; t++) {
      const stay = survivors[t]!;
      const leave = survivors[t - 1]! - stay;
      const [b, both] = [beta + t - 1, alpha + beta + t - 1];
      value += stay * Math.log(b / both) + leave * Math.log(alpha / both);
      da += leave / alpha - (stay + leave) / both;
      db += stay / b - (stay + leave) / both;
    }
    gradient[0] = -da * alpha;
    gradient[1] = -db * beta;
    return -value;
  };
}

function checkedCounts(survivors: ArrayLike<number>): Float64Array {
  const counts = Float64Array.from(survivors);
  const fail = (message: string, hint: string): never => {
    throw new LevainError({ code: 'bad-counts', message, hint });
  };
  if (counts.length < 3) {
    fail(
      `There are ${counts.length} counts of survivors; at least 3 are needed.`,
      'Follow the cohort over two renewals or more.',
    );
  }
  const bad = counts.findIndex(
    (count, t) => !(count >= 0 && Number.isFinite(count)) || (t > 0 && count > counts[t - 1]!),
  );
  if (bad >= 0) {
    fail(
      `Count ${bad + 1} of the survivors is ${counts[bad]}${bad > 0 ? ` after ${counts[bad - 1]}` : ''}: a cohort only loses subscribers.`,
      'Count, of those who began together, how many are left after each renewal.',
    );
  }
  if (counts[0] === 0) fail('The cohort has no subscribers.', 'Give how many began as the first count.');
  if (counts.at(-1) === counts[0]) {
    fail('Nobody left: how many will leave cannot be told.', 'Follow the cohort for longer.');
  }
  return counts;
}

function checkRenewals(renewals: number, least: number): void {
  if (Number.isInteger(renewals) && renewals >= least) return;
  const message = `The renewals must be a whole number from ${least} up; they are ${renewals}.`;
  throw new LevainError({ code: 'bad-parameter', message });
}

function warningsOf(counts: Float64Array, converged: boolean, isFlat: boolean): Warning[] {
  const warnings: Warning[] = [];
  if (!converged) {
    const message = 'The fit did not settle: its numbers are not the most likely ones.';
    warnings.push({ code: 'not-converged', message });
  }
  if (isFlat) {
    const message = `Retention hardly changes over these ${counts.length - 1} renewals: subscribers look alike, and α and β are known by their ratio alone.`;
    warnings.push({ code: 'flat-likelihood', message });
  }
  return warnings;
}
