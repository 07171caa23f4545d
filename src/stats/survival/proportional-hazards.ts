import { chiSquaredSurvival } from '../distributions/chi-squared';
import { choleskyFactor, choleskySolve } from '../linear/cholesky';
import { zeros } from '../linear/matrix';
import type { CoxData } from './cox-data';
import { linearPredictors, sweepEvents, type Ties } from './cox-sweep';

export interface ProportionalTest {
  readonly name: string;
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

export interface ProportionalHazards {
  /** One a covariate. */
  readonly tests: readonly ProportionalTest[];
  /** Of all at once. */
  readonly global: ProportionalTest;
  /** The events' times, ascending, and their Schoenfeld residuals, one array a covariate: a trend in them is a change of effect. */
  readonly times: Float64Array;
  readonly residuals: readonly Float64Array[];
}

/**
 * Whether effects change over time: the score test of adding x · g(t) for each covariate, where g(t) = 1 − S(t−) of the
 * Kaplan-Meier curve, so that long times with few events do not rule. It is Σ g · (Schoenfeld residual) against its
 * variance. As R's `cox.zph` from version 3 of `survival`.
 *
 * Source: Grambsch and Therneau (1994), Biometrika 81(3); Therneau and Grambsch (2000), section 6.2.
 *
 * @param beta scaled coefficients at their maximum
 */
export function proportionalHazards(data: CoxData, beta: Float64Array, ties: Ties): ProportionalHazards {
  const { p, rows, event, names } = data;
  const clock = clockOf(data);
  const score = new Float64Array(p);
  const blocks = [0, 1, 2].map(() => new Float64Array(p * p));
  const times: number[] = [];
  const residuals: number[][] = names.map(() => []);
  const meanOf = new Float64Array(p);
  let reached = 0;
  sweepEvents(data, linearPredictors(data, beta), ties, ({ time, first, last, mean, covariance }) => {
    const g = clock.get(time)!;
    for (let j = 0; j < p; j++) {
      score[j]! -= g * mean[j]!;
      meanOf[j]! += mean[j]!;
    }
    for (let k = 0; k < p * p; k++) {
      blocks[0]![k]! += covariance[k]!;
      blocks[1]![k]! += g * covariance[k]!;
      blocks[2]![k]! += g * g * covariance[k]!;
    }
    reached++;
    const ended: number[] = [];
    for (let i = first; i < last; i++) if (event[i] === 1) ended.push(i);
    if (reached < ended.length) return;
    // All tied events have been told of: each stands against the mean of their means.
    for (const i of ended) {
      times.push(time);
      for (let j = 0; j < p; j++) {
        score[j]! += g * rows[i * p + j]!;
        residuals[j]!.push((rows[i * p + j]! - meanOf[j]! / reached) * data.deviation[j]!);
      }
    }
    reached = 0;
    meanOf.fill(0);
  });
  const all = names.map((_, j) => j);
  const test = (name: string, tested: readonly number[]): ProportionalTest => {
    const statistic = scoreTest(score, blocks, p, tested);
    return { name, statistic, degreesOfFreedom: tested.length, p: chiSquaredSurvival(statistic, tested.length) };
  };
  return {
    tests: names.map((name, j) => test(name, [j])),
    global: test('all', all),
    times: Float64Array.from(times).reverse(),
    residuals: residuals.map((values) => Float64Array.from(values).reverse()),
  };
}

/** uᵀ I⁻¹ u of the model with x · g(t) added for the tested covariates, where the score of the others is 0. */
function scoreTest(score: Float64Array, blocks: readonly Float64Array[], p: number, tested: readonly number[]): number {
  const size = p + tested.length;
  const information = zeros(size, size);
  const columns = [...score.map((_, j) => j), ...tested];
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const block = blocks[Number(i >= p) + Number(j >= p)]!;
      information.values[j * size + i] = block[columns[j]! * p + columns[i]!]!;
    }
  }
  const u = Float64Array.from(columns, (column, j) => (j >= p ? score[column]! : 0));
  try {
    const solved = choleskySolve(choleskyFactor(information), u);
    return u.reduce((sum, value, j) => sum + value * solved[j]!, 0);
  } catch {
    // With one time of events, or one event, g does not vary: nothing speaks against proportional hazards.
    return 0;
  }
}

/** 1 − S(t−) at each time, S the Kaplan-Meier curve of all rows. */
function clockOf({ time, event, n }: CoxData): Map<number, number> {
  const clock = new Map<number, number>();
  let survival = 1;
  for (let last = n; last > 0;) {
    let first = last - 1;
    while (first > 0 && time[first - 1] === time[last - 1]) first--;
    clock.set(time[first]!, 1 - survival);
    let events = 0;
    for (let i = first; i < last; i++) events += event[i]!;
    survival *= 1 - events / last;
    last = first;
  }
  return clock;
}
