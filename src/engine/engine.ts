import type { Problem } from '../base/problem';
import type { Column } from '../table/decode';
import type { FilePlan, PlanChange, Reject } from '../table/plan';
import type { Filter } from '../table/filter';
import type { Profile } from '../table/profile';

export type {
  ByKey,
  ColumnReading,
  CsvPlan,
  FilePlan,
  Finding,
  PlanChange,
  PlannedColumn,
  Reject,
  TypedPlan,
} from '../table/plan';
export type { Filter } from '../table/filter';
export type { ColumnProfile, Profile } from '../table/profile';

/**
 * Where the data lives and SQL runs. One engine per open notebook. Every method that takes `run` may be stopped with
 * `cancel(run)`, which makes it reject with the problem `cancelled`. Arguments and results are plain data, since a
 * thread stands between. Nothing outside `engine/` may assume that the data is in the page.
 */
export interface Engine {
  /** Starts the database, locked. Rejects with `engine-start` when WebAssembly or memory will not do. */
  open(): Promise<EngineInfo>;

  /** Looks at the beginning (and a sample) of a file and says how it would be read; its table's name is not among `taken`. */
  sniff(file: File, taken?: readonly string[]): Promise<FilePlan>;
  /** The plan after the reader changed how the file is read: what they chose stays, the columns are found anew. */
  refine(file: File, plan: FilePlan, change: PlanChange): Promise<FilePlan>;
  /** Reads a file into the table `plan.table`, replacing it. */
  ingest(run: string, file: File, plan: FilePlan, onProgress: (progress: Progress) => void): Promise<Ingested>;
  /** Counts, types, nulls, distinct values, extremes and a small distribution for every column. */
  profile(run: string, relation: string, options?: ProfileOptions): Promise<Profile>;
  rename(from: string, to: string): Promise<void>;
  drop(relation: string): Promise<void>;
  /** Tables and views the reader may name, with their columns. */
  catalog(): Promise<readonly RelationInfo[]>;

  /** Runs statements whose rows do not matter (CREATE MACRO, SET, …). */
  execute(run: string, statement: Statement): Promise<void>;
  /** Computes a query once, whole, into the relation `name` (or a view of it); replaces what was there. */
  define(run: string, name: string, statement: Statement, options: { view: boolean }): Promise<RelationInfo>;
  /** Makes a relation of Arrow IPC stream bytes, replacing what was there. */
  insert(name: string, bytes: Uint8Array): Promise<RelationInfo>;
  /** All rows of a query as Arrow IPC stream bytes; rejects with `too-large` when they pass `maxBytes`. */
  query(run: string, statement: Statement, options?: { maxBytes?: number }): Promise<Uint8Array>;
  /** A page of a relation, sorted and filtered in the engine. */
  page(relation: string, request: PageRequest): Promise<Uint8Array>;
  /** How many rows of a relation pass the filters. */
  count(relation: string, filters: readonly Filter[]): Promise<number>;
  /** Relations as a file: one, or as the sheets of a workbook. Every row that passes the filters, in the order asked for. */
  export(run: string, tables: readonly TableToExport[], options: ExportOptions): Promise<Blob>;
  /** EXPLAIN only: the problem a statement would have, or null. Never runs it. */
  check(text: string, parameters?: readonly Parameter[]): Promise<Problem | null>;

  /** Stops a run: politely, and after 3 s by restarting the database and replaying files and relations. */
  cancel(run: string): Promise<void>;
  /** Told after a restart has been made good: relations that could not be made again are named. */
  watch(onRestart: (event: EngineRestart) => void): void | Promise<void>;
  /** Told how far a run's statement has come, where it takes long and DuckDB can judge it; a run may have several. */
  watchRuns(onProgress: (progress: RunProgress) => void): void | Promise<void>;
  close(): Promise<void>;
}

export interface EngineInfo {
  readonly version: string;
  /** DuckDB's extensions beside the page, with why one could not be loaded. */
  readonly extensions: readonly LoadedExtension[];
  /** Milliseconds from `open` to the first answered query. */
  readonly started: number;
}

export interface LoadedExtension {
  readonly name: string;
  readonly problem?: Problem;
}

export interface EngineRestart {
  readonly reason: string;
  /** Relations that are gone. */
  readonly lost: readonly string[];
}

export interface RunProgress {
  readonly run: string;
  /** 0 to 1, of the statement that works now. */
  readonly share: number;
}

export interface Statement {
  readonly text: string;
  /** Bound to `$1`, `$2`, …; a list becomes a list. */
  readonly parameters: readonly Parameter[];
}

export type Parameter = null | boolean | number | string | bigint | Date | readonly Parameter[];

export interface RelationInfo {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Absent for a view whose rows have not been counted. */
  readonly rows?: number;
}

export interface Progress {
  readonly bytes: number;
  readonly total: number;
}

export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
  readonly sort?: { readonly column: string; readonly descending: boolean };
  readonly filters?: readonly Filter[];
}

export interface ProfileOptions {
  /** Spread and quartiles as well, and bins that begin at round numbers, days or months, with their edges. */
  readonly explore?: boolean;
  /** Only the rows that pass, in the bins and among the frequent values of the explored whole. */
  readonly within?: { readonly filters: readonly Filter[]; readonly whole: Profile };
}

export interface ExportOptions {
  readonly format: ExportFormat;
  /** CSV only: a `'` stands before values that a spreadsheet would run. */
  readonly escapeFormulas?: boolean;
}

export interface TableToExport {
  readonly relation: string;
  /** What the sheet is called; the relation's name if absent. */
  readonly name?: string;
  readonly sort?: PageRequest['sort'];
  readonly filters?: readonly Filter[];
}

export type ExportFormat = 'csv' | 'parquet' | 'xlsx';

export interface Ingested {
  readonly relation: RelationInfo;
  /** Data rows found in the file: `relation.rows + rejected`. */
  readonly found: number;
  readonly rejected: number;
  /** The first of the rejected rows (at most 1,000). */
  readonly rejects: readonly Reject[];
  readonly plan: FilePlan;
  readonly milliseconds: number;
}
