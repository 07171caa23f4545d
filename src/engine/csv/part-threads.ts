import { startWorker } from '../../base/worker';
import type { CsvPlan } from '../engine';
import type { CleanPart } from './part';
import type { PartAnswer, PartRequest } from './part-thread';
import source from './part-thread?bundle';
import type { Part } from './source';

/** Reads the parts of a file ahead of whoever puts them together. */
export interface PartReaders {
  /** Part `at`, as `readPart` has it. To be asked for in the order of the parts. */
  take(at: number): Promise<CleanPart | null>;
  /** Stops reading: what has not been read yet is null. */
  close(): void;
}

/** More threads would wait for the one that puts the rows into the table. */
const MOST = 4;

/**
 * How many threads may read ahead: the database's and the reader's own have a processor each. Where fewer than two are
 * left, reading ahead costs more than it gives.
 */
export function spareThreads({ hardwareConcurrency }: { readonly hardwareConcurrency: number } = navigator): number {
  return hardwareConcurrency < 4 ? 0 : Math.min(MOST, hardwareConcurrency - 2);
}

const NOTHING = Promise.withResolvers<CleanPart | null>();
NOTHING.resolve(null);

/** Reads the parts from the second on in so many threads of their own. A part that a thread could not read is null. */
export function readInThreads(file: Blob, plan: CsvPlan, parts: readonly Part[], most: number): PartReaders {
  /** Parts that may wait in memory to be taken. */
  const ahead = most + 2;
  const answers = parts.map(() => Promise.withResolvers<CleanPart | null>());
  const threads: Worker[] = [];
  const idle: Worker[] = [];
  let next = 1;
  let taken = 0;
  const work = (): void => {
    while (next < parts.length && next <= taken + ahead) {
      const thread = idle.pop() ?? (threads.length < most ? started() : undefined);
      if (!thread) return;
      const at = next++;
      const done = (read: CleanPart | null): void => {
        answers[at]!.resolve(read);
        idle.push(thread);
        work();
      };
      thread.onmessage = ({ data }: MessageEvent<PartAnswer>) => done('read' in data ? data.read : null);
      // A thread that has failed answers nothing more, whatever it is asked.
      thread.onerror = close;
      thread.onmessageerror = close;
      thread.postMessage({ file, plan, part: parts[at]! } satisfies PartRequest);
    }
  };
  const started = (): Worker => {
    const thread = startWorker(source, 'levain-csv-part');
    threads.push(thread);
    return thread;
  };
  const close = (): void => {
    next = parts.length;
    for (const thread of threads) thread.terminate();
    for (const { resolve } of answers) resolve(null);
    // What waits to be taken is let go of.
    answers.fill(NOTHING);
  };
  work();
  return {
    take(at) {
      taken = at;
      work();
      return answers[at]!.promise;
    },
    close,
  };
}
