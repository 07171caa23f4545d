import { delay } from '../../base/delay';
import { LevainError } from '../../base/problem';
import { seededRandom } from '../../base/random';
import { mixSampler, type ChainProgress, type MixChainOptions } from './chains';
import { parameterNames, type ChainDraws, type MixDraws, type MixModel } from './model';

export interface FitOptions {
  readonly chains?: number;
  readonly warmup?: number;
  readonly draws?: number;
  readonly seed?: number;
  /** An earlier fit, of older data perhaps: each chain starts where one of its chains ended, and warms up for less. */
  readonly from?: MixDraws;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FitProgress) => void;
  /** Runs one chain. The default runs it here, in slices that let other work in; a page gives each chain a worker. */
  readonly runChain?: RunChain;
}

/** How far one of the chains is. */
export interface FitProgress extends ChainProgress {
  /** Which chain, from 0. */
  readonly chain: number;
  readonly chains: number;
}

export type RunChain = (
  model: MixModel,
  options: MixChainOptions,
  watch: { readonly signal: AbortSignal | undefined; readonly onProgress: (progress: ChainProgress) => void },
) => Promise<ChainDraws>;

/**
 * Draws from the posterior of a mix model: several chains, each from its own start with its own seed, so that they can be
 * seen to agree. The same model, seed and counts give the same draws, however the chains are run.
 *
 * @param options 4 chains of 1000 draws after 1000 of warm-up (400 where it goes on from an earlier fit), seed 1, unless given
 * @throws LevainError `cancelled` when the signal asks for it; `bad-model`, `bad-prior`, `bad-lift-test`,
 * `bad-parameter`, `bad-start`, `no-variation`
 */
export async function fitMix(model: MixModel, options: FitOptions = {}): Promise<MixDraws> {
  const { chains = 4, draws = 1000, seed = 1, from, signal, onProgress, runChain = runHere } = options;
  const { warmup = from ? 400 : 1000 } = options;
  if (!Number.isInteger(chains) || chains < 1) {
    throw new LevainError({ code: 'bad-parameter', message: `A fit needs a whole number of chains, not ${chains}.` });
  }
  const seeds = chainSeeds(seed, chains);
  const made = await Promise.all(
    seeds.map((own, chain) =>
      runChain(
        model,
        { warmup, draws, seed: own, ...(from && { start: endOf(from, chain) }) },
        {
          signal,
          onProgress: (progress) => onProgress?.({ ...progress, chain, chains }),
        },
      ),
    ),
  );
  return { parameters: parameterNames(model), chains: made };
}

/** The last draw of the earlier chain whose turn it is, by name. */
function endOf({ chains }: MixDraws, chain: number): Record<string, number> {
  const { columns } = chains[chain % chains.length]!;
  return Object.fromEntries(Object.entries(columns).map(([name, draws]) => [name, draws.at(-1)!]));
}

/**
 * A seed for each chain, from one for all.
 *
 * @example chainSeeds(1, 4).length // => 4
 */
export function chainSeeds(seed: number, chains: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: chains }, () => random.integer(2 ** 31));
}

/** Runs a chain in slices of about a twentieth of a second, between which progress is told and a stop is heard. */
const runHere: RunChain = async (model, options, { signal, onProgress }) => {
  checkSignal(signal);
  const chain = mixSampler(model).start(options);
  for (;;) {
    const going = chain.advanceFor(50);
    onProgress(chain.progress);
    if (!going) return chain.result();
    await delay();
    checkSignal(signal);
  }
};

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LevainError({ code: 'cancelled', message: 'The fit was stopped.' });
}
