import type { CsvPlan } from '../engine';
import { Judge, type RowSink } from './judge';
import type { Ledger } from './ledger';
import { byteOf } from './records';
import type { SourceCounts } from './source';
import { Tokenizer } from './tokenizer';

/** A file on its way from bytes to rows: cut into records, judged by their shape, handed to the sink. */
export class Reading {
  readonly source: SourceCounts = { nuls: 0, invalid: 0, wide: 0 };
  readonly #judge: Judge;
  readonly #tokenizer: Tokenizer;

  constructor(plan: CsvPlan, ledger: Ledger, sink: RowSink) {
    const judge = new Judge(plan, ledger, sink);
    const dialect = { delimiter: byteOf(plan.delimiter), quote: byteOf(plan.quote) };
    this.#judge = judge;
    this.#tokenizer = new Tokenizer(dialect, (record) => judge.judge(record));
  }

  /** The line on which the next record starts. */
  get line(): number {
    return this.#tokenizer.line;
  }

  get newlines(): Tokenizer['newlines'] {
    return this.#tokenizer.newlines;
  }

  /** Whether the next bytes are rows that nothing before them bears on, so that they may as well be read elsewhere. */
  get atRow(): boolean {
    return this.#tokenizer.atRecord && this.#judge.isPastHeader(this.line);
  }

  /** Reads the next bytes, which must not change until the sink is done with them. */
  push(chunk: Uint8Array): void {
    if (this.source.invalid > 0) this.#judge.suspicious = true;
    this.#tokenizer.push(chunk);
  }

  /** Goes on behind good rows that were read elsewhere, on so many lines. */
  pass(lines: number): void {
    this.#judge.rowsFollow();
    this.#tokenizer.line += lines;
  }

  /** To be called at the end of the file. */
  finish(): void {
    if (this.source.invalid > 0) this.#judge.suspicious = true;
    this.#tokenizer.finish();
    this.#judge.finish();
  }
}
