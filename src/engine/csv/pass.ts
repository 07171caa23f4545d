import type { CsvPlan, Reject } from '../engine';
import type { Misfits } from './checks';
import { Judge } from './judge';
import { byteOf } from './records';
import { Rewriter } from './rewrite';
import { utf8Chunks, type SourceCounts } from './source';
import { Tokenizer } from './tokenizer';

/** What one reading of the whole file found. */
export interface Findings {
  readonly rows: number;
  readonly rejected: number;
  readonly rejects: readonly Reject[];
  /** Whether DuckDB may read the file's own bytes. */
  readonly clean: boolean;
  readonly newline: '\n' | '\r\n';
  readonly misfits: ReadonlyMap<string, Misfits>;
  readonly strays: { readonly count: number; readonly line: number };
  readonly trailing: number;
  readonly source: SourceCounts;
  /** The good rows in plain form, when they were asked for. */
  readonly blob: Blob | null;
  /** False when the reading stopped early, having seen that the file cannot be read as it is. */
  readonly whole: boolean;
}

export interface PassOptions {
  readonly rewrite: boolean;
  /** Stop at the first record that DuckDB could not read from the file's own bytes, values aside. */
  readonly stopWhenUnclean?: boolean;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/** Reads the whole file once: cuts it, judges every record, and writes the good ones anew when asked to. */
export async function pass(file: Blob, plan: CsvPlan, options: PassOptions): Promise<Findings> {
  const counts: SourceCounts = { nuls: 0, invalid: 0, wide: 0 };
  const rewriter = options.rewrite ? new Rewriter(plan) : null;
  const judge = new Judge(plan, rewriter);
  const tokenizer = new Tokenizer({ delimiter: byteOf(plan.delimiter), quote: byteOf(plan.quote) }, (record) =>
    judge.judge(record),
  );
  let whole = true;
  for await (const chunk of utf8Chunks(file, plan, counts, options.onBytes)) {
    options.signal.throwIfAborted();
    if (counts.invalid > 0) judge.suspicious = true;
    tokenizer.push(chunk);
    const misfit = judge.checks.some((check) => check.misfits.count > 0);
    if (options.stopWhenUnclean && !misfit && (!judge.clean || counts.nuls > 0)) {
      whole = false;
      break;
    }
  }
  if (whole) {
    tokenizer.finish();
    judge.finish();
  }
  const { lf, crlf, cr } = tokenizer.newlines;
  const uniform = cr === 0 && (lf === 0 || crlf === 0);
  return {
    rows: judge.rows,
    rejected: judge.rejected,
    rejects: judge.rejects.toSorted((a, b) => a.line - b.line),
    clean: judge.clean && uniform && counts.nuls === 0 && counts.invalid === 0,
    newline: crlf > 0 && lf === 0 ? '\r\n' : '\n',
    misfits: new Map(
      judge.checks.filter((check) => check.misfits.count > 0).map((check) => [check.column.name, check.misfits]),
    ),
    strays: { count: judge.strays, line: judge.firstStray },
    trailing: judge.trailing,
    source: counts,
    blob: rewriter && whole ? rewriter.blob() : null,
    whole,
  };
}
