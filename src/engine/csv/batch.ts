import { Endianness, field, Table, tableToIPC, Version } from '@uwdata/flechette';
import { concat } from '../../base/concat';
import type { CsvPlan } from '../engine';
import { Block } from './block';
import { checksOf, misfit, type Check } from './checks';
import type { RowSink } from './judge';
import type { Ledger } from './ledger';
import { cellText } from './records';
import { STRAY, type RecordView } from './tokenizer';
import { vectorOf } from './vectors/create';
import { Texts } from './vectors/texts';
import type { Vector } from './vectors/vector';

/** DuckDB keeps rows in groups of so many: whole groups are taken over as they are, others are copied once more. */
const ROWS = 122_880;
/** Fewer rows make a batch of a table of many columns, or of long texts. */
const CELLS = 4_000_000;
const TEXT = 32 * 1024 * 1024;

/** Gives memory of so many bytes, or more. */
type Memory = (bytes: number) => ArrayBuffer;

/** Puts what a batch is made of into one piece of memory. */
class BatchSink {
  readonly #memory: Memory | undefined;
  readonly #parts: Uint8Array[] = [];

  constructor(memory: Memory | undefined) {
    this.#memory = memory;
  }

  write(part: Uint8Array): void {
    this.#parts.push(part);
  }

  pad(bytes: number): void {
    this.write(new Uint8Array(bytes));
  }

  finish(): Uint8Array {
    return concat(this.#parts, this.#memory);
  }
}

interface Refusal {
  readonly column: string;
  readonly reason: string;
}

/**
 * Reads rows into batches of typed columns, each an Arrow IPC stream. Values are read by the block, a column at a time;
 * what a column cannot settle at a glance is read as text by its strict reader, and where that fails the row is
 * rejected.
 */
export class Batches implements RowSink {
  readonly checks: readonly Check[];
  readonly #plan: CsvPlan;
  readonly #nulls: ReadonlySet<string>;
  readonly #ledger: Ledger;
  readonly #block: Block;
  readonly #vectors: readonly Vector[];
  readonly #most: number;
  #rows = 0;
  #finished: Uint8Array[] = [];
  readonly #memory: Memory | undefined;

  constructor(plan: CsvPlan, ledger: Ledger, memory?: Memory) {
    this.#plan = plan;
    this.#memory = memory;
    this.#nulls = new Set(plan.nulls);
    this.#ledger = ledger;
    this.#block = new Block(plan.columns.length);
    this.#vectors = plan.columns.map((column) => vectorOf(column, plan));
    this.#most = Math.min(ROWS, Math.ceil(CELLS / plan.columns.length));
    this.checks = checksOf(plan);
  }

  row(record: RecordView): void {
    const block = this.#block;
    if (record.bytes !== block.bytes) this.settle();
    block.add(record);
    if (block.full || this.#rows + block.rows === this.#most) this.settle();
  }

  blank(): void {
    this.#block.blank();
    if (this.#block.full || this.#rows + this.#block.rows === this.#most) this.settle();
  }

  /** Reads the rows that wait in the block. To be called before the bytes they stand in change. */
  settle(): void {
    const block = this.#block;
    if (block.rows === 0) return;
    const refused = this.#read();
    if (refused.size > 0) {
      this.#reject(refused);
      for (const vector of this.#vectors) vector.rewind(this.#rows);
      block.drop(refused);
      this.#read();
    }
    for (const row of block.special) {
      if (block.record(row).odd & STRAY) this.#ledger.stray(block.line(row));
    }
    this.#ledger.rows += block.rows;
    this.#rows += block.rows;
    block.clear();
    if (this.#hopeless()) this.#clear();
    else if (this.#rows === this.#most || this.#text() > TEXT) this.#close();
  }

  /** To be called at the end of the file. */
  finish(): void {
    this.settle();
    if (this.#rows > 0) this.#close();
  }

  /** The batches that are whole, each given once. */
  take(): Uint8Array[] {
    const finished = this.#finished;
    this.#finished = [];
    return finished;
  }

  /** Reads the block's values behind those of the batch. Returns the rows with a value that does not fit. */
  #read(): Map<number, Refusal> {
    const [block, at] = [this.#block, this.#rows];
    const refused = new Map<number, Refusal>();
    let check = 0;
    this.#vectors.forEach((vector, column) => {
      vector.reserve(at + block.rows);
      const open = vector.read(block, column, at);
      const own = this.checks[check]?.index === column ? this.checks[check++]! : null;
      if (own) for (const row of open) this.#settle(own, vector, row, refused);
    });
    return refused;
  }

  #settle(check: Check, vector: Vector, row: number, refused: Map<number, Refusal>): void {
    const { bytes, starts, ends, marks, width } = this.#block;
    const cell = row * width + check.index;
    const text = cellText(bytes, starts[cell]!, ends[cell]!, marks[cell]!, this.#plan.quote);
    const value = text.trim();
    if (this.#nulls.has(text) || this.#nulls.has(value)) return vector.miss(this.#rows + row);
    const plain = check.read(value);
    if (plain !== null) return vector.set(this.#rows + row, plain);
    const reason = misfit(check, value, this.#block.line(row), this.#plan);
    if (!refused.has(row)) refused.set(row, { column: check.column.name, reason });
  }

  #reject(refused: ReadonlyMap<number, Refusal>): void {
    for (const row of [...refused.keys()].sort((a, b) => a - b)) {
      const { reason, column } = refused.get(row)!;
      this.#ledger.reject(this.#block.record(row), reason, column);
    }
  }

  /** Whether the plan is sure to change (see `adaptPlan`), so that these rows will be read again: they are only judged. */
  #hopeless(): boolean {
    return this.checks.some(
      ({ misfits, column }) =>
        !column.chosen && misfits.zeros + misfits.long + misfits.decimals + misfits.elsewhere > 0,
    );
  }

  #text(): number {
    return this.#vectors.reduce((sum, vector) => sum + (vector instanceof Texts ? vector.size(this.#rows) : 0), 0);
  }

  #close(): void {
    const columns = this.#vectors.map((vector) => vector.column(this.#rows));
    const fields = this.#plan.columns.map(({ name }, i) => field(name, columns[i]!.type));
    const schema = {
      version: Version.V5,
      endianness: Endianness.Little,
      fields,
      metadata: null,
      dictionaryTypes: new Map(),
    };
    const sink = new BatchSink(this.#memory);
    this.#finished.push(tableToIPC(new Table(schema, columns), { format: 'stream', sink })!);
    this.#clear();
  }

  #clear(): void {
    for (const vector of this.#vectors) vector.rewind(0);
    this.#rows = 0;
  }
}
