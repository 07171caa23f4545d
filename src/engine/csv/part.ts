import type { CsvPlan } from '../engine';
import { Batches } from './batch';
import { bomLength } from './encoding';
import { Ledger } from './ledger';
import { Reading } from './reading';
import { utf8Chunks, type Part } from './source';

/** A longer part, in which no place to cut was found, would fill the memory with rows that wait to be taken. */
const LONGEST_PART = 64 * 1024 * 1024;

/** The rows of a part in which nothing was to be decided: no row was rejected, repaired, set aside or worth a note. */
export interface CleanPart {
  readonly rows: number;
  readonly lines: number;
  /** Bytes of characters beyond ASCII, about. */
  readonly wide: number;
  /** Arrow IPC streams. */
  readonly batches: readonly Uint8Array[];
}

/**
 * Reads the part of a UTF-8 file that begins at a record behind the header. Null where anything but good rows stands in
 * it, and where it does not end with a record: then it must be read with what comes before it.
 */
export async function readPart(file: Blob, plan: CsvPlan, { from, to }: Part): Promise<CleanPart | null> {
  if (to - from > LONGEST_PART) return null;
  const part = file.slice(from, to);
  // In the middle of a file this is a character like others.
  if (bomLength(new Uint8Array(await part.slice(0, 3).arrayBuffer()), 'utf-8') > 0) return null;
  const ledger = new Ledger();
  const inner = { ...plan, header: false, preamble: 0, totalsFirst: 0 };
  const batches = new Batches(inner, ledger);
  const reading = new Reading(inner, ledger, batches);
  const { source } = reading;
  const clean = (): boolean =>
    ledger.rejected === 0 &&
    ledger.strays.count === 0 &&
    ledger.trailing === 0 &&
    source.nuls === 0 &&
    source.invalid === 0;
  for await (const chunk of utf8Chunks(part, plan, source, () => {}, { overwrite: true })) {
    reading.push(chunk);
    batches.settle();
    if (!clean()) return null;
  }
  // An open quote at the end is a row rejected, a row of totals one that is set aside: neither is clean.
  reading.finish();
  batches.finish();
  if (!clean() || ledger.rows === 0) return null;
  return { rows: ledger.rows, lines: reading.line - 1, wide: source.wide, batches: batches.take() };
}
