import { wrap, type Remote } from 'comlink';
import { startWorker } from '../../base/worker';
import type { Assets } from '../assets';
import { cancelledError } from '../database';
import type { FormatsThread } from './worker';

/**
 * Does `work` in a thread that is fetched and started for it and ended after it, also in the middle: a file that brings its
 * reader down takes nothing else along. Rejects with `cancelled` when the signal says so.
 */
export async function inFormatsThread<T>(
  assets: Assets,
  signal: AbortSignal,
  work: (thread: Remote<FormatsThread>) => Promise<T>,
): Promise<T> {
  const worker = startWorker(assets.formats, 'levain-formats');
  const stopped = new Promise<never>((_, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    signal.addEventListener('abort', () => reject(cancelledError()), { once: true });
  });
  stopped.catch(() => {});
  try {
    return await Promise.race([work(wrap<FormatsThread>(worker)), stopped]);
  } finally {
    worker.terminate();
  }
}
