import type { CsvPlan } from '../engine';
import { byteOf } from './records';
import { isPlain, type Part } from './source';
import { Tokenizer } from './tokenizer';

/** Rows of a part: a little more than a row group of DuckDB's, so that its rows are taken over as they are. */
const ROWS = 135_000;
const LEAST = 4 * 1024 * 1024;
const MOST = 32 * 1024 * 1024;
/** A smaller file is read before other threads have started. */
const WORTH = 3;

const WINDOW = 64 * 1024;
/** Records that must look right behind a cut. */
const RECORDS = 5;

/**
 * Cuts a file where records begin, as far as that can be told from what stands around a cut: a newline in a quoted text
 * may look like the end of a record, so whoever reads a part must make sure that the one before it ends where it begins.
 * A file that is small, packed, or of another encoding than UTF-8 is one part. `size` is the size of a part in bytes.
 */
export async function partsOf(file: Blob, plan: CsvPlan, size?: number): Promise<Part[]> {
  const whole = [{ from: 0, to: file.size }];
  // In a table of one column a blank line is a row if another follows: that shows only from the whole.
  if (!isPlain(plan) || plan.columns.length === 1) return whole;
  const step = size ?? (await partSize(file));
  if (file.size < WORTH * step) return whole;
  const cuts: number[] = [0];
  for (let at = step; at < file.size - step / 2; at += step) {
    const cut = await recordStart(file, plan, at);
    if (cut !== null && cut > cuts.at(-1)!) cuts.push(cut);
  }
  return cuts.map((from, i) => ({ from, to: cuts[i + 1] ?? file.size }));
}

async function partSize(file: Blob): Promise<number> {
  const bytes = new Uint8Array(await file.slice(0, WINDOW).arrayBuffer());
  let lines = 1;
  for (const byte of bytes) if (byte === LF) lines++;
  return Math.min(MOST, Math.max(LEAST, Math.round((bytes.length / lines) * ROWS)));
}

/** Where, from `at` on, a record begins that looks like the rows of the plan. */
async function recordStart(file: Blob, plan: CsvPlan, at: number): Promise<number | null> {
  const bytes = new Uint8Array(await file.slice(at, at + WINDOW).arrayBuffer());
  for (let newline = bytes.indexOf(LF); newline >= 0; newline = bytes.indexOf(LF, newline + 1)) {
    const rest = bytes.subarray(newline + 1);
    if (startsWithRows(rest, plan)) return at + newline + 1;
    if (newline > WINDOW / 2) break;
  }
  return null;
}

function startsWithRows(bytes: Uint8Array, plan: CsvPlan): boolean {
  let records = 0;
  let odd = false;
  const tokenizer = new Tokenizer({ delimiter: byteOf(plan.delimiter), quote: byteOf(plan.quote) }, (record) => {
    if (++records <= RECORDS) odd ||= record.fields !== plan.columns.length || record.flaw !== 'none';
  });
  tokenizer.push(bytes);
  return records > 0 && !odd;
}

const LF = 10;
