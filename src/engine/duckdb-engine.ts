import { concat } from '../base/concat';
import { LevainError, problemOf, type Problem } from '../base/problem';
import { decodeTable } from '../table/decode';
import type { Assets } from './assets';
import { ingestFile } from './ingest';
import { refineFile, sniffFile } from './sniff';
import { cancelledError, Database } from './database';
import { describe } from './describe';
import type {
  FilePlan,
  Engine,
  EngineInfo,
  EngineRestart,
  ExportOptions,
  Filter,
  Ingested,
  PageRequest,
  Parameter,
  PlanChange,
  Profile,
  ProfileOptions,
  Progress,
  RelationInfo,
  RunProgress,
  Statement,
  TableToExport,
} from './engine';
import { located } from './errors';
import { BATCH_ROWS } from './formats/batch-rows';
import { writeCsv } from './export/csv';
import { writeParquet } from './export/parquet';
import type { ReadRanges } from './export/ranges';
import { writeXlsx } from './export/xlsx';
import { whereClause } from './filters';
import { identifier } from './literal';
import { Journal, type Entry } from './journal';
import { refused } from './missing';
import { Pages } from './pages';
import { profile } from './profile';
import {
  countRows,
  defineRelation,
  dropRelation,
  insertRelation,
  isView,
  relations,
  renameRelation,
} from './relations';
import { readAll } from './result';
import { Runs } from './runs';
import { OwnFunctions } from './own-functions';
import { bind, type Bound } from './statement';
import type { Walls } from './walls';

/** How long a run may take to stop by itself, before the database is restarted, in milliseconds. */
const POLITE = 3_000;

/** From so many bytes on memory is made ready for the rows of a file, and for so many at most. */
const MUCH = 16 * 1024 * 1024;
const ROOM = 128 * 1024 * 1024;

/** Statements that leave the data as it is. */
const READS = /^(?:SELECT|FROM|WITH|VALUES|\(|TABLE|PIVOT|UNPIVOT|DESCRIBE|DESC|SUMMARIZE|SHOW|EXPLAIN)$/;

/** The {@link Engine} over DuckDB-WASM. Runs on any thread; DuckDB itself has a worker of its own. */
export class DuckDbEngine implements Engine {
  readonly #assets: Assets;
  #walls: Walls | undefined;
  readonly #journal = new Journal();
  readonly #runs = new Runs();
  readonly #watchers: ((event: EngineRestart) => void)[] = [];
  readonly #runWatchers: ((progress: RunProgress) => void)[] = [];
  #pages = new Pages();
  #database: Promise<Database> | undefined;
  #restarting: Promise<void> | undefined;
  readonly #ownFunctions = new OwnFunctions();

  constructor(assets: Assets, walls?: Walls) {
    this.#assets = assets;
    this.#walls = walls;
  }

  /** Where workbooks are read; until it is given, they are not. */
  within(walls: Walls): void {
    this.#walls = walls;
  }

  async open(): Promise<EngineInfo> {
    const begun = performance.now();
    const database = await this.#ready();
    const version = String(decodeTable(await database.run('SELECT version() AS v')).at(0)!.v);
    return { version, extensions: database.extensions, started: performance.now() - begun };
  }

  async execute(run: string, statement: Statement): Promise<void> {
    const bound = prepare(statement);
    await this.#within(run, statement, bound, async (database, signal) => {
      await this.#ownFunctions.guard(database, bound.text);
      await database.run(bound.text, signal);
      if (!READS.test(bound.keyword)) this.#changedBy(database, bound);
    });
  }

  async define(run: string, name: string, statement: Statement, options: { view: boolean }): Promise<RelationInfo> {
    const bound = prepare(statement);
    const entry: Entry = { kind: 'query', name, text: bound.text, keyword: bound.keyword, view: options.view };
    return this.#within(run, statement, bound, async (database, signal) => {
      const rows = await defineRelation(database, entry, signal);
      this.#journal.add(entry);
      const change = this.#pages.changed(database, name);
      const columns = await describe(database, identifier(name));
      if (rows === undefined) return { name, columns };
      this.#pages.made(database, name, { columns, rows }, change);
      return { name, columns, rows };
    });
  }

  async query(run: string, statement: Statement, options: { maxBytes?: number } = {}): Promise<Uint8Array> {
    const bound = prepare(statement);
    return this.#within(run, statement, bound, async (database, signal) => {
      await this.#ownFunctions.guard(database, bound.text);
      const bytes = await readAll(database, bound.text, options.maxBytes ?? Infinity, signal);
      if (!READS.test(bound.keyword)) this.#changedBy(database, bound);
      return bytes;
    });
  }

  async insert(name: string, bytes: Uint8Array): Promise<RelationInfo> {
    const kept = bytes.slice();
    const database = await this.#ready();
    await insertRelation(database, name, kept);
    this.#journal.add({ kind: 'arrow', name, bytes: kept });
    this.#pages.changed(database, name);
    const columns = await describe(database, identifier(name));
    return { name, columns, rows: await countRows(database, identifier(name)) };
  }

  async page(relation: string, request: PageRequest): Promise<Uint8Array> {
    const database = await this.#ready();
    return concat(await this.#again(() => this.#pages.page(database, relation, request)));
  }

  async count(relation: string, filters: readonly Filter[]): Promise<number> {
    const database = await this.#ready();
    const name = identifier(relation);
    const columns = filters.length ? await describe(database, name) : [];
    return this.#again(() => countRows(database, `${name} ${whereClause(filters, columns)}`));
  }

  async export(
    run: string,
    tables: readonly TableToExport[],
    { format, escapeFormulas }: ExportOptions,
  ): Promise<Blob> {
    return this.#within(run, undefined, undefined, async (database, signal) => {
      const sheets = tables.map(({ name, relation, sort, filters }) => {
        const request = { ...(sort && { sort }), ...(filters && { filters }) };
        const read: ReadRanges = (select, onRange) =>
          this.#pages.ranges(database, relation, request, BATCH_ROWS, select, onRange, signal);
        return { name: name ?? relation, read };
      });
      if (format === 'xlsx') return writeXlsx(sheets, this.#assets, signal);
      const { read } = sheets[0]!;
      return format === 'csv' ? writeCsv(read, escapeFormulas ?? false) : writeParquet(read, this.#assets, signal);
    });
  }

  async profile(run: string, relation: string, options?: ProfileOptions): Promise<Profile> {
    return this.#within(run, undefined, undefined, async (database, signal) => {
      const columns = await describe(database, identifier(relation));
      const profiled = { name: relation, columns, view: await isView(database, relation) };
      return profile((sql) => database.run(sql, signal), profiled, options);
    });
  }

  async catalog(): Promise<readonly RelationInfo[]> {
    const database = await this.#ready();
    return relations(database);
  }

  async rename(from: string, to: string): Promise<void> {
    const database = await this.#ready();
    await renameRelation(database, from, to);
    this.#journal.rename(from, to);
    this.#pages.changed(database, from);
    this.#pages.changed(database, to);
  }

  async drop(relation: string): Promise<void> {
    const database = await this.#ready();
    this.#journal.drop(relation);
    await dropRelation(database, relation);
    this.#pages.changed(database, relation);
  }

  async check(text: string, parameters: readonly Parameter[] = []): Promise<Problem | null> {
    const database = await this.#ready();
    try {
      const bound = prepare({ text, parameters });
      if (bound.keyword === '' || bound.keyword === 'EXPLAIN') return null;
      const origin = (position: number): number => bound.origin(position - 'EXPLAIN '.length);
      await located(text, origin, () => database.run(`EXPLAIN ${bound.text}`));
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }

  sniff(file: File, taken: readonly string[] = []): Promise<FilePlan> {
    // Its rows are likely to follow, which take about as much memory as the file.
    if (file.size > MUCH)
      void this.#ready().then(
        (database) => database.expect(Math.min(file.size, ROOM)),
        () => {},
      );
    return sniffFile(this.#assets, this.#walls, file, taken);
  }

  refine(file: File, plan: FilePlan, change: PlanChange): Promise<FilePlan> {
    return refineFile(this.#assets, this.#walls, file, plan, change);
  }

  async ingest(run: string, file: File, plan: FilePlan, onProgress: (progress: Progress) => void): Promise<Ingested> {
    return this.#within(run, undefined, undefined, async (database, signal) => {
      const ingested = await ingestFile(database, this.#assets, this.#walls, file, plan, { signal, onProgress });
      this.#journal.add({ kind: 'file', name: ingested.plan.table, file, plan: ingested.plan });
      this.#pages.changed(database, ingested.plan.table);
      return ingested;
    });
  }

  watch(onRestart: (event: EngineRestart) => void): void {
    this.#watchers.push(onRestart);
  }

  watchRuns(onProgress: (progress: RunProgress) => void): void {
    this.#runWatchers.push(onProgress);
  }

  async cancel(run: string): Promise<void> {
    const stopped = this.#runs.cancel(run);
    if (!stopped) return;
    const late = Symbol('late');
    const first = await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, POLITE, late))]);
    if (first === late) void this.#restart('a cancelled run would not stop');
    await stopped;
  }

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined);
    this.#database = undefined;
    database?.terminate(new LevainError({ code: 'engine-closed', message: 'The notebook was closed.' }));
  }

  #open(): Promise<Database> {
    const opening = Database.open(this.#assets);
    opening.then(
      (database) => (database.onProgress = (signal, share) => this.#progress(signal, share)),
      () => {
        if (this.#database === opening) this.#database = undefined;
      },
    );
    return (this.#database = opening);
  }

  #progress(signal: AbortSignal, share: number): void {
    const run = this.#runs.of(signal);
    if (run !== undefined) for (const watcher of this.#runWatchers) watcher({ run, share });
  }

  #changedBy(database: Database, { text }: Bound): void {
    this.#journal.add({ kind: 'statement', text });
    this.#pages.changed(database);
  }

  /** The database, once it stands and everything in it has been made again after a restart. */
  async #ready(): Promise<Database> {
    await this.#restarting;
    return this.#database ?? this.#open();
  }

  /** A page may meet an index that was dropped because its relation changed meanwhile: then it is read once more. */
  async #again<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (problemOf(error).code !== 'catalog') throw error;
      return work();
    }
  }

  async #within<T>(
    run: string,
    statement: Statement | undefined,
    bound: Bound | undefined,
    work: (database: Database, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#runs.within(run, async (signal) => {
      try {
        const database = await this.#ready();
        if (signal.aborted) throw cancelledError();
        if (!statement || !bound) return await work(database, signal);
        return await located(statement.text, bound.origin, () => work(database, signal));
      } catch (error) {
        if (signal.aborted) throw cancelledError();
        if (problemOf(error).code === 'crashed') void this.#restart('the database crashed');
        throw error;
      }
    });
  }

  /** Ends the database, starts another, and makes everything in it again. */
  #restart(why: string): Promise<void> {
    this.#restarting ??= this.#replay(why).finally(() => (this.#restarting = undefined));
    return this.#restarting;
  }

  async #replay(why: string): Promise<void> {
    const message = `The database was restarted because ${why}.`;
    const old = await this.#database?.catch(() => undefined);
    old?.terminate(new LevainError({ code: 'engine-restarted', message, hint: 'Run the cell again.' }));
    this.#database = undefined;
    this.#pages = new Pages();
    // A view may be older than what it reads now: what fails is tried once more when all else stands.
    const early = await this.#makeAll(this.#journal.entries);
    const lost = (await this.#makeAll(early)).flatMap((entry) => (entry.kind === 'statement' ? [] : [entry.name]));
    for (const name of lost) this.#journal.drop(name);
    for (const watcher of this.#watchers) watcher({ reason: message, lost });
  }

  /** Makes entries in order; returns those that failed, statements aside: run late, they could change what stands. */
  async #makeAll(entries: readonly Entry[]): Promise<Entry[]> {
    const failed: Entry[] = [];
    for (const entry of entries) {
      try {
        await this.#make(await (this.#database ?? this.#open()), entry);
      } catch {
        if (entry.kind !== 'statement') failed.push(entry);
      }
    }
    return failed;
  }

  async #make(database: Database, entry: Entry): Promise<void> {
    switch (entry.kind) {
      case 'statement':
        await database.run(entry.text);
        return;
      case 'query':
        await defineRelation(database, entry);
        return;
      case 'file':
        await ingestFile(database, this.#assets, this.#walls, entry.file, entry.plan, {
          signal: new AbortController().signal,
          onProgress: () => {},
        });
        return;
      case 'arrow':
        if (!entry.bytes) throw new LevainError({ code: 'lost', message: `The rows of ${entry.name} were not kept.` });
        await insertRelation(database, entry.name, entry.bytes);
    }
  }
}

/** The statement with its values in it; rejects those that would do nothing here. */
function prepare(statement: Statement): Bound {
  const bound = bind(statement);
  const body = bound.text.slice(bound.text.toUpperCase().indexOf(bound.keyword));
  const problem = refused(body);
  if (problem) throw new LevainError(problem);
  return bound;
}
