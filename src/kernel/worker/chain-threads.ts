import { LevainError, type Problem } from '../../base/problem';
import type { RunChain } from '../../stats/mix/fit';
import type { FromChain } from './chain-message';
import source from './chain-thread?bundle';
import { own } from './lockdown';

/**
 * Runs a chain on a thread of its own, nested in the kernel's: it inherits the frame's policy, as every blob worker does,
 * and ends with the kernel when the cell is stopped.
 */
export const runChainInThread: RunChain = (model, options, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const url = own.createUrl(new own.Blob([source], { type: 'text/javascript' }));
    const thread = new own.Worker(url, { name: 'chain' });
    const end = (): void => {
      thread.terminate();
      own.revokeUrl(url);
      signal?.removeEventListener('abort', stop);
    };
    const fail = (problem: Problem): void => {
      end();
      reject(new LevainError(problem));
    };
    const stop = (): void => fail({ code: 'cancelled', message: 'The fit was stopped.' });
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop);
    thread.onerror = (event) =>
      fail({ code: 'thread-failed', message: `A chain’s thread stopped: ${event.message || 'no reason was given'}.` });
    thread.onmessage = ({ data }: MessageEvent<FromChain>) => {
      if (data.type === 'progress') return onProgress(data.progress);
      if (data.type === 'failed') return fail(data.problem);
      end();
      resolve(data.draws);
    };
    thread.postMessage({ model, options });
  });
