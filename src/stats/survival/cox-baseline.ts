import type { CoxData } from './cox-data';
import { linearPredictors, sweepEvents, type Ties } from './cox-sweep';

/** The hazard of someone whose covariates are all at their means, added up over time. */
export interface CoxBaseline {
  /** Times with events, ascending. */
  readonly time: Float64Array;
  readonly cumulativeHazard: Float64Array;
  /** Its variance, were the coefficients known. */
  readonly variance: Float64Array;
  /** Σ of the risk sets' mean covariates times the hazard, one array a covariate, from the means of all rows. */
  readonly drift: readonly Float64Array[];
  /** The means of the covariates. */
  readonly at: readonly { readonly name: string; readonly value: number }[];
}

/**
 * Breslow's estimate of the cumulative hazard, Σ 1 / Σ e^η over the events until each time; tied ones in the fit's way.
 *
 * Source: Therneau and Grambsch (2000), "Modeling Survival Data", section 10.2.
 */
export function coxBaseline(data: CoxData, beta: Float64Array, ties: Ties): CoxBaseline {
  const { p } = data;
  const eta = linearPredictors(data, beta);
  const shift = eta.reduce((most, value) => Math.max(most, value), -Infinity);
  const steps: { time: number; hazard: number; variance: number; drift: Float64Array }[] = [];
  sweepEvents(data, eta, ties, ({ time, weight, mean }) => {
    if (steps.at(-1)?.time !== time) steps.push({ time, hazard: 0, variance: 0, drift: new Float64Array(p) });
    const step = steps.at(-1)!;
    const hazard = Math.exp(-shift) / weight;
    step.hazard += hazard;
    step.variance += hazard * hazard;
    for (let j = 0; j < p; j++) step.drift[j]! += hazard * mean[j]! * data.deviation[j]!;
  });
  steps.reverse();
  const addedUp = (of: (step: (typeof steps)[number]) => number): Float64Array => {
    let sum = 0;
    return Float64Array.from(steps, (step) => (sum += of(step)));
  };
  return {
    time: Float64Array.from(steps, ({ time }) => time),
    cumulativeHazard: addedUp(({ hazard }) => hazard),
    variance: addedUp(({ variance }) => variance),
    drift: data.names.map((_, j) => addedUp(({ drift }) => drift[j]!)),
    at: data.names.map((name, j) => ({ name, value: data.mean[j]! })),
  };
}
