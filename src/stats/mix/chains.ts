import { invariant } from '../../base/invariant';
import { seededRandom } from '../../base/random';
import { startChain } from '../sampling/chain';
import { parameterNames, type ChainDraws, type MixModel } from './model';
import { mixPosterior } from './posterior';

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

/** A chain that goes on while it is asked to. */
export interface MixChain {
  /** Makes up to that many transitions; false once all are made. */
  advance(transitions: number): boolean;
  readonly progress: ChainProgress;
  /** The draws, once all are made. */
  result(): ChainDraws;
}

/**
 * Starts one chain on the posterior of a mix model, at a draw from the priors or where an earlier fit stood. A pure function of model and options: the
 * same seed gives the same draws on every thread.
 *
 * @throws LevainError `bad-model`, `bad-prior`, `bad-lift-test`, `bad-parameter`, `bad-start`, `no-variation`
 */
export function startMixChain(model: MixModel, { warmup, draws, seed, start }: MixChainOptions): MixChain {
  const posterior = mixPosterior(model);
  const random = seededRandom(seed);
  const chain = startChain(posterior, random, { warmup, draws, initial: posterior.initial(random, start) });
  const { statistics } = chain;
  return {
    advance(transitions) {
      for (let i = 0; i < transitions; i++) if (!chain.advance()) return false;
      return true;
    },
    get progress() {
      const { divergences, gradientEvaluations } = statistics;
      return { done: chain.done, total: warmup + draws, divergences, gradientEvaluations };
    },
    result() {
      invariant(chain.done === warmup + draws, 'a chain is asked for its draws when all are made');
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

/** One chain from beginning to end, without a pause; throws as {@link startMixChain}. */
export function sampleMixChain(model: MixModel, options: MixChainOptions): ChainDraws {
  const chain = startMixChain(model, options);
  while (chain.advance(1000));
  return chain.result();
}
