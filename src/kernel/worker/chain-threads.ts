import { LevainError } from '../../base/problem';
import type { RunChain } from '../../stats/mix/fit';
import type { FromChain } from './chain-message';
import source from './chain-thread?bundle';
import { own } from './lockdown';

interface Thread {
  readonly worker: Worker;
  readonly url: string;
}

/**
 * Runs chains on threads nested in the kernel's, at most one for each processor: a thread that has ended one chain takes
 * the next, and its code is compiled by then. They inherit the frame's policy, as every blob worker does, end when no chain
 * is left, and end with the kernel when the cell is stopped.
 *
 * @param processors how many chains run at once
 */
export function chainThreads(processors = own.processors): RunChain {
  const idle: Thread[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;

  async function turn(): Promise<void> {
    if (running < processors) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** Gives one's turn to the next who waits. */
  function leave(): void {
    const next = waiting.shift();
    if (next) return next();
    running--;
    if (running === 0) idle.splice(0).forEach(end);
  }

  return async (model, options, watch) => {
    await turn();
    try {
      if (watch.signal?.aborted) throw stopped();
      const thread = idle.pop() ?? start();
      try {
        const draws = await runChain(thread, model, options, watch);
        idle.push(thread);
        return draws;
      } catch (error) {
        end(thread);
        throw error;
      }
    } finally {
      leave();
    }
  };
}

/** Runs a chain on a thread; one that was stopped, or has failed, is of no use any more. */
function runChain(
  { worker }: Thread,
  ...[model, options, { signal, onProgress }]: Parameters<RunChain>
): ReturnType<RunChain> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(stopped());
    signal?.addEventListener('abort', stop);
    worker.onerror = ({ message }) => {
      const reason = message || 'no reason was given';
      reject(new LevainError({ code: 'thread-failed', message: `A chain’s thread stopped: ${reason}.` }));
    };
    worker.onmessage = ({ data }: MessageEvent<FromChain>) => {
      if (data.type === 'progress') return onProgress(data.progress);
      signal?.removeEventListener('abort', stop);
      if (data.type === 'failed') reject(new LevainError(data.problem));
      else resolve(data.draws);
    };
    worker.postMessage({ model, options });
  });
}

const stopped = (): LevainError => new LevainError({ code: 'cancelled', message: 'The fit was stopped.' });

function start(): Thread {
  const url = own.createUrl(new own.Blob([source], { type: 'text/javascript' }));
  return { worker: new own.Worker(url, { name: 'chain' }), url };
}

function end({ worker, url }: Thread): void {
  worker.terminate();
  own.revokeUrl(url);
}
