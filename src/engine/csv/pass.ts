import type { CsvPlan } from '../engine';
import { Judge, type RowSink } from './judge';
import type { Ledger } from './ledger';
import { byteOf } from './records';
import { utf8Chunks, type SourceCounts } from './source';
import { Tokenizer } from './tokenizer';

/** What one reading of a file found on its way, beside the rows. */
export interface Passed {
  readonly source: SourceCounts;
  readonly newlines: Tokenizer['newlines'];
  /** False when `afterChunk` ended the reading early. */
  readonly whole: boolean;
}

export interface PassOptions {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
  /** Told after each chunk, before its bytes may change; false ends the reading. */
  readonly afterChunk?: (source: SourceCounts) => Promise<boolean> | boolean;
}

/** Reads a file once: cuts it into records, judges their shape, and hands those that may be rows to the sink. */
export async function pass(
  file: Blob,
  plan: CsvPlan,
  ledger: Ledger,
  sink: RowSink,
  { signal, onBytes, afterChunk }: PassOptions,
): Promise<Passed> {
  const source: SourceCounts = { nuls: 0, invalid: 0, wide: 0 };
  const judge = new Judge(plan, ledger, sink);
  const tokenizer = new Tokenizer({ delimiter: byteOf(plan.delimiter), quote: byteOf(plan.quote) }, (record) =>
    judge.judge(record),
  );
  for await (const chunk of utf8Chunks(file, plan, source, onBytes)) {
    signal.throwIfAborted();
    if (source.invalid > 0) judge.suspicious = true;
    tokenizer.push(chunk);
    if (afterChunk && !(await afterChunk(source))) return { source, newlines: tokenizer.newlines, whole: false };
  }
  signal.throwIfAborted();
  if (source.invalid > 0) judge.suspicious = true;
  tokenizer.finish();
  judge.finish();
  return { source, newlines: tokenizer.newlines, whole: true };
}
