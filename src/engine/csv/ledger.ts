import type { Reject } from '../engine';
import { recordText } from './records';
import type { RecordView } from './tokenizer';

const REJECTS_SHOWN = 1000;

/** The account of a reading: every record that is no preamble, header or blank line is in `rows` or in `rejected`. */
export class Ledger {
  rows = 0;
  rejected = 0;
  /** The first of the rejected rows. */
  readonly rejects: Reject[] = [];
  /** Rows with quotes that were not doubled, and the line of the first. */
  readonly strays = { count: 0, line: 0 };
  /** Rows that ended in one delimiter too many. */
  trailing = 0;

  reject(record: RecordView, reason: string, column?: string): void {
    const text = this.rejects.length < REJECTS_SHOWN ? recordText(record) : '';
    this.note({ line: record.line, ...(column !== undefined && { column }), reason, text });
  }

  note(reject: Reject): void {
    this.rejected++;
    if (this.rejects.length < REJECTS_SHOWN) this.rejects.push(reject);
  }

  stray(line: number): void {
    this.strays.count++;
    this.strays.line ||= line;
  }
}
