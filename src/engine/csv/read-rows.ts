import type { CsvPlan } from '../engine';
import type { Batches } from './batch';
import type { Ledger } from './ledger';
import type { PartReaders } from './part-threads';
import { Reading } from './reading';
import { utf8Chunks, type Part, type SourceCounts } from './source';

export interface RowsOptions {
  /** The parts of the file, in order; the first one holds the header. */
  readonly parts: readonly Part[];
  /** Who reads the parts ahead; null where all is read here. */
  readonly readers: PartReaders | null;
  readonly ledger: Ledger;
  readonly batches: Batches;
  /** Takes the batches, in the order of their rows. */
  readonly append: (batch: Uint8Array) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/** A file with so many parts that hold more than good rows is like that throughout: nobody need read ahead. */
const PATIENCE = 3;

/**
 * Reads the rows of a file in order. A part that was found clean by a reader ahead is taken as it is, if what stands
 * before it ends with a record; every other one is read here. So what comes out is the same whoever read.
 */
export async function readRows(
  file: Blob,
  plan: CsvPlan,
  { parts, readers, ledger, batches, append, signal, onBytes }: RowsOptions,
): Promise<SourceCounts> {
  const reading = new Reading(plan, ledger, batches);
  const { source } = reading;
  let patience = readers ? PATIENCE : 0;
  for (const [at, part] of parts.entries()) {
    const ahead = at > 0 && patience > 0 ? await readers!.take(at) : null;
    signal.throwIfAborted();
    if (ahead && reading.atRow) {
      reading.pass(ahead.lines);
      batches.finish();
      ledger.rows += ahead.rows;
      source.wide += ahead.wide;
      for (const batch of [...batches.take(), ...ahead.batches]) await append(batch);
      onBytes(part.to);
      continue;
    }
    if (at > 0 && patience > 0 && --patience === 0) readers!.close();
    const told = (bytes: number): void => onBytes(part.from + bytes);
    for await (const chunk of utf8Chunks(file, plan, source, told, { part, overwrite: true })) {
      signal.throwIfAborted();
      reading.push(chunk);
      batches.settle();
      for (const batch of batches.take()) await append(batch);
    }
  }
  signal.throwIfAborted();
  reading.finish();
  batches.finish();
  return source;
}
