import { invariant } from '../../base/invariant';
import { randomFrom, seededRandom } from '../../base/random';
import { resumeChain, startChain, type Chain, type ChainState } from '../sampling/chain';
import { parameterNames, type ChainDraws, type MixModel } from './model';
import { mixPosterior, type MixPosterior } from './posterior';

export interface MixChainOptions {
  /** Draws that only tune the sampler. */
  readonly warmup: number;
  readonly draws: number;
  readonly seed: number;
  /** Values by the names of {@link parameterNames} to start from, of an earlier fit; a draw from the priors without. */
  readonly start?: Readonly<Record<string, number>>;
}

/** How far a chain is. */
export interface ChainProgress {
  /** Transitions made, and to make, warm-up included. */
  readonly done: number;
  readonly total: number;
  readonly divergences: number;
  readonly gradientEvaluations: number;
}

/** Where a chain of a mix model stands: plain data, from which {@link MixSampler.resume} goes on, on another thread perhaps. */
export interface MixChainState {
  readonly seed: number;
  readonly chain: ChainState;
}

/** A chain that goes on while it is asked to. */
export interface MixChain {
  /** Makes up to that many transitions; false once all are made. */
  advance(transitions: number): boolean;
  /** Makes transitions for about so long; false once all are made. */
  advanceFor(milliseconds: number): boolean;
  readonly progress: ChainProgress;
  /** Where it stands now; it shares the chain's arrays. */
  state(): MixChainState;
  /** The draws, once all are made. */
  result(): ChainDraws;
}

/** The posterior of one model, made ready once for all its chains. */
export interface MixSampler {
  /** Starts a chain at a draw from the priors, or where an earlier fit stood. @throws LevainError `bad-start`, `bad-parameter` */
  start(options: MixChainOptions): MixChain;
  /** Goes on with a chain where it stood; it draws what it would have drawn without the pause. */
  resume(state: MixChainState): MixChain;
}

/**
 * Makes a mix model ready to be sampled. A pure function of the model, and each chain one of model and options: the same seed gives the same draws on
 * every thread, in one go or in several.
 *
 * @throws LevainError `bad-model`, `bad-prior`, `bad-lift-test`, `no-variation`
 */
export function mixSampler(model: MixModel): MixSampler {
  const posterior = mixPosterior(model);
  return {
    start({ warmup, draws, seed, start }) {
      const random = seededRandom(seed);
      const initial = posterior.initial(random, start);
      return mixChain(model, posterior, seed, startChain(posterior, random, { warmup, draws, initial }));
    },
    resume: ({ seed, chain }) => mixChain(model, posterior, seed, resumeChain(posterior, chain)),
  };
}

function mixChain(model: MixModel, posterior: MixPosterior, seed: number, chain: Chain): MixChain {
  const { statistics } = chain;
  const { warmup, draws } = chain.state().plan;
  return {
    advance(transitions) {
      for (let i = 0; i < transitions; i++) if (!chain.advance()) return false;
      return true;
    },
    advanceFor(milliseconds) {
      const until = performance.now() + milliseconds;
      while (chain.advance()) if (performance.now() >= until) return true;
      return false;
    },
    get progress() {
      const { divergences, gradientEvaluations } = statistics;
      return { done: chain.done, total: warmup + draws, divergences, gradientEvaluations };
    },
    state: () => ({ seed, chain: chain.state() }),
    result() {
      invariant(chain.done === warmup + draws, 'a chain is asked for its draws when all are made');
      const random = randomFrom(chain.state().random);
      const names = parameterNames(model);
      const arrays = names.map(() => new Float64Array(draws));
      const row = new Float64Array(names.length);
      const d = posterior.dimension;
      for (let i = 0; i < draws; i++) {
        posterior.expand(chain.positions.subarray(i * d, (i + 1) * d), random, row);
        row.forEach((value, j) => (arrays[j]![i] = value));
      }
      return {
        seed,
        columns: Object.fromEntries(names.map((name, j) => [name, arrays[j]!])),
        sampler: {
          warmup,
          draws,
          divergences: statistics.divergences,
          treeDepthReached: statistics.treeDepthReached,
          gradientEvaluations: statistics.gradientEvaluations,
          stepSize: statistics.stepSize,
          acceptance: statistics.acceptanceSum / draws,
          energy: statistics.energy,
        },
      };
    },
  };
}

/** One chain from beginning to end, without a pause; throws as {@link mixSampler} and {@link MixSampler.start}. */
export function sampleMixChain(model: MixModel, options: MixChainOptions): ChainDraws {
  const chain = mixSampler(model).start(options);
  while (chain.advance(1000));
  return chain.result();
}
