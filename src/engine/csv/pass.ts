import type { CsvPlan } from '../engine';
import type { RowSink } from './judge';
import type { Ledger } from './ledger';
import { Reading } from './reading';
import { utf8Chunks, type SourceCounts } from './source';

/** What one reading of a file found on its way, beside the rows. */
export interface Passed {
  readonly source: SourceCounts;
  readonly newlines: Reading['newlines'];
  /** False when `afterChunk` ended the reading early. */
  readonly whole: boolean;
}

export interface PassOptions {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
  /** Told after each chunk, before its bytes may change; false ends the reading. */
  readonly afterChunk?: (source: SourceCounts) => boolean;
}

/** Reads a file once: cuts it into records, judges their shape, and hands those that may be rows to the sink. */
export async function pass(
  file: Blob,
  plan: CsvPlan,
  ledger: Ledger,
  sink: RowSink,
  { signal, onBytes, afterChunk }: PassOptions,
): Promise<Passed> {
  const reading = new Reading(plan, ledger, sink);
  const { source, newlines } = reading;
  for await (const chunk of utf8Chunks(file, plan, source, onBytes, { overwrite: true })) {
    signal.throwIfAborted();
    reading.push(chunk);
    if (afterChunk?.(source) === false) return { source, newlines, whole: false };
  }
  signal.throwIfAborted();
  reading.finish();
  return { source, newlines, whole: true };
}
