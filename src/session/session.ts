import { delay } from '../base/delay';
import { problemOf, type Problem } from '../base/problem';
import type { Engine, EngineInfo, EngineRestart, ExportOptions, TableToExport, RelationInfo } from '../engine/engine';
import type { Kernel, SurfacePatch } from '../kernel/kernel';
import type { SqlFunction } from '../language/sql/offers';
import { History, type Edit } from '../notebook/edit';
import type { Cell, Notebook } from '../notebook/model';
import type { CellOutput, InputValue } from '../output/output';
import { Runtime, type NodeState } from '../runtime/runtime';
import { CellResults } from './cell-results';
import type { CellView } from './cell-view';
import type { ResultState } from './changes';
import { checkSql } from './check-sql';
import { isVerdict } from './checked-nodes';
import { DataFiles } from './data-files';
import { FileDeeds } from './file-deeds';
import { NodeRuns } from './node-runs';
import { cellNodes, fileNode, isPlainText } from './nodes';
import { NotebookCells, type Define } from './notebook-cells';
import { withNameReplaced } from './rename-in-source';
import { resultStates } from './result-states';
import type { Ran } from './run-record';
import { readFunctions } from './sql-functions';
import { withMetrics } from './with-metrics';

export type { FilePlan, PlanChange, RelationInfo } from '../engine/engine';
export type { NodeState, StaleReason } from '../runtime/runtime';
export type { CellView } from './cell-view';

export interface SessionParts {
  readonly engine: Engine;
  readonly kernel: Kernel;
  readonly define: Define;
  /** What a run's error means to the reader. */
  readonly explain: (
    error: unknown,
    cell: Cell,
    relations: readonly RelationInfo[],
    names: readonly string[],
    headers: ReadonlyMap<string, string>,
  ) => Problem;
  /** Ends the threads the engine runs on. */
  readonly stop: () => void;
}

/** What the page is told as it happens. */
export interface SessionEvents {
  /** A part of a drawing changed. */
  readonly onPatch: (patch: SurfacePatch) => void;
  /** Something was lost and is stale now, with the reason. */
  readonly onNotice: (problem: Problem) => void;
  /** A control was moved, and what depends on it takes so long together that it waits to be asked for. */
  readonly onWaits: () => void;
}

/** The controls that were moved, by cell and by key. */
export type Controls = Readonly<Record<string, Readonly<Record<string, InputValue>>>>;

/** How long what runs may go on after a control was moved, before it is stopped. */
const PATIENCE_MILLISECONDS = 200;

/** So often the page is told how runs come along: were each step drawn, the next would wait for the drawing. */
const TOLD_MILLISECONDS = 30;

/** Below this predicted time an edit reruns what depends on it by itself. */
const AUTORUN_MILLISECONDS = 2_000;

/**
 * One open notebook: the document and its history, the graph of its cells and data files, and the engine and kernel that
 * run them. Everything the page shows is read from here; everything the reader does is a method.
 */
export class Session {
  readonly #engine: Engine;
  readonly #kernel: Kernel;
  readonly #explain: SessionParts['explain'];
  readonly #stopThreads: () => void;
  readonly #history: History;
  readonly #runtime: Runtime;
  readonly data: DataFiles;
  /** What the reader does to the data files. */
  readonly files: FileDeeds;

  readonly #cells: NotebookCells;
  readonly #views = new WeakMap<Cell, CellView>();
  readonly #controls = new Map<string, Record<string, InputValue>>();
  readonly #results: CellResults;
  readonly #runs: NodeRuns;
  /** While an edit is taken in: what it makes stale waits until the reader runs it, rather than running half a word. */
  #editing = false;
  /** Cells whose controls were moved and that have not been run since. */
  readonly #moved = new Set<string>();
  /** What the reader asked to run: a file that was missing lets it run when it comes. */
  readonly #asked = new Set<string>();
  /** How long the last good run of each cell took in milliseconds, of cells that were deleted too. */
  readonly #took = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #telling: ReturnType<typeof setTimeout> | undefined;
  events: SessionEvents | undefined;
  /** Whether what depends on a change may run by itself, where that is quick. */
  mayAutorun: () => boolean = () => true;
  /** Told of every run that came to an end. */
  onRan: ((ran: Ran) => void) | undefined;
  #closed = false;

  constructor(notebook: Notebook, parts: SessionParts) {
    this.#engine = parts.engine;
    this.#kernel = parts.kernel;
    this.#explain = parts.explain;
    this.#stopThreads = parts.stop;
    this.#history = new History(notebook);
    this.#cells = new NotebookCells(parts.define, () => this.notebook.cells);
    this.#results = new CellResults((relation) => parts.engine.drop(relation));
    this.data = new DataFiles(parts.engine, () => this.#changed());
    this.#runs = new NodeRuns({
      engine: parts.engine,
      kernel: parts.kernel,
      data: this.data,
      cells: this.#cells,
      results: this.#results,
      controls: (id) => this.#controls.get(id) ?? {},
      definer: (name) => this.definer(name),
      sources: (id) => this.sources(id),
      relations: () => this.relations(),
      explain: (error, cell) => this.#explained(error, cell),
      onValuesLost: (except) => this.#valuesLost(except),
      onChange: () => this.#changed(),
      onRan: (ran) => {
        if (ran.outcome === 'ok') this.#took.set(ran.id, ran.milliseconds);
        this.onRan?.(ran);
      },
    });
    this.#runtime = new Runtime({
      run: (id, context) => this.#runs.run(id, context),
      autorun: (ids) => {
        if (!this.mayAutorun() || this.#editing) return false;
        return this.lastMilliseconds(ids) <= AUTORUN_MILLISECONDS;
      },
    });
    this.#runtime.subscribe(() => {
      // `#sync` tells it once, when all of it is taken in.
      if (!this.#editing) this.#stepped();
    });
    this.files = new FileDeeds({
      data: this.data,
      history: this.#history,
      definer: (name) => this.#runtime.definer(name),
      names: () => this.#cells.outputNames(),
      sync: () => this.#sync(),
      run: (ids) => this.run(ids),
      askedOf: (node) => this.#runtime.descendants(node).filter((id) => this.#asked.has(id)),
      failed: (error) => this.events?.onNotice(problemOf(error)),
    });
    this.data.follow(notebook.files);
    this.#sync();
    void this.#engine.watch((restart) => this.#engineRestarted(restart));
  }

  // ── What is there ──────────────────────────────────────────────────────────────────────────────────────────────────

  get notebook(): Notebook {
    return this.#history.notebook;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** The same object as before where nothing about the cell has changed, so that nothing of it need be shown anew. */
  view(cell: Cell): CellView {
    const known = this.#views.get(cell);
    const view: CellView = {
      cell,
      state: this.#runtime.state(cell.id),
      output: this.#results.output(cell.id),
      share: this.#runs.share(cell.id),
      values: this.#results.values(cell),
      definition: this.#cells.definition(cell),
      earlier: this.#results.isEarlier(cell.id),
    };
    if (known && (Object.keys(view) as (keyof CellView)[]).every((key) => known[key] === view[key])) return known;
    this.#views.set(cell, view);
    return view;
  }

  state(id: string): NodeState | undefined {
    return this.#runtime.state(id);
  }

  /** The cells that wait to be run again because something they read changed. */
  waiting(): readonly string[] {
    return this.notebook.cells.flatMap(({ id }) => {
      const state = this.state(id);
      return state?.status === 'stale' && state.reason.because === 'input-changed' ? [id] : [];
    });
  }

  /** How long the last good runs of cells took together, those that have none aside. */
  lastMilliseconds(ids: readonly string[]): number {
    return ids.reduce((total, id) => total + (this.#runtime.lastMilliseconds(id) ?? 0), 0);
  }

  /** The controls as they were moved, to be kept beside the notebook. */
  get controls(): Controls {
    const cells = new Set(this.notebook.cells.map((cell) => cell.id));
    return Object.fromEntries([...this.#controls].filter(([id]) => cells.has(id)));
  }

  /** Puts controls where they were left; nothing runs by that. */
  restoreControls(controls: Controls): void {
    for (const [id, values] of Object.entries(controls)) this.#controls.set(id, { ...values });
  }

  /** Tables and results that have a name, with their columns: for completion, the side panel and suggestions. */
  relations(): readonly RelationInfo[] {
    const files = this.data.entries.flatMap((entry) => (entry.ingested ? [entry.ingested.relation] : []));
    return [...files, ...this.#results.relations()];
  }

  /** The graph around a node, by names of nodes. */
  ancestors(id: string): readonly string[] {
    return this.#runtime.ancestors(id);
  }

  /** The nodes whose data a node's result is made of, nearest first; a check that must hold before gives none. */
  sources(id: string): readonly string[] {
    return this.#runtime.ancestors(id, (name) => !isVerdict(name));
  }

  descendants(id: string): readonly string[] {
    return this.#runtime.descendants(id);
  }

  /** The database's version, and what it has beside it; rejects where it does not stand. */
  database(): Promise<EngineInfo> {
    return this.#engine.open();
  }

  /** Whether anything waits to be run again. */
  get stale(): boolean {
    return this.notebook.cells.some(
      (cell) => cell.source.trim() !== '' && this.#runtime.state(cell.id)?.status === 'stale',
    );
  }

  get running(): boolean {
    return this.#nodes().some((id) => ['running', 'queued'].includes(this.#runtime.state(id)?.status ?? ''));
  }

  /** Resolves when nothing is queued, runs or is profiled. */
  async atRest(): Promise<void> {
    await this.#runtime.idle();
    await this.data.profiled();
  }

  /** Calls back after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // ── What the reader does ───────────────────────────────────────────────────────────────────────────────────────────

  edit(edit: Edit): void {
    const { files } = this.notebook;
    this.#history.apply(edit, Date.now());
    this.files.forgetUndone();
    if (edit.type === 'replaceAll') this.files.keepPresent(files);
    this.#sync();
  }

  undo(): void {
    this.#step('undo');
  }

  redo(): void {
    this.#step('redo');
  }

  /** Runs cells, and before them what they read and is out of date. Resolves when nothing runs any more. */
  async run(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#asked.add(id);
    await this.#toRest(() => this.#runtime.run(ids));
  }

  /** Runs every cell again. Files are read again only if they changed. */
  runAll(): Promise<void> {
    return this.run(
      this.notebook.cells.filter((cell) => !isPlainText(this.#cells.definition(cell))).map((cell) => cell.id),
    );
  }

  runStale(): Promise<void> {
    return this.#toRest(() => this.#runtime.runStale());
  }

  cancel(id?: string): void {
    this.data.stop(id);
    this.#runtime.cancel(id);
  }

  /**
   * A control of a cell was moved: the cell runs again with its new value, and what reads it follows. While the last move
   * is still being worked out, moves are gathered and the newest wins; a slow run is interrupted by it.
   */
  setControl(id: string, key: string, value: InputValue): void {
    this.#controls.set(id, { ...this.#controls.get(id), [key]: value });
    if (this.#moved.has(id)) return;
    this.#moved.add(id);
    void Promise.race([this.#runtime.idle(), delay(PATIENCE_MILLISECONDS)]).then(() => {
      this.#runtime.invalidate(id, { because: 'edited' });
      this.#moved.delete(id);
      this.#runtime.run([id]);
      const readers = this.#runtime.descendants(id);
      if (this.mayAutorun() && this.waiting().some((cell) => readers.includes(cell))) this.events?.onWaits();
    });
  }

  /** Which node defines a name. */
  definer(name: string): string | undefined {
    return this.#runtime.definer(name);
  }

  /** Reads files into tables. Files are the reader's own act, so they are read at once. */
  async addFiles(files: readonly File[], onAdded: (node: string) => void = () => undefined): Promise<void> {
    const names = this.#cells.outputNames();
    const nodes: string[] = [];
    const lacking = new Set(this.data.entries.filter(({ status }) => status === 'missing').map(({ node }) => node));
    for (const file of files) {
      const entry = await this.data.add(file, names);
      onAdded(entry.node);
      if (entry.plan && !entry.problem) nodes.push(entry.node);
    }
    this.#sync();
    const waiting = nodes.filter((node) => lacking.has(node)).flatMap((node) => this.#runtime.descendants(node));
    // What must hold is looked at at once, however long the rest takes.
    const checks = this.notebook.cells.filter(({ kind }) => kind === 'check').map(({ id }) => id);
    const reading = nodes.flatMap((node) => this.#runtime.descendants(node)).filter((id) => checks.includes(id));
    await this.run([...nodes, ...[...waiting, ...reading].filter((id) => this.#asked.has(id))]);
    this.files.remember(nodes);
  }

  /** What a file's table, and every result that hangs on it, says now. */
  async resultsOf(node: string): Promise<ReadonlyMap<string, ResultState>> {
    const below = new Set(this.#runtime.descendants(node));
    const results = this.notebook.cells.flatMap((cell, at) => {
      const view = this.view(cell);
      if (!below.has(cell.id) || view.state?.status !== 'ok') return [];
      return [{ position: at + 1, view, relation: this.#results.relation(cell.id) }];
    });
    const relation = this.data.entry(node)?.ingested?.relation;
    return resultStates(this.#engine, { node, relation }, results);
  }

  /** The cells that read a name. */
  readersOf(name: string): readonly Cell[] {
    return this.#cells.readersOf(name);
  }

  /** Writes another name in the cells that read `from`, each as a step of its own. Gives how many were changed. */
  renameInCells(from: string, to: string): number {
    const changed = this.readersOf(from)
      .map((cell) => ({ cell, source: withNameReplaced(cell, from, to, this.#cells.definition) }))
      .filter(({ cell, source }) => source !== cell.source);
    for (const { cell, source } of changed) this.edit({ type: 'setSource', id: cell.id, source });
    return changed.length;
  }

  /** What looks at tables without changing any. */
  get reader(): Pick<Engine, 'profile' | 'query' | 'cancel'> {
    return this.#engine;
  }

  page: Engine['page'] = (relation, request) => this.#engine.page(relation, request);
  count: Engine['count'] = (relation, filters) => this.#engine.count(relation, filters);

  export(tables: readonly TableToExport[], options: ExportOptions): Promise<Blob> {
    return this.#engine.export(`export:${tables.map(({ relation }) => relation).join()}`, tables, options);
  }

  /** The problem that an SQL cell would meet, told without running it; null also where only a run can tell. */
  async checkSql(cell: Cell): Promise<Problem | null> {
    if (this.running) return null;
    const definition = this.#cells.definition(cell);
    return checkSql(
      { ...definition, body: withMetrics(definition.body, this.#cells.metrics()) },
      {
        engine: this.#engine,
        isReady: (name) => this.#isReady(name),
        explain: (error) => this.#explained(error, cell),
      },
    );
  }

  /** The database's functions, how they are called and what they do. */
  sqlFunctions(): Promise<readonly SqlFunction[]> {
    return readFunctions(this.#engine);
  }

  // What the kernel tells unasked.

  /** What a running cell has shown so far. */
  shown(id: string, version: number, output: CellOutput): void {
    this.#runs.shown(id, version, output);
  }

  patched(patch: SurfacePatch): void {
    this.events?.onPatch(patch);
  }

  kernelLost(problem: Problem): void {
    this.#valuesLost();
    this.events?.onNotice(problem);
  }

  pointer: Kernel['pointer'] = (surface, event) => this.#kernel.pointer(surface, event);

  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#runtime.cancel();
    this.#kernel.stop();
    this.#stopThreads();
  }

  // ── Inside ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Begins runs once no file is being renamed, removed or read anew, and waits for their end. */
  async #toRest(begin: () => void): Promise<void> {
    while (this.files.changing) await this.files.changed();
    begin();
    // That it waits its turn shows at once: who asked for it looks for that.
    this.#changed();
    await this.#runtime.idle();
  }

  /** A run has come a step further; the last step is told at once. */
  #stepped(): void {
    if (!this.running) this.#changed();
    else this.#telling ??= setTimeout(() => this.#changed(), TOLD_MILLISECONDS);
  }

  #changed(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (this.#closed) return;
    for (const listener of this.#listeners) listener();
  }

  #nodes(): string[] {
    return [...this.data.entries.map((entry) => entry.node), ...this.notebook.cells.map((cell) => cell.id)];
  }

  /** Tells the graph what the document and its files say now, and lets go of what cells that are gone had made. */
  #sync(): void {
    const cells = this.notebook.cells;
    const files = this.data.entries.map(fileNode);
    this.#editing = true;
    this.#runtime.setNodes([...files, ...cellNodes(cells, this.#cells.definition)]);
    this.#editing = false;
    const present = new Set(cells.map((cell) => cell.id));
    this.#results.keepOnly(present);
    this.#changed();
  }

  #step(direction: 'undo' | 'redo'): void {
    const { files, cells } = this.notebook;
    const step = this.#history[direction]();
    if (step?.type === 'setFiles') this.files.stepped(direction, files);
    if (step?.type === 'replaceAll') this.files.keepPresent(files);
    this.#sync();
    const before = new Set(cells.map(({ id }) => id));
    this.#runRestored(this.notebook.cells.flatMap(({ id }) => (before.has(id) ? [] : id)));
  }

  /** Cells that a step brought back show again what they showed, where that is quick to work out. */
  #runRestored(back: readonly string[]): void {
    const asked = back.filter((id) => this.#asked.has(id));
    const took = asked.reduce((total, id) => total + (this.#took.get(id) ?? Infinity), 0);
    if (asked.length > 0 && this.mayAutorun() && took <= AUTORUN_MILLISECONDS) void this.run(asked);
  }

  /** What an error of a cell means to the reader. */
  #explained(error: unknown, cell: Cell): Problem {
    return this.#explain(error, cell, this.relations(), this.#names(), this.data.headers());
  }

  /** What a name stands for is in the database, or nothing of the notebook is called so. */
  #isReady(name: string): boolean {
    const node = this.#runtime.definer(name);
    const known = this.relations().some((relation) => relation.name.toLowerCase() === name.toLowerCase());
    return node === undefined || known || this.#runtime.state(node)?.status === 'ok';
  }

  /** The kernel started anew: the values of all TypeScript cells are gone, so these are stale. What they showed stays. */
  #valuesLost(except?: string): void {
    const holders = this.notebook.cells.filter(
      (cell) => cell.kind === 'ts' && cell.id !== except && this.#cells.definition(cell).outputs.length > 0,
    );
    this.#runtime.invalidate(
      holders.map((cell) => cell.id),
      { because: 'lost' },
    );
  }

  #engineRestarted({ reason, lost }: EngineRestart): void {
    const gone = new Set(lost.map((name) => name.toLowerCase()));
    const holders = lost.flatMap((name) => this.#runtime.definer(name) ?? []);
    this.#runtime.invalidate([...new Set([...holders, ...this.#results.cellsOf(gone)])], { because: 'lost' });
    if (lost.length > 0)
      this.events?.onNotice({ code: 'engine-restarted', message: reason, hint: 'Run the stale cells again.' });
  }

  /** Names that TypeScript can read. */
  #names(): readonly string[] {
    return [...this.data.entries.map((entry) => entry.table), ...this.#cells.outputNames()];
  }
}
