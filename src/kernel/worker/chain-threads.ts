import { LevainError } from '../../base/problem';
import type { RunChain } from '../../stats/mix/fit';
import type { MixModel } from '../../stats/mix/model';
import { buffersOf, type FromChain, type ToChain } from './chain-message';
import source from './chain-thread?bundle';
import { own } from './lockdown';

interface Thread {
  readonly worker: Worker;
  readonly url: string;
  /** The model it has last been given. */
  model?: MixModel;
}

/** How many chains go on at once. */
const PROCESSORS = own.processors;

/** Threads with nothing to do. They are kept for the next fit: their code is compiled, which halves a chain's time. */
const idle: Thread[] = [];
const waiting: (() => void)[] = [];
let running = 0;

/**
 * Runs a chain on threads nested in the kernel's, of which there is one for each processor. Chains take turns of
 * 150 milliseconds on whichever thread is free, so that they end together though there are more of them than
 * processors, or one processor is slower than another. The threads inherit the frame's policy, as every blob worker does,
 * and end with the kernel.
 */
export const runChainOnThreads: RunChain = async (model, options, { signal, onProgress }) => {
  let from: ToChain['from'] = options;
  for (;;) {
    const answer = await onThread(model, from, signal);
    onProgress(answer.progress);
    if (answer.type === 'done') return answer.draws;
    from = answer.state;
  }
};

type Answer = Exclude<FromChain, { type: 'failed' }>;

async function onThread(model: MixModel, from: ToChain['from'], signal: AbortSignal | undefined): Promise<Answer> {
  await turn();
  try {
    if (signal?.aborted) throw stopped();
    const thread = idle.pop() ?? start();
    try {
      const answer = await goOn(thread, model, from, signal);
      idle.push(thread);
      return answer;
    } catch (error) {
      end(thread);
      throw error;
    }
  } finally {
    leave();
  }
}

async function turn(): Promise<void> {
  if (running < PROCESSORS) running++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
}

/** Gives one's turn to the next who waits. */
function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else running--;
}

/** Goes on with a chain on a thread; one that was stopped, or has failed, is of no use any more. */
function goOn(
  thread: Thread,
  model: MixModel,
  from: ToChain['from'],
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const { worker } = thread;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(stopped());
    signal?.addEventListener('abort', stop);
    worker.onerror = ({ message }) => {
      const reason = message || 'no reason was given';
      reject(new LevainError({ code: 'thread-failed', message: `A chain’s thread stopped: ${reason}.` }));
    };
    worker.onmessage = ({ data }: MessageEvent<FromChain>) => {
      signal?.removeEventListener('abort', stop);
      if (data.type === 'failed') reject(new LevainError(data.problem));
      else resolve(data);
    };
    const question: ToChain = { from, ...(thread.model !== model && { model }) };
    worker.postMessage(question, buffersOf(from));
    thread.model = model;
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
