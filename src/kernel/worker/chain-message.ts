import type { Problem } from '../../base/problem';
import type { ChainProgress } from '../../stats/mix/chains';
import type { ChainDraws } from '../../stats/mix/model';

/** What a chain's thread says to the kernel's. */
export type FromChain =
  | { readonly type: 'progress'; readonly progress: ChainProgress }
  | { readonly type: 'done'; readonly draws: ChainDraws }
  | { readonly type: 'failed'; readonly problem: Problem };
