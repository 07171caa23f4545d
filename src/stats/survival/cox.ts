import { LevainError } from '../../base/problem';
import { chiSquaredSurvival } from '../distributions/chi-squared';
import { normalCdf, normalQuantile } from '../distributions/normal';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../intervals/interval';
import { choleskyFactor, choleskySolve } from '../linear/cholesky';
import { zeros, type Matrix } from '../linear/matrix';
import type { Predictor, Warning } from '../regression/design';
import { concordance } from './concordance';
import { coxBaseline, type CoxBaseline } from './cox-baseline';
import { coxData, type CoxData } from './cox-data';
import { coxMaximum, type CoxMaximum } from './cox-newton';
import { linearPredictors, type Ties } from './cox-sweep';
import type { Observed } from './observed';
import { proportionalHazards, type ProportionalHazards } from './proportional-hazards';

export interface CoxOptions {
  /** `efron` when not given. */
  readonly ties?: Ties;
  /** Of the intervals, in (0, 1); 0.9 when not given. */
  readonly confidence?: number;
}

export interface CoxCoefficient extends Estimate {
  readonly name: string;
  readonly z: number;
  readonly p: number;
  /** e^coefficient: how many times as fast one more unit of the covariate makes customers leave. */
  readonly hazardRatio: { readonly value: number; readonly lower: number; readonly upper: number };
}

export interface ChiSquaredTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/** A Cox regression. Plain data. */
export interface CoxFit {
  readonly coefficients: readonly CoxCoefficient[];
  /** Of the coefficients. */
  readonly covariance: Matrix;
  readonly n: number;
  readonly events: number;
  readonly logLikelihood: number;
  /** With all coefficients 0. */
  readonly nullLogLikelihood: number;
  /** That all coefficients are 0, three ways. */
  readonly likelihoodRatio: ChiSquaredTest;
  readonly wald: ChiSquaredTest;
  readonly score: ChiSquaredTest;
  readonly concordance: number | undefined;
  /** Whether effects stay the same over time, which the model takes for granted. */
  readonly proportionalHazards: ProportionalHazards;
  readonly baseline: CoxBaseline;
  readonly ties: Ties;
  readonly confidence: number;
  readonly converged: boolean;
  readonly warnings: readonly Warning[];
}

/** A coefficient this large, of a covariate with deviation 1, goes on growing: e^10 times the hazard. */
const ENDLESS = 10;
const FEW_EVENTS = 10;

/**
 * Cox regression: the hazard of leaving at time t of someone with covariates x is h₀(t) · e^(Σ βx), with h₀ left open. By
 * the partial likelihood; events at the same time in Efron's way.
 *
 * Assumes that a covariate multiplies the hazard by the same factor at all times (see `proportionalHazards` of the result),
 * and that who was censored would have gone on as the others.
 *
 * Source: Cox (1972), JRSS B 34; Efron (1977), JASA 72; Therneau and Grambsch (2000), "Modeling Survival Data".
 *
 * @param covariates known at the start, one number a row; categories as 0 and 1
 * @throws LevainError `unequal-lengths`, `no-rows`, `bad-time`, `bad-event`, `bad-parameter`, `not-finite`,
 *   `duplicate-name`, `constant-column`, `dependent-columns`, `no-events`, `too-few-values`
 * @example cox({ time: [1, 2, 3, 4], event: [1, 1, 1, 1] }, [{ name: 'x', values: [1, 0, 1, 0] }]).events // => 4
 */
export function cox(observed: Observed, covariates: readonly Predictor[], options: CoxOptions = {}): CoxFit {
  const { ties = 'efron', confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  if (ties !== 'efron' && ties !== 'breslow') {
    const message = `There is no way ${String(ties)} to treat ties; there are efron and breslow.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const data = coxData(observed, covariates);
  const { p } = data;
  const maximum = coxMaximum(data, ties);
  const covariance = zeros(p, p);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < p; i++) {
      covariance.values[j * p + i] = maximum.covariance.values[j * p + i]! / (data.deviation[i]! * data.deviation[j]!);
    }
  }
  const coefficients = data.names.map((name, j) =>
    coefficientOf(name, maximum.beta[j]! / data.deviation[j]!, Math.sqrt(covariance.values[j * p + j]!), confidence),
  );
  const proportional = proportionalHazards(data, maximum.beta, ties);
  return {
    coefficients,
    covariance,
    n: data.n,
    events: data.events,
    logLikelihood: maximum.logLikelihood,
    nullLogLikelihood: maximum.start.logLikelihood,
    ...testsOf(maximum, p),
    concordance: concordance(data.time, data.event, linearPredictors(data, maximum.beta)),
    proportionalHazards: proportional,
    baseline: coxBaseline(data, maximum.beta, ties),
    ties,
    confidence,
    converged: maximum.converged,
    warnings: warningsOf(data, maximum, proportional),
  };
}

function coefficientOf(name: string, value: number, standardError: number, confidence: number): CoxCoefficient {
  const reach = normalQuantile((1 + confidence) / 2) * standardError;
  const z = value / standardError;
  const [lower, upper] = [value - reach, value + reach];
  return {
    name,
    value,
    standardError,
    lower,
    upper,
    confidence,
    z,
    p: 2 * normalCdf(-Math.abs(z)),
    hazardRatio: { value: Math.exp(value), lower: Math.exp(lower), upper: Math.exp(upper) },
  };
}

function testsOf({ beta, start, logLikelihood, information }: CoxMaximum, degreesOfFreedom: number) {
  const test = (statistic: number): ChiSquaredTest => ({
    statistic,
    degreesOfFreedom,
    p: chiSquaredSurvival(Math.max(0, statistic), degreesOfFreedom),
  });
  const solved = choleskySolve(choleskyFactor(start.information), start.score);
  let wald = 0;
  beta.forEach((left, i) => {
    beta.forEach((right, j) => (wald += left * right * information.values[j * beta.length + i]!));
  });
  return {
    likelihoodRatio: test(2 * (logLikelihood - start.logLikelihood)),
    wald: test(wald),
    score: test(start.score.reduce((sum, slope, j) => sum + slope * solved[j]!, 0)),
  };
}

function warningsOf(data: CoxData, { beta, converged }: CoxMaximum, { tests }: ProportionalHazards): Warning[] {
  const warnings: Warning[] = [];
  const endless = data.names.filter((_, j) => Math.abs(beta[j]!) > ENDLESS);
  for (const name of endless) {
    const message = `"${name}" tells exactly who leaves first: its coefficient has no finite best value, and neither it nor its error is to be read.`;
    warnings.push({ code: 'no-finite-estimate', message });
  }
  if (!converged && endless.length === 0) {
    const message = 'The fit did not settle: its numbers are not the most likely ones.';
    warnings.push({ code: 'not-converged', message });
  }
  if (data.events < FEW_EVENTS * data.p) {
    const message = `There are ${data.events} events for ${data.p} covariates; fewer than ${FEW_EVENTS} for each make for shaky estimates.`;
    warnings.push({ code: 'few-events', message });
  }
  for (const { name, p } of tests) {
    if (p >= 0.01) continue;
    const message = `The effect of "${name}" changes over time (p = ${p.toPrecision(2)}): its hazard ratio is an average over early and late.`;
    warnings.push({ code: 'hazards-not-proportional', message });
  }
  return warnings;
}
