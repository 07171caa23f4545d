import { problemOf } from '../../base/problem';
import type { Database } from '../database';
import type { CsvPlan } from '../engine';
import { adaptPlan } from './adapt';
import { countError, type Attempt, type IngestOptions } from './attempt';
import { CheckedRows } from './checked-rows';
import { bomLength } from './encoding';
import { Ledger } from './ledger';
import { viewRows } from './load';
import { pass } from './pass';
import { byteOf } from './records';
import { needsConversion, planOfRewritten, Rewriter } from './rewrite';
import { isPlain } from './source';
import { Tokenizer } from './tokenizer';

/**
 * Makes `view` a view of a file too large for a table: DuckDB's own reader reads the file whenever it is asked. Our reader
 * reads it once, counts its rows and checks every value. Where DuckDB would see other rows (ragged ones, odd quotes, values
 * that do not fit, mixed newlines, another encoding), the good rows are written anew in plain form, outside the memory,
 * and the view is of those; the others are rejected.
 */
export async function readInPlace(
  database: Database,
  file: File,
  plan: CsvPlan,
  view: string,
  options: IngestOptions,
): Promise<Attempt> {
  const plain = isPlain(plan) && !plan.columns.some((column) => needsConversion(column, plan));
  return (
    (plain && (await viewOfFile(database, file, plan, view, options))) ||
    viewOfGoodRows(database, file, plan, view, options)
  );
}

/** Null where DuckDB cannot read the file's own bytes as they should be read. */
async function viewOfFile(
  database: Database,
  file: File,
  plan: CsvPlan,
  view: string,
  { signal, onProgress }: IngestOptions,
): Promise<Attempt | null> {
  const start = await tableStart(file, plan);
  if (start === null) return null;
  const ledger = new Ledger();
  const rows = new CheckedRows(plan, ledger, null);
  const clean = (): boolean => rows.clean && ledger.rejected === 0;
  const { source, newlines, whole } = await pass(file, plan, ledger, rows, {
    signal,
    onBytes: (bytes) => onProgress({ bytes, total: file.size }),
    // Values that do not fit may change the plan, which the whole file decides.
    afterChunk: ({ nuls }) => (clean() && nuls === 0) || rows.checks.some(({ misfits }) => misfits.count > 0),
  });
  if (!whole) return null;
  const adapted = adaptPlan(plan, { ledger, checks: rows.checks, source });
  if (adapted) return { kind: 'changed', plan: adapted };
  const { lf, crlf, cr } = newlines;
  const uniform = cr === 0 && (start.newline === '\n' ? crlf : lf) === 0;
  if (!clean() || !uniform || source.nuls > 0 || source.invalid > 0) return null;
  try {
    const blob = file.slice(start.offset);
    const found = await viewRows(database, view, { blob, newline: start.newline }, plan, signal);
    return found === ledger.rows ? { kind: 'done', ledger, source } : null;
  } catch (error) {
    if (signal.aborted || FATAL.includes(problemOf(error).code)) throw error;
    return null;
  }
}

/** Out of memory, a crash, a cancelled run: nothing that another way of reading would mend. */
const FATAL = ['out-of-memory', 'crashed', 'cancelled', 'engine-restarted', 'engine-closed', 'engine-start'];

async function viewOfGoodRows(
  database: Database,
  file: File,
  plan: CsvPlan,
  view: string,
  { signal, onProgress }: IngestOptions,
): Promise<Attempt> {
  const ledger = new Ledger();
  const rewriter = new Rewriter(plan);
  const rows = new CheckedRows(plan, ledger, rewriter);
  const onBytes = (bytes: number): void => onProgress({ bytes, total: file.size });
  const { source } = await pass(file, plan, ledger, rows, { signal, onBytes });
  const adapted = adaptPlan(plan, { ledger, checks: rows.checks, source });
  if (adapted) return { kind: 'changed', plan: adapted };
  const rewritten = { blob: rewriter.blob(), newline: '\n' } as const;
  const found = await viewRows(database, view, rewritten, planOfRewritten(plan), signal);
  if (found !== ledger.rows) throw countError(file, ledger.rows, found);
  return { kind: 'done', ledger, source };
}

/** Where the first row begins, in bytes, and how its line above ends; null when that does not show at the beginning. */
async function tableStart(file: File, plan: CsvPlan): Promise<{ offset: number; newline: '\n' | '\r\n' } | null> {
  const head = new Uint8Array(await file.slice(0, 4_000_000).arrayBuffer());
  const bom = bomLength(head, plan.encoding);
  let offset = -1;
  let headersPending = plan.header ? (plan.headerRows ?? 1) : 0;
  const tokenizer = new Tokenizer({ delimiter: byteOf(plan.delimiter), quote: byteOf(plan.quote) }, (record) => {
    if (offset >= 0 || record.line <= plan.preamble) return;
    if (record.fields === 1 && record.end === record.start) return;
    if (headersPending > 0) headersPending--;
    else offset = bom + record.start;
  });
  tokenizer.push(head.subarray(bom));
  if (offset < 0) return null;
  return { offset, newline: tokenizer.newlines.crlf > 0 ? '\r\n' : '\n' };
}
