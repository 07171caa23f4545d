import { problemOf } from '../../base/problem';
import { startMixChain, type MixChainOptions } from '../../stats/mix/chains';
import type { MixModel } from '../../stats/mix/model';
import type { FromChain } from './chain-message';

/** A thread that runs one chain after the other: the kernel's own code on models that are plain data, and no cell's code. */

/** How often progress is told. */
const TELL_MILLISECONDS = 100;

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const tell = (message: FromChain): void => scope.postMessage(message);

scope.onmessage = ({ data }: MessageEvent<{ model: MixModel; options: MixChainOptions }>) => {
  try {
    const chain = startMixChain(data.model, data.options);
    let told = performance.now();
    while (chain.advance(1)) {
      if (performance.now() - told < TELL_MILLISECONDS) continue;
      tell({ type: 'progress', progress: chain.progress });
      told = performance.now();
    }
    tell({ type: 'progress', progress: chain.progress });
    tell({ type: 'done', draws: chain.result() });
  } catch (error) {
    tell({ type: 'failed', problem: problemOf(error) });
  }
};
