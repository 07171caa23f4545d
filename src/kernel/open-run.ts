import { concat } from '../base/concat';
import { problemOf, type Problem } from '../base/problem';
import type { CellOutput, Output } from '../output/output';
import type { Bindable, GateHost } from './gate-host';
import type { EvaluatedValue, KernelResult, KernelRun } from './kernel';
import { randomId } from './random-id';
import { runName } from './run-name';
import { WEIGHT_LIMIT, weightOf } from './weight';

type Line = CellOutput['log'][number];

const LOG_LINES = 1_000;
const LOG_CHARACTERS = 200_000;

const LEFT_OUT: Output = {
  type: 'text',
  text: 'The cell showed more than the page can hold at once; the rest was left out. Aggregate first, or show less.',
};

/** A run in progress, on the trusted side: gathers what the kernel sends for it into a result. */
export class OpenRun {
  /** Unguessable: who does not know it cannot answer for this run. */
  readonly id: string = randomId();
  readonly engineRun: string;
  readonly finished: Promise<KernelResult>;
  readonly finish: (result: KernelResult) => void;
  /** Characters and bytes received, and queries waiting. */
  characters = 0;
  bytes = 0;
  waiting = 0;

  readonly #request: KernelRun;
  readonly #host: GateHost;
  readonly #onOutput: (output: CellOutput) => void;
  /** One place for each thing shown, in order; a table's place is filled when the engine has it. */
  readonly #outputs: (readonly Output[])[] = [];
  /** What was shown so far costs the page; see `weightOf`. */
  #weight = 0;
  readonly #log: Line[] = [];
  #logged = 0;
  #progress: Output | undefined;
  #chunks: ArrayBuffer[] = [];
  readonly #defined = new Set<string>();
  readonly #inserts: Promise<void>[] = [];
  #problem: Problem | undefined;
  #told = false;
  #ended = false;

  constructor(request: KernelRun, host: GateHost, onOutput: (output: CellOutput) => void) {
    this.#request = request;
    this.#host = host;
    this.#onOutput = onOutput;
    this.engineRun = runName(request.cell, request.version);
    let finish!: (result: KernelResult) => void;
    this.finished = new Promise((resolve) => (finish = resolve));
    this.finish = finish;
  }

  get slots(): number {
    return this.#outputs.length + this.#inserts.length;
  }

  show(outputs: readonly Output[]): void {
    const full = this.#weight > WEIGHT_LIMIT;
    this.#weight += outputs.reduce((sum, output) => sum + weightOf(output), 0);
    // The place is kept, so that the number of things shown is still counted.
    if (this.#weight <= WEIGHT_LIMIT) this.#outputs.push(outputs);
    else this.#outputs.push(full ? [] : [LEFT_OUT]);
    this.#tell();
  }

  progress(label: string, share: number | undefined): void {
    this.#progress = share === undefined ? { type: 'progress', label } : { type: 'progress', label, share };
    this.#tell();
  }

  write(lines: readonly Line[]): void {
    for (const line of lines) {
      if (this.#log.length >= LOG_LINES || this.#logged >= LOG_CHARACTERS) break;
      this.#logged += line.text.length;
      this.#log.push(line);
    }
    this.#tell();
  }

  /**
   * A piece of a table. The kernel says whether it is one of the names the cell defines; what the relation is called is
   * settled here.
   */
  relation(defined: string | undefined, bytes: ArrayBuffer, last: boolean): void {
    this.#chunks.push(bytes);
    if (!last) return;
    const chunks = this.#chunks.map((chunk) => new Uint8Array(chunk));
    const whole = chunks.length === 1 ? chunks[0]! : concat(chunks);
    this.#chunks = [];
    if (defined !== undefined) {
      if (!this.#request.outputs.includes(defined) || !this.#request.tables?.includes(defined)) return;
      this.#inserts.push(this.#insert(defined, whole).then(() => void this.#defined.add(defined)));
      return;
    }
    const slot = this.#outputs.push([]) - 1;
    const name = `_out_${this.#request.cell}_${slot}`;
    this.#inserts.push(
      this.#insert(name, whole).then(async ({ columns, rows = 0 }) => {
        this.#outputs[slot] = [
          { type: 'table', relation: name, columns: columns.map(({ name, type }) => ({ name, type })), rows },
        ];
        this.#tell();
      }),
    );
  }

  async #insert(name: string, bytes: Uint8Array): ReturnType<GateHost['insertTable']> {
    try {
      return await this.#host.insertTable(name, bytes);
    } catch (error) {
      this.#problem ??= problemOf(error);
      throw error;
    }
  }

  /** The last word of the run. */
  async result(problem: Problem | undefined, values: readonly string[]): Promise<KernelResult> {
    // A run that was ended does not wait for tables that may never come.
    if (problem?.code !== 'cancelled') await Promise.allSettled(this.#inserts);
    this.#ended = true;
    this.#progress = undefined;
    const ended = problem ?? this.#problem;
    const output = { ...this.#output(), ...(ended ? { problem: ended } : {}) };
    const defined = this.#request.outputs
      .filter((name) => values.includes(name))
      .map((name) => ({ name, kind: this.#defined.has(name) ? ('table' as const) : ('value' as const) }));
    return ended ? { output, defined, problem: ended } : { output, defined };
  }

  #output(): CellOutput {
    const outputs = this.#outputs.flat();
    if (this.#progress) outputs.push(this.#progress);
    return { outputs, log: this.#log.slice() };
  }

  /** Tells what there is so far, a few times a second. */
  #tell(): void {
    if (this.#told || this.#ended) return;
    this.#told = true;
    setTimeout(() => {
      this.#told = false;
      if (!this.#ended) this.#onOutput(this.#output());
    }, 100);
  }

  /** A value from a message, as the engine binds it. */
  static bindable(value: EvaluatedValue): Bindable {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(OpenRun.bindable);
    if ('date' in value) return new Date(value.date);
    return BigInt((value as { integer: string }).integer);
  }
}
