import { LevainError } from '../../base/problem';
import { randomFrom, type RandomState, type SeededRandom } from '../../base/random';
import { runningCovariance, type CovarianceSums } from './covariance';
import { dualAveraging, type DualAveragingState } from './dual-averaging';
import { copyPoint, energy, leapfrog, phasePoint, placePoint } from './leapfrog';
import type { LogDensity } from './log-density';
import { denseMetric } from './metric';
import { noUTurnTransition } from './trajectory';
import { warmupWindows } from './windows';

export interface ChainOptions {
  /** Transitions that only tune step size and metric; 0 or more. */
  readonly warmup: number;
  /** Draws kept; 1 or more. */
  readonly draws: number;
  /** Where to begin: a place of finite density. */
  readonly initial: Float64Array;
  /** Mean acceptance to tune the step size to. */
  readonly targetAcceptance?: number;
  /** A trajectory has at most 2^maxDepth − 1 steps. */
  readonly maxDepth?: number;
}

/** What a chain is to do, with nothing left open. */
type Plan = Required<Omit<ChainOptions, 'initial'>>;

/** Where a chain stands: plain data, from which {@link resumeChain} goes on, on another thread perhaps. */
export interface ChainState {
  readonly plan: Plan;
  readonly done: number;
  readonly random: RandomState;
  /** The metric, d × d. */
  readonly metric: Float64Array;
  readonly tuning: DualAveragingState;
  /** Of the window under way. */
  readonly learning: CovarianceSums;
  readonly position: Float64Array;
  readonly positions: Float64Array;
  readonly statistics: ChainStatistics;
}

/** A chain that goes on by one transition a call, so that its caller may report, pause or leave it. */
export interface Chain {
  /** Makes one transition; false once all draws are made. */
  advance(): boolean;
  /** Transitions made, warm-up included. */
  readonly done: number;
  readonly statistics: ChainStatistics;
  /** One row of `dimension` numbers a draw; those not yet made are 0. */
  readonly positions: Float64Array;
  /** Where it stands now. It shares the chain's arrays, so that the chain is not to go on here once it goes on elsewhere. */
  state(): ChainState;
}

/** What happened, warm-up apart but in the count of gradient evaluations. */
export interface ChainStatistics {
  divergences: number;
  treeDepthReached: number;
  gradientEvaluations: number;
  stepSize: number;
  /** Sum of the acceptance statistics; divided by the draws made, their mean. */
  acceptanceSum: number;
  readonly energy: Float64Array;
}

/**
 * A Markov chain that draws from a density by the No-U-Turn sampler: multinomial, with a dense metric learnt in Stan's
 * windows and the step size by dual averaging. The same density, options and random numbers give the same draws.
 *
 * @throws LevainError `bad-parameter`, `bad-start` where the density or its gradient is not finite at `initial`
 */
export function startChain(density: LogDensity, random: SeededRandom, options: ChainOptions): Chain {
  const { warmup, draws, initial, targetAcceptance = 0.9, maxDepth = 10 } = options;
  checkCounts(density, options);
  const positions = new Float64Array(draws * density.dimension);
  const statistics: ChainStatistics = {
    divergences: 0,
    treeDepthReached: 0,
    gradientEvaluations: 1,
    stepSize: 1,
    acceptanceSum: 0,
    energy: new Float64Array(draws),
  };
  const plan = { warmup, draws, targetAcceptance, maxDepth };
  return chainAt(density, random, { plan, done: 0, position: initial, positions, statistics });
}

/** Goes on with a chain where it stood: it draws what it would have drawn without the pause. */
export function resumeChain(density: LogDensity, state: ChainState): Chain {
  return chainAt(density, randomFrom(state.random), state);
}

type Begun = Pick<ChainState, 'plan' | 'done' | 'position' | 'positions' | 'statistics'> & Partial<ChainState>;

function chainAt(density: LogDensity, random: SeededRandom, from: Begun): Chain {
  const { plan, positions, statistics } = from;
  const { warmup, draws, targetAcceptance, maxDepth } = plan;
  const d = density.dimension;
  const metric = denseMetric(d);
  if (from.metric) metric.set(from.metric);
  const transition = noUTurnTransition(density, metric, random, { maxDepth, maxEnergyError: 1000 });
  const windows = warmupWindows(warmup);
  const covariance = runningCovariance(d, from.learning);
  const tuning = dualAveraging(targetAcceptance, from.tuning);
  const current = phasePoint(d);
  const trial = phasePoint(d);
  let { done } = from;

  placePoint(density, metric, current, from.position);
  if (!Number.isFinite(current.logDensity) || !current.gradient.every(Number.isFinite)) {
    throw new LevainError({ code: 'bad-start', message: 'The chain cannot start: the density is not finite there.' });
  }
  if (done === 0) restartStepSize();

  /** Doubles or halves the step until the acceptance of a single step crosses 0.8: a scale to tune from. */
  function restartStepSize(): void {
    let growing: boolean | undefined;
    for (;;) {
      copyPoint(current, trial);
      metric.sampleMomentum(random, trial.momentum);
      metric.multiply(trial.momentum, trial.velocity);
      const before = energy(trial);
      leapfrog(density, metric, trial, statistics.stepSize);
      statistics.gradientEvaluations++;
      const accepted = before - energy(trial) > Math.log(0.8);
      growing ??= accepted;
      if (accepted !== growing || statistics.stepSize > 1e7 || statistics.stepSize < 1e-12) break;
      statistics.stepSize *= growing ? 2 : 0.5;
    }
    tuning.restart(statistics.stepSize);
  }

  function tune(acceptance: number): void {
    statistics.stepSize = tuning.update(acceptance);
    const end = windows.ends.at(-1) ?? 0;
    if (done > windows.begin && done <= end) covariance.add(current.position);
    if (windows.ends.includes(done)) {
      metric.set(covariance.shrunk());
      covariance.reset();
      metric.multiply(current.gradient, current.push);
      restartStepSize();
    }
    if (done === warmup) statistics.stepSize = tuning.stepSize;
  }

  return {
    advance() {
      if (done === warmup + draws) return false;
      const made = transition(current, statistics.stepSize);
      done++;
      statistics.gradientEvaluations += made.steps;
      if (done <= warmup) {
        tune(made.acceptance);
        return true;
      }
      const row = done - warmup - 1;
      positions.set(current.position, row * d);
      statistics.energy[row] = made.energy;
      statistics.acceptanceSum += made.acceptance;
      if (made.divergent) statistics.divergences++;
      if (made.depth === maxDepth) statistics.treeDepthReached++;
      return done < warmup + draws;
    },
    get done() {
      return done;
    },
    statistics,
    positions,
    state: () => ({
      plan,
      done,
      random: random.state(),
      metric: metric.covariance,
      tuning: tuning.state(),
      learning: covariance.sums,
      position: current.position,
      positions,
      statistics,
    }),
  };
}

function checkCounts(density: LogDensity, { warmup, draws, initial }: ChainOptions): void {
  const bad = (message: string): never => {
    throw new LevainError({ code: 'bad-parameter', message });
  };
  if (!Number.isInteger(warmup) || warmup < 0) bad(`The warm-up is a whole number of draws from 0 up, not ${warmup}.`);
  if (!Number.isInteger(draws) || draws < 1) bad(`A chain makes a whole number of draws from 1 up, not ${draws}.`);
  if (initial.length !== density.dimension) {
    bad(`The chain starts at ${initial.length} numbers where the density takes ${density.dimension}.`);
  }
}
