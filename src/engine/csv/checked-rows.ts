import type { CsvPlan } from '../engine';
import { checksOf, misfit, type Check } from './checks';
import type { RowSink } from './judge';
import type { Ledger } from './ledger';
import { fieldText } from './records';
import type { Rewriter } from './rewrite';
import type { RecordView } from './tokenizer';

/** Checks the values of rows that DuckDB will read by itself, in place, or that are to be written anew for it. */
export class CheckedRows implements RowSink {
  readonly checks: readonly Check[];
  /** Whether DuckDB, given the file's own bytes, would see exactly the rows so far, each as it should be. */
  clean = true;

  readonly #plan: CsvPlan;
  readonly #nulls: ReadonlySet<string>;
  readonly #ledger: Ledger;
  readonly #rewriter: Rewriter | null;

  constructor(plan: CsvPlan, ledger: Ledger, rewriter: Rewriter | null) {
    this.#plan = plan;
    this.#nulls = new Set(plan.nulls);
    this.#ledger = ledger;
    this.#rewriter = rewriter;
    this.checks = checksOf(plan);
  }

  row(record: RecordView, plain: boolean): void {
    const verdict = this.#values(record);
    if (verdict === 'misfit') return;
    if (record.flaw === 'stray-quote') this.#ledger.stray(record.line);
    const stands = plain && verdict === 'fits' && record.flaw === 'none';
    if (!stands) this.clean = false;
    this.#ledger.rows++;
    this.#rewriter?.row(record, stands);
  }

  blank(): void {
    this.clean = false;
    this.#ledger.rows++;
    this.#rewriter?.blank();
  }

  /** `fits`, or `padded` where a value must be rewritten to be read, or `misfit` after having rejected the row. */
  #values(record: RecordView): 'fits' | 'padded' | 'misfit' {
    let padded = false;
    let reason: { column: string; reason: string } | null = null;
    for (const check of this.checks) {
      const from = record.starts[check.index]!;
      const to = record.ends[check.index]!;
      if (from === to || check.quick?.(record.bytes, from, to)) continue;
      const text = fieldText(record, check.index, this.#plan.quote);
      if (this.#nulls.has(text)) continue;
      const value = text.trim();
      if (value !== text || !check.native(value)) padded = true;
      if (this.#nulls.has(value) || check.read(value) !== null) continue;
      const sentence = misfit(check, value, record.line, this.#plan);
      reason ??= { column: check.column.name, reason: sentence };
    }
    if (reason) {
      this.#ledger.reject(record, reason.reason, reason.column);
      return 'misfit';
    }
    return padded ? 'padded' : 'fits';
  }
}
