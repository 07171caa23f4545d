import { LevainError, type Problem } from '../../base/problem';
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
  const waiting: ((thread: Thread) => void)[] = [];
  let running = 0;

  function take(): Promise<Thread> {
    if (running >= processors) return new Promise((resolve) => waiting.push(resolve));
    running++;
    return Promise.resolve(idle.pop() ?? start());
  }

  /** Hands a thread on, or a new one where it was stopped with its chain. */
  function give(thread: Thread | undefined): void {
    const next = waiting.shift();
    if (next) return next(thread ?? start());
    running--;
    if (thread) idle.push(thread);
    if (running === 0) idle.splice(0).forEach(end);
  }

  return async (model, options, { signal, onProgress }) => {
    const thread = await take();
    const { worker } = thread;
    return new Promise((resolve, reject) => {
      const leave = (left: Thread | undefined): void => {
        signal?.removeEventListener('abort', stop);
        if (!left) end(thread);
        give(left);
      };
      const fail = (problem: Problem): void => {
        leave(undefined);
        reject(new LevainError(problem));
      };
      const stop = (): void => fail({ code: 'cancelled', message: 'The fit was stopped.' });
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop);
      worker.onerror = (event) =>
        fail({
          code: 'thread-failed',
          message: `A chain’s thread stopped: ${event.message || 'no reason was given'}.`,
        });
      worker.onmessage = ({ data }: MessageEvent<FromChain>) => {
        if (data.type === 'progress') return onProgress(data.progress);
        if (data.type === 'failed') return fail(data.problem);
        leave(thread);
        resolve(data.draws);
      };
      worker.postMessage({ model, options });
    });
  };
}

function start(): Thread {
  const url = own.createUrl(new own.Blob([source], { type: 'text/javascript' }));
  return { worker: new own.Worker(url, { name: 'chain' }), url };
}

function end({ worker, url }: Thread): void {
  worker.terminate();
  own.revokeUrl(url);
}
