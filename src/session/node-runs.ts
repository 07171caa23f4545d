import { delay } from '../base/delay';
import type { Problem } from '../base/problem';
import type { Engine, RelationInfo, RunProgress } from '../engine/engine';
import type { Kernel, KernelInput } from '../kernel/kernel';
import { runName } from '../kernel/run-name';
import type { Definition } from '../language/definition';
import type { Cell } from '../notebook/model';
import type { CellOutput, InputValue } from '../output/output';
import type { RunContext } from '../runtime/runtime';
import { CellFailed } from './cell-failed';
import type { CellResults } from './cell-results';
import type { DataFiles } from './data-files';
import { inKernel, tablesFor, tablesRead } from './nodes';
import type { NotebookCells } from './notebook-cells';
import { noted, ofCell, ofFile, rowsOf } from './ran';
import { relationOf, runCell } from './run-cell';
import type { Ran } from './run-record';
import { withMetrics } from './with-metrics';

/** How long TypeScript may go on after it was asked to stop, before its worker is ended. */
const PATIENCE_MILLISECONDS = 200;

/** What a run needs of the session. */
export interface RunHost {
  readonly engine: Engine;
  readonly kernel: Kernel;
  readonly data: DataFiles;
  readonly cells: NotebookCells;
  readonly results: CellResults;
  /** The controls of a cell as they were moved. */
  readonly controls: (id: string) => Readonly<Record<string, InputValue>>;
  /** Which node of the graph defines a name. */
  readonly definer: (name: string) => string | undefined;
  /** The nodes whose data a node's result is made of. */
  readonly sources: (id: string) => readonly string[];
  /** Tables and results that have a name. */
  readonly relations: () => readonly RelationInfo[];
  readonly explain: (error: unknown, cell: Cell) => Problem;
  /** The kernel started anew for a run that would not end: the values of all other cells are gone. */
  readonly onValuesLost: (except: string) => void;
  /** What a run shows, or how far it has come, is other than before. */
  readonly onChange: () => void;
  readonly onRan: (ran: Ran) => void;
}

/** Runs the nodes of one notebook, cells and files, and knows what is under way. */
export class NodeRuns {
  readonly #host: RunHost;
  /** The version under way, by node, and how far the database has come with it. */
  readonly #running = new Map<string, { readonly version: number; readonly share?: number }>();
  /** The version of each name's value, for what the kernel may keep. */
  readonly #versions = new Map<string, number>();
  #engineStands: Promise<unknown> | undefined;

  constructor(host: RunHost) {
    this.#host = host;
    void host.engine.watchRuns((progress) => this.#progressed(progress));
  }

  /** Runs a node and notes how it went. */
  async run(id: string, { version, signal, begin }: RunContext): Promise<void> {
    const { data, cells, results, sources, onRan } = this.#host;
    await this.#stands(id);
    begin();
    if (signal.aborted) return;
    const cell = cells.find(id);
    await noted(
      () => this.#runNode(id, version, signal),
      signal,
      (went) => {
        const files = [id, ...sources(id)].flatMap((node) => data.entry(node) ?? []);
        const about = cell ? ofCell(cell, cells.definition(cell), files) : ofFile(files);
        const relation = cell ? results.relation(id) : files[0]?.ingested?.relation;
        if (about) onRan({ ...about, ...went, ...(went.outcome === 'ok' && rowsOf(relation)) });
      },
    );
  }

  /** How far the database has come with what a node asks of it, 0 to 1. */
  share(id: string): number | undefined {
    return this.#running.get(id)?.share;
  }

  /** What a running cell has shown so far. */
  shown(id: string, version: number, output: CellOutput): void {
    if (this.#running.get(id)?.version !== version) return;
    this.#host.results.shows(id, output);
    this.#host.onChange();
  }

  /** Waits until that stands in which a node runs. Why it does not stand, the run itself will meet and tell. */
  async #stands(id: string): Promise<void> {
    const { engine, kernel, cells } = this.#host;
    const cell = cells.find(id);
    this.#engineStands ??= engine.open().catch(() => undefined);
    await Promise.all([this.#engineStands, cell && inKernel(cell) && kernel.start().catch(() => undefined)]);
  }

  async #runNode(id: string, version: number, signal: AbortSignal): Promise<void> {
    const { engine, kernel, data, cells, onValuesLost } = this.#host;
    const run = runName(id, version);
    const cell = cells.find(id);
    let ended = false;
    this.#running.set(id, { version });
    const stop = async (): Promise<void> => {
      if (ended) return;
      await engine.cancel(run);
      if (!cell || !inKernel(cell)) return;
      // TypeScript can only be stopped by ending its worker, and every value in it; what ends by itself is let be.
      await delay(PATIENCE_MILLISECONDS);
      if (ended) return;
      await kernel.restart();
      onValuesLost(id);
    };
    signal.addEventListener('abort', () => void stop(), { once: true });
    try {
      if (cell) await this.#runCell(cell, version, run, signal);
      else {
        const ingested = await data.read(id, run);
        this.#versions.set(ingested.relation.name.toLowerCase(), version);
      }
    } finally {
      ended = true;
      if (this.#running.get(id)?.version === version) this.#running.delete(id);
    }
  }

  async #runCell(cell: Cell, version: number, run: string, signal: AbortSignal): Promise<void> {
    const { engine, kernel, cells, results, controls, definer, relations, explain } = this.#host;
    const definition = cells.definition(cell);
    // A name that no cell has any more stands for nothing, though a result of it may stand in the database.
    const unknown = definition.inputs.filter((name) => !definer(name));
    if (unknown.length > 0) results.forget(unknown);
    await results.settled;
    const read = new Set(definition.inputs.map((name) => name.toLowerCase()));
    try {
      const ran = await runCell(engine, kernel, {
        cell,
        body: withMetrics(definition.body, cells.metrics()),
        outputs: definition.outputs,
        version,
        run,
        inputs: this.#inputs(definition),
        reads: relations().filter(({ name }) => read.has(name.toLowerCase())),
        tables: tablesFor(cell, tablesRead(cells.list, cells.definition), cells.definition),
        controls: controls(cell.id),
        signal,
      });
      if (signal.aborted) return;
      for (const name of definition.outputs) this.#versions.set(name.toLowerCase(), version);
      results.succeeded(cell, ran);
    } catch (error) {
      if (signal.aborted) throw error;
      const problem = explain(error, cell);
      throw new CellFailed(problem, results.failed(cell, problem, error));
    }
  }

  /** What a cell reads of others, and where it stands. */
  #inputs({ inputs, body }: Definition): readonly KernelInput[] {
    const { cells, data, definer } = this.#host;
    const queried = body.type === 'ts' ? body.queried : [];
    return inputs.flatMap((name): KernelInput[] => {
      if (queried.includes(name)) return [];
      const node = definer(name);
      if (!node) return [];
      const cell = cells.find(node);
      if (cell?.kind === 'ts') return [{ name, from: 'kernel' }];
      const relation = cell ? relationOf(cell) : data.entry(node)?.table;
      if (!relation) return [];
      return [{ name, from: 'table', relation, version: this.#versions.get(name.toLowerCase()) ?? 0 }];
    });
  }

  #progressed({ run, share }: RunProgress): void {
    for (const [id, { version }] of this.#running) {
      if (runName(id, version) !== run) continue;
      this.#running.set(id, { version, share });
      this.#host.onChange();
    }
  }
}
