import { LevainError, problemOf, type Problem } from '../base/problem';
import type { Engine, FilePlan, Ingested, PlanChange, Profile, Progress } from '../engine/engine';
import type { DataFile } from '../notebook/model';
import { isText } from '../table/plan';
import { withColumnNames, type ColumnNames } from './relink';
import { changeBetween, merged, stepsOf, type ReadingOptions } from './steps';

/** A data file of the open notebook, and how far it has come on its way to a table. */
export interface DataEntry {
  /** Its place in the dependency graph. */
  readonly node: string;
  readonly fileName: string;
  readonly table: string;
  readonly status: 'missing' | 'looking' | 'waiting' | 'reading' | 'ready' | 'failed';
  /** Grows when the file or the way it is read changes. */
  readonly revision: number;
  readonly file?: File;
  readonly plan?: FilePlan;
  readonly progress?: Progress;
  readonly ingested?: Ingested;
  readonly profile?: Profile;
  readonly problem?: Problem;
  /** More than memory will hold as a table: it waits until the reader says how to go on. */
  readonly large?: boolean;
  /** What the notebook remembers of the file from when it was last read. */
  readonly known?: DataFile;
  /** The columns that the notebook knew of this file when it was given; what it holds now may be others. */
  readonly expected?: Readonly<Record<string, string>> | undefined;
}

/** How a file is read, and what is remembered of it. */
export type Reading = Pick<DataEntry, 'plan' | 'known' | 'large'>;

/**
 * A table takes about two and a half times its file while it is made, and the browser gives the database 3.1 GiB: a
 * larger file than this would run out of memory on the way.
 */
const LARGE_BYTES = 1.25e9;

/**
 * The data files of one notebook. Knows nothing of cells: the session puts each entry into the graph as a node and asks
 * for `read` when that node runs.
 */
export class DataFiles {
  readonly #engine: Engine;
  readonly #changed: () => void;
  readonly #largeBytes: number;
  #entries: readonly DataEntry[] = [];
  readonly #profiling = new Set<Promise<unknown>>();
  #next = 1;

  constructor(engine: Engine, changed: () => void, largeBytes = LARGE_BYTES) {
    this.#largeBytes = largeBytes;
    this.#engine = engine;
    this.#changed = changed;
  }

  get entries(): readonly DataEntry[] {
    return this.#entries;
  }

  /** Headers, in lower case, that are called otherwise as columns. */
  headers(): ReadonlyMap<string, string> {
    const columns = this.#entries.flatMap(({ plan }) => plan?.columns ?? []);
    return new Map(
      columns.flatMap(({ source, name }) => (source && source !== name ? [[source.toLowerCase(), name] as const] : [])),
    );
  }

  entry(node: string): DataEntry | undefined {
    return this.#entries.find((entry) => entry.node === node);
  }

  /** Takes over what the notebook says it reads: files not given yet stand as `missing`, files no longer named go. */
  follow(files: readonly DataFile[]): void {
    const kept = this.#entries.filter(
      (entry) => entry.file || files.some((file) => sameName(file.name, entry.fileName)),
    );
    const added = files
      .filter((file) => !kept.some((entry) => sameName(entry.fileName, file.name)))
      .map((known) => ({
        node: this.#newNode(),
        fileName: known.name,
        table: known.table,
        status: 'missing' as const,
        revision: 0,
        known,
      }));
    if (added.length === 0 && kept.length === this.#entries.length) return;
    this.#entries = [...kept, ...added];
    this.#changed();
  }

  /**
   * Looks at a file and says how it would be read. A file with the name of one that is here takes its place (and its
   * table, so the cells that read it go on reading the newer export); so does one with just the columns of a file that
   * is missing; any other becomes a table of its own. With `into`, it takes the place of that one, whatever its name.
   */
  async add(file: File, taken: ReadonlySet<string>, into?: string): Promise<DataEntry> {
    const earlier =
      into === undefined ? this.#entries.find((entry) => sameName(entry.fileName, file.name)) : this.entry(into);
    const node = earlier?.node ?? this.#newNode();
    const looking = {
      fileName: file.name,
      status: 'looking' as const,
      file,
      problem: undefined,
      ingested: undefined,
      profile: undefined,
    };
    this.#put({ table: '', revision: 0, ...earlier, ...looking, node });
    try {
      const found = await this.#engine.sniff(file, [...taken, ...this.#tables(node)]);
      const stopped = this.entry(node)?.problem;
      const missing = earlier ?? this.#missingLike(found);
      if (missing && missing.node !== node) this.#entries = this.#entries.filter((entry) => entry.node !== node);
      const { names, ...settled } = (missing?.known?.options ?? {}) as ReadingOptions;
      const read = Object.keys(settled).length > 0 ? await this.#engine.refine(file, found, settled) : found;
      const plan = {
        ...(names ? withColumnNames(read, names) : read),
        ...(missing?.table && { table: missing.table }),
      };
      const revision = (missing?.revision ?? 0) + 1;
      return this.#put({
        ...this.entry(node),
        ...missing,
        ...looking,
        node: missing?.node ?? node,
        status: 'waiting',
        large: file.size > this.#largeBytes && !(isText(plan) && plan.inPlace),
        problem: stopped,
        revision,
        plan,
        table: plan.table,
        expected: missing?.known?.columns,
      });
    } catch (error) {
      return this.#put({ ...this.entry(node)!, status: 'failed', problem: problemOf(error) });
    }
  }

  /** A table that was given another name while it was read has that name from here on. */
  async #underItsName(node: string, ingested: Ingested): Promise<Ingested> {
    let { name } = ingested.relation;
    for (let wanted = this.entry(node)?.table; wanted && wanted !== name; wanted = this.entry(node)?.table) {
      await this.#engine.rename(name, wanted);
      name = wanted;
    }
    return { ...ingested, relation: { ...ingested.relation, name }, plan: { ...ingested.plan, table: name } };
  }

  /** A missing file that had just these columns: very likely the same data under another name. */
  #missingLike(plan: FilePlan): DataEntry | undefined {
    const columns = plan.columns
      .map((column) => column.name.toLowerCase())
      .sort()
      .join('\n');
    const alike = this.#entries.filter(
      (entry) =>
        entry.status === 'missing' &&
        Object.keys(entry.known?.columns ?? {})
          .map((name) => name.toLowerCase())
          .sort()
          .join('\n') === columns,
    );
    return alike.length === 1 ? alike[0] : undefined;
  }

  /** Reads a file into its table, then profiles it. Rejects with the problem when it cannot be read. */
  async read(node: string, run: string): Promise<Ingested> {
    const entry = this.entry(node);
    if (!entry?.file || !entry.plan) {
      throw new LevainError({
        code: 'missing-file',
        message: `The file ${entry?.fileName ?? node} is not here.`,
        hint: 'Drop it on the page; it is found again by its name and columns.',
        subject: entry?.fileName,
      });
    }
    this.#update(node, { status: 'reading', problem: undefined, progress: { bytes: 0, total: entry.file.size } });
    try {
      const read = await this.#engine.ingest(run, entry.file, entry.plan, (progress) =>
        this.#update(node, { progress }),
      );
      const ingested = await this.#underItsName(node, read);
      this.#update(node, {
        status: 'ready',
        ingested,
        plan: ingested.plan,
        progress: undefined,
        known: knownOf(this.entry(node) ?? entry, ingested),
      });
      void this.#profile(node, entry.revision, run);
      return ingested;
    } catch (error) {
      const problem = problemOf(error);
      this.#update(node, { status: problem.code === 'cancelled' ? 'waiting' : 'failed', problem, progress: undefined });
      throw error;
    }
  }

  /** A file (or every one) that waits for its turn is not to be read; one that is being read is stopped by its run. */
  stop(node?: string): void {
    for (const entry of this.#entries) {
      if (node !== undefined && entry.node !== node) continue;
      if (entry.status !== 'looking' && entry.status !== 'waiting') continue;
      this.#update(entry.node, { problem: { code: 'cancelled', message: 'Reading the file was stopped.' } });
    }
  }

  /** Another way to read the file; it is read again when its node runs. */
  async replan(node: string, wanted: FilePlan): Promise<void> {
    const entry = this.entry(node);
    if (!entry?.file || !entry.plan) return;
    const change = changeBetween(entry.plan, wanted);
    if (change) await this.settle(node, change, isText(wanted) && wanted.inPlace);
    else this.#update(node, { plan: wanted, status: 'waiting', large: false, revision: entry.revision + 1 });
  }

  /** The reader settles how the file is read; columns are found anew where that asks for it, and it is remembered. */
  async settle(node: string, change: PlanChange, inPlace?: boolean): Promise<void> {
    const entry = this.entry(node);
    if (!entry?.file || !entry.plan) return;
    const stays = inPlace ?? (isText(entry.plan) && entry.plan.inPlace);
    const options = merged(entry.known?.options, change);
    const { names, ...settled } = options;
    const found = await this.#engine.refine(entry.file, entry.plan, {
      ...settled,
      ...change,
      readings: settled.readings,
    });
    this.#update(node, {
      plan: {
        ...(names ? withColumnNames(found, names) : found),
        ...(stays && { inPlace: true }),
        table: entry.table,
      },
      status: 'waiting',
      large: false,
      revision: entry.revision + 1,
      known: { ...(entry.known ?? { name: entry.fileName, table: entry.table }), options },
    });
  }

  /** Puts back how a file was read; it is read again when its node runs. */
  readAs(node: string, { plan, known, large }: Reading): void {
    const entry = this.entry(node);
    if (!entry?.file || !plan) return;
    this.#update(node, {
      plan: { ...plan, table: entry.table },
      status: 'waiting',
      large,
      problem: undefined,
      revision: entry.revision + 1,
      known,
    });
  }

  /** Calls columns as the notebook knows them, by their headers; it is remembered, and the file is read again when its node runs. */
  nameColumns(node: string, names: ColumnNames): void {
    const entry = this.entry(node);
    if (!entry?.plan) return;
    const known = entry.known ?? { name: entry.fileName, table: entry.table };
    this.#update(node, {
      plan: withColumnNames(entry.plan, names),
      status: 'waiting',
      revision: entry.revision + 1,
      known: { ...known, options: { ...known.options, names } },
    });
  }

  async rename(node: string, table: string): Promise<void> {
    const entry = this.entry(node);
    if (!entry) return;
    if (entry.status === 'ready') await this.#engine.rename(entry.table, table);
    const ingested = entry.ingested && { ...entry.ingested, relation: { ...entry.ingested.relation, name: table } };
    this.#update(node, { table, plan: entry.plan && { ...entry.plan, table }, ingested });
    // A profile under way may ask for the former name, and fail.
    if (entry.status === 'ready' && !this.entry(node)?.profile) void this.#profile(node, entry.revision, node);
  }

  async remove(node: string): Promise<void> {
    const entry = this.entry(node);
    if (!entry) return;
    this.#entries = this.#entries.filter((other) => other.node !== node);
    this.#changed();
    if (entry.status === 'ready') await this.#engine.drop(entry.table);
  }

  /** Puts an entry back that was removed; it is read again when its node runs. A file of that name must not be here. */
  restore(entry: DataEntry): void {
    if (this.#entries.some((other) => sameName(other.fileName, entry.fileName))) {
      throw new LevainError({
        code: 'duplicate-name',
        message: `There is already a file called ${entry.fileName}.`,
        hint: 'Remove it first, or give the other one another name.',
        subject: entry.fileName,
      });
    }
    const { ingested: _table, profile: _profile, progress: _progress, problem: _problem, ...rest } = entry;
    this.#put({ ...rest, status: entry.file ? 'waiting' : 'missing', revision: entry.revision + 1 });
  }

  /** Resolves when no table's profile is under way. */
  async profiled(): Promise<void> {
    while (this.#profiling.size > 0) await Promise.allSettled(this.#profiling);
  }

  async #profile(node: string, revision: number, run: string): Promise<void> {
    const entry = this.entry(node);
    if (!entry) return;
    const profiling = this.#engine.profile(`${run}:profile`, entry.table);
    this.#profiling.add(profiling);
    try {
      const profile = await profiling;
      if (this.entry(node)?.revision === revision) this.#update(node, { profile, problem: undefined });
    } catch (error) {
      if (this.entry(node)?.revision === revision) this.#update(node, { problem: problemOf(error) });
    } finally {
      this.#profiling.delete(profiling);
    }
  }

  #tables(except: string): string[] {
    return this.#entries.filter((entry) => entry.node !== except).map((entry) => entry.table.toLowerCase());
  }

  #newNode(): string {
    return `file:${this.#next++}`;
  }

  #update(node: string, change: Partial<DataEntry>): void {
    const entry = this.entry(node);
    if (entry) this.#put({ ...entry, ...change });
  }

  #put(entry: DataEntry): DataEntry {
    const at = this.#entries.findIndex((other) => other.node === entry.node);
    this.#entries = at < 0 ? [...this.#entries, entry] : this.#entries.with(at, entry);
    this.#changed();
    return entry;
  }
}

/** What is remembered of a file that was read: its columns, and the steps that the next export of its kind will take. */
function knownOf({ known, fileName, table }: DataEntry, { relation, plan }: Ingested): DataFile {
  const options = merged(stepsOf(plan), known?.options);
  return {
    ...(known ?? { name: fileName, table }),
    columns: Object.fromEntries(relation.columns.map((column) => [column.name, column.type])),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

/** What the notebook says of its files, with what is now known of one, so that a reader without it can be asked for it. */
export function remember(files: readonly DataFile[], entry: DataEntry): readonly DataFile[] {
  if (!entry.ingested) return files;
  const former = entry.known?.name ?? entry.fileName;
  const known = { ...knownOf(entry, entry.ingested), name: entry.fileName, table: entry.table };
  const at = files.findIndex((file) => sameName(file.name, former) || sameName(file.name, entry.fileName));
  return at < 0 ? [...files, known] : files.with(at, known);
}

/** What another version of the notebook says of its files, with what is known now of those that are here. */
export function withPresent(
  files: readonly DataFile[],
  known: readonly DataFile[],
  entries: readonly DataEntry[],
): readonly DataFile[] {
  const present = known.filter(({ name }) => entries.some(({ fileName, file }) => file && sameName(fileName, name)));
  const added = present.filter(({ name }) => !files.some((file) => sameName(file.name, name)));
  return [...files.map((file) => present.find(({ name }) => sameName(name, file.name)) ?? file), ...added];
}

/** File names are the same without regard to case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
