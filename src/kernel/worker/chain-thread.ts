import { problemOf } from '../../base/problem';
import { mixSampler, type MixSampler } from '../../stats/mix/chains';
import { buffersOf, type FromChain, type ToChain } from './chain-message';

/** A thread that goes on with one chain or another: the kernel's own code on models that are plain data, and no cell's code. */

/** How long it goes on with one chain. A move to another thread costs about 3 ms. */
const TURN_MILLISECONDS = 150;

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const tell = (message: FromChain, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);

let sampler: MixSampler | undefined;

scope.onmessage = ({ data: { model, from } }: MessageEvent<ToChain>) => {
  try {
    if (model) sampler = mixSampler(model);
    const chain = 'chain' in from ? sampler!.resume(from) : sampler!.start(from);
    const going = chain.advanceFor(TURN_MILLISECONDS);
    const { progress } = chain;
    if (!going) return tell({ type: 'done', progress, draws: chain.result() });
    const state = chain.state();
    tell({ type: 'paused', progress, state }, buffersOf(state));
  } catch (error) {
    tell({ type: 'failed', problem: problemOf(error) });
  }
};
