import { LevainError } from '../../base/problem';
import { startWorker } from '../../base/worker';
import type { HashReply } from './hash-worker';
import source from './hash-worker?bundle';

export interface HashOptions {
  /** Called with the bytes done so far. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The SHA-256 of a file's content, in hexadecimal, computed in a worker that holds a few megabytes of it at a time.
 * Throws `file-unreadable` when the file has changed or gone since it was chosen, or the signal's reason.
 */
export async function sha256OfFile(file: Blob, { onProgress, signal }: HashOptions = {}): Promise<string> {
  signal?.throwIfAborted();
  const worker = startWorker(source, 'levain-hash');
  try {
    return await new Promise<string>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.onmessage = ({ data }: MessageEvent<HashReply>) => {
        if ('done' in data) onProgress?.(data.done);
        else if ('sha256' in data) resolve(data.sha256);
        else reject(new LevainError(unreadable(file, data.failed)));
      };
      worker.onerror = (event) => reject(new LevainError(unreadable(file, event.message)));
      worker.postMessage(file);
    });
  } finally {
    worker.terminate();
  }
}

function unreadable(file: Blob, reason: string) {
  const name = file instanceof File ? file.name : 'The file';
  return {
    code: 'file-unreadable',
    message: `${name} could not be read: ${reason}`,
    hint: 'If it was moved or changed since you chose it, choose it again.',
    subject: name,
  };
}
