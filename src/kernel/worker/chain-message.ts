import type { Problem } from '../../base/problem';
import type { ChainProgress, MixChainOptions, MixChainState } from '../../stats/mix/chains';
import type { ChainDraws, MixModel } from '../../stats/mix/model';

/** What the kernel's thread asks of a chain's: to go on with a chain for a while. */
export interface ToChain {
  /** Where it is another than the thread was last given. */
  readonly model?: MixModel;
  readonly from: MixChainOptions | MixChainState;
}

/** What it answers. */
export type FromChain =
  | { readonly type: 'paused'; readonly progress: ChainProgress; readonly state: MixChainState }
  | { readonly type: 'done'; readonly progress: ChainProgress; readonly draws: ChainDraws }
  | { readonly type: 'failed'; readonly problem: Problem };

/** The large arrays of a chain under way, which move between threads instead of being copied. */
export function buffersOf(from: ToChain['from']): Transferable[] {
  if (!('chain' in from)) return [];
  const { positions, statistics } = from.chain;
  return [positions.buffer as ArrayBuffer, statistics.energy.buffer as ArrayBuffer];
}
