import type { CsvPlan, Reject } from '../engine';
import type { Ledger } from './ledger';
import { fieldText, recordText } from './records';
import type { RecordView } from './tokenizer';
import { TOTALS_AT_MOST, isTotals } from './totals';

/** Where records of the right shape go, to be counted as rows or rejected for their values. */
export interface RowSink {
  /** `plain` unless the record has a field too many, which is blank and left out. The record is valid during the call. */
  row(record: RecordView, plain: boolean): void;
  /** A row of one column without a value. */
  blank(): void;
}

/**
 * Decides record by record, by their shape, what goes on to the sink, what is left out by plan (preamble, header, blank
 * lines) and what is rejected and why.
 */
export class Judge {
  /** Set where bytes that are no UTF-8 have been met: from there on every record is looked at. */
  suspicious = false;

  readonly #plan: CsvPlan;
  readonly #width: number;
  readonly #ledger: Ledger;
  readonly #sink: RowSink;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  #headersPending: number;
  #totalsPending: number;
  /** Whether a record below the header has been met. */
  #begun = false;
  /** Blank lines that count only if another row follows. */
  #blanks = 0;
  #held: { reject: Reject; flush: () => void }[] = [];

  constructor(plan: CsvPlan, ledger: Ledger, sink: RowSink) {
    this.#plan = plan;
    this.#width = plan.columns.length;
    this.#ledger = ledger;
    this.#sink = sink;
    this.#headersPending = plan.header ? (plan.headerRows ?? 1) : 0;
    this.#totalsPending = plan.totals === 'keep' ? 0 : (plan.totalsFirst ?? 0);
  }

  judge(record: RecordView): void {
    if (record.line <= this.#plan.preamble) return;
    if (record.fields === 1 && isBlank(record)) return this.#blank();
    if (this.#headersPending > 0) {
      this.#headersPending--;
      return;
    }
    if (this.#totalsPending > 0) {
      this.#totalsPending--;
      return this.#ledger.reject(record, `Row ${at(record)} looks like a totals row.`);
    }
    this.#begun = true;
    if (this.#blanks) this.#countBlanks();
    const { fields, flaw } = record;
    const width = this.#width;
    if (flaw === 'unclosed-quote')
      return this.#ledger.reject(record, `Row ${at(record)} opens a quote that does not close as it should.`);
    if (flaw === 'too-long') return this.#ledger.reject(record, `Row ${at(record)} is longer than 2 MB.`);
    let plain = true;
    if (fields !== width) {
      const last = fields - 1;
      if (fields !== width + 1 || record.ends[last]! > record.starts[last]!) {
        if (this.#plan.totals !== 'keep' && isTotals(texts(record, this.#plan.quote)))
          return this.#holdTotals(record, null);
        return this.#ledger.reject(record, raggedReason(record, width, this.#plan.header));
      }
      this.#ledger.trailing++;
      plain = false;
    }
    if (width > 1 && record.end - record.start === fields - 1)
      return this.#ledger.reject(record, `Row ${at(record)} is empty: it holds nothing but delimiters.`);
    if (this.suspicious && !this.#valid(record))
      return this.#ledger.reject(record, `Row ${at(record)} holds bytes that are not valid UTF-8.`);
    if (this.#plan.totals !== 'keep' && maybeTotals(record) && isTotals(texts(record, this.#plan.quote)))
      return this.#holdTotals(record, plain);
    if (this.#held.length) this.#release();
    this.#sink.row(record, plain);
  }

  /** Whether what stands on `line` and below is neither preamble nor header, nor a total right below it. */
  isPastHeader(line: number): boolean {
    return this.#headersPending + this.#totalsPending === 0 && line > this.#plan.preamble;
  }

  /** Rows that were read elsewhere come next: what seemed to be totals were none. */
  rowsFollow(): void {
    this.#release();
  }

  /** To be called at the end of the file: rows of totals that stand last are set aside. */
  finish(): void {
    for (const { reject } of this.#held) this.#ledger.note(reject);
    this.#held = [];
  }

  #blank(): void {
    // In a table of one column a blank line between rows is a row without a value; elsewhere it is nothing.
    if (this.#width === 1 && this.#headersPending === 0 && this.#begun) this.#blanks++;
  }

  #countBlanks(): void {
    for (; this.#blanks > 0; this.#blanks--) this.#sink.blank();
  }

  #holdTotals(record: RecordView, plain: boolean | null): void {
    const reason = `Row ${at(record)} looks like a totals row.`;
    const reject = { line: record.line, reason, text: recordText(record) };
    // A ragged total that turns out not to stand last is rejected as ragged.
    const ragged = { ...reject, reason: raggedReason(record, this.#width, this.#plan.header) };
    const copy = plain === null ? null : copyOf(record);
    const flush = (): void => (copy ? this.#sink.row(copy, plain!) : this.#ledger.note(ragged));
    this.#held.push({ reject, flush });
    if (this.#held.length > TOTALS_AT_MOST) this.#held.shift()!.flush();
  }

  #release(): void {
    for (const { flush } of this.#held) flush();
    this.#held = [];
  }

  #valid(record: RecordView): boolean {
    try {
      this.#utf8.decode(record.bytes.subarray(record.start, record.end));
      return true;
    } catch {
      return false;
    }
  }
}

const at = (record: RecordView): string => record.line.toLocaleString('en');

function raggedReason(record: RecordView, width: number, header: boolean): string {
  const fields = `${record.fields.toLocaleString('en')} field${record.fields === 1 ? '' : 's'}`;
  return `Row ${at(record)} has ${fields}, ${header ? 'the header has' : 'the others have'} ${width.toLocaleString('en')}.`;
}

function isBlank(record: RecordView): boolean {
  if (record.marks[0] !== 0) return false;
  for (let i = record.start; i < record.end; i++) if (record.bytes[i] !== 32 && record.bytes[i] !== 9) return false;
  return true;
}

/** A cheap look before the label is read: a total begins with a letter or a blank cell. */
function maybeTotals(record: RecordView): boolean {
  const byte = record.bytes[record.starts[0]!]!;
  return (
    record.starts[0] === record.ends[0] ||
    (byte | 32) === 116 ||
    (byte | 32) === 103 ||
    (byte | 32) === 115 ||
    byte === 32 ||
    byte >= 128 ||
    'iIrRcCoOyY'.includes(String.fromCharCode(byte))
  );
}

/** A record that outlives the visit. */
function copyOf(record: RecordView): RecordView {
  const { start, end, line, fields, odd, flaw } = record;
  const moved = (bounds: Int32Array): Int32Array => bounds.slice(0, fields).map((bound) => bound - start);
  const bytes = record.bytes.slice(start, end);
  const { starts, ends, marks } = record;
  return {
    bytes,
    start: 0,
    end: end - start,
    line,
    fields,
    odd,
    flaw,
    starts: moved(starts),
    ends: moved(ends),
    marks: marks.slice(0, fields),
  };
}

const texts = (record: RecordView, quote: string): string[] =>
  Array.from({ length: Math.min(record.fields, 20) }, (_, i) => fieldText(record, i, quote));
