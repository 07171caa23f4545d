import { problemOf } from '../base/problem';
import type { Session } from '../session/session';
import { pageOf } from './grid-sources';
import { barsOf, type Bar } from '../table/bars';
import type { Column } from '../table/decode';
import type { Correlations, Duplicates } from '../table/explored';
import type { Filter } from '../table/filter';
import type { Profile } from '../table/profile';
import type { GridSource } from '../ui/grid-source';
import { newCellId } from '../notebook/edit';
import { strings } from '../ui/strings';
import type { Workspace } from './workspace.svelte';

/** A table that is looked at: all of it, and what passes the filters that the reader picked on its bars. */
export class Exploring {
  readonly #workspace: Workspace;
  #session: Session | null = null;
  #run = 0;
  /** The filters that all that is shown was worked out for, but by the key. */
  #shownFor: readonly Filter[] | null = null;

  /** The table; null while none is looked at. */
  table = $state.raw<{ readonly name: string; readonly columns: readonly Column[] } | null>(null);
  whole = $state.raw<Profile | null>(null);
  passing = $state.raw<Profile | null>(null);
  correlations = $state.raw<Correlations | null>(null);
  duplicates = $state.raw<Duplicates | null>(null);
  keyDuplicates = $state.raw<Duplicates | null>(null);
  /** Columns by which no two rows should agree. */
  key = $state.raw<readonly string[]>([]);
  /** The bars that were picked, by column. */
  picked = $state.raw<ReadonlyMap<string, readonly Bar[]>>(new Map());
  busy = $state(false);
  problem = $state<string | null>(null);

  readonly bars = $derived(this.whole && this.passing ? barsOf(this.whole, this.passing) : []);
  /** Those of one column as one: any of its bars will do. */
  readonly filters = $derived.by((): readonly Filter[] =>
    [...this.picked].map(([column, bars]) =>
      bars.length === 1 ? bars[0]!.filter : { column, op: 'any', of: bars.map(({ filter }) => filter) },
    ),
  );
  /** The rows that pass. */
  readonly rows = $derived.by((): GridSource | null => {
    const { table, passing, filters } = this;
    const session = this.#session;
    if (!table || !passing || !session) return null;
    return {
      columns: table.columns,
      rows: passing.rows,
      page: (request) => pageOf(session, table.name, { ...request, filters: [...filters, ...(request.filters ?? [])] }),
      count: (more) => session.count(table.name, [...filters, ...more]),
    };
  });

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Looks at a table of the open notebook. */
  async open(name: string): Promise<void> {
    const relation = this.#workspace.relations.find((candidate) => candidate.name === name);
    this.#session = this.#workspace.session;
    if (!relation || !this.#session) return;
    this.#workspace.mode = 'command';
    this.table = { name, columns: relation.columns };
    this.whole = this.passing = this.correlations = this.duplicates = this.keyDuplicates = null;
    this.#shownFor = null;
    this.picked = new Map();
    this.key = [];
    await this.#look();
  }

  close(): void {
    this.#stop();
    this.table = null;
  }

  /** Picks a bar, or lets go of it. */
  toggle(bar: Bar): void {
    const { column } = bar.filter;
    const bars = this.picked.get(column) ?? [];
    this.#pick(column, this.isPicked(bar) ? bars.filter((other) => !same(other, bar)) : [...bars, bar]);
  }

  isPicked(bar: Bar): boolean {
    return this.picked.get(bar.filter.column)?.some((other) => same(other, bar)) ?? false;
  }

  /** Lets go of a column's bars, or of all. */
  clear(column?: string): void {
    if (column !== undefined) return this.#pick(column, []);
    this.picked = new Map();
    void this.#look();
  }

  /** Takes a column into the key by which rows should differ, or out of it. */
  toggleKey(column: string): void {
    this.key = this.key.includes(column) ? this.key.filter((other) => other !== column) : [...this.key, column];
    void this.#look();
  }

  /** Writes the filter, or the query for duplicates, as a cell and runs it. */
  async makeCell(of: 'filter' | 'duplicates' | 'key'): Promise<void> {
    const { table, filters } = this;
    const workspace = this.#workspace;
    if (!table) return;
    const { duplicatesQuery, filterQuery } = await import('../session/explore/sql');
    const source =
      of === 'filter'
        ? filterQuery(table.name, filters, table.columns)
        : duplicatesQuery(table.name, of === 'key' ? this.key : [], filters, table.columns);
    const cells = workspace.notebook?.cells ?? [];
    const id = newCellId(cells);
    if (!workspace.edit({ type: 'insert', index: cells.length, cell: { id, kind: 'sql', source } })) return;
    this.close();
    workspace.selected = id;
    await workspace.run([id]);
  }

  #pick(column: string, bars: readonly Bar[]): void {
    const picked = new Map(this.picked);
    if (bars.length > 0) picked.set(column, bars);
    else picked.delete(column);
    this.picked = picked;
    void this.#look();
  }

  #stop(): void {
    if (this.busy) void this.#session?.reader.cancel(this.#name);
    this.#run += 1;
    this.busy = false;
  }

  get #name(): string {
    return `explore#${this.#run}`;
  }

  /** Works out what is shown, the quickest first; what was under way is stopped. */
  async #look(): Promise<void> {
    this.#stop();
    const { table, filters, key } = this;
    const engine = this.#session?.reader;
    if (!table || !engine) return;
    const run = this.#name;
    const late = (): boolean => run !== this.#name;
    this.busy = true;
    this.problem = null;
    try {
      this.whole ??= await engine.profile(run, table.name, { explore: true });
      const whole = this.whole;
      const [{ correlationsOf }, { duplicatesOf }] = await Promise.all([
        import('../session/explore/correlations'),
        import('../session/explore/duplicates'),
      ]);
      if (late()) return;
      const of = { columns: table.columns, filters };
      if (this.#shownFor !== filters) {
        const passing =
          filters.length === 0
            ? whole
            : await engine.profile(run, table.name, { explore: true, within: { filters, whole } });
        if (late()) return;
        this.passing = passing;
        const correlations = await correlationsOf(engine, run, table.name, { ...of, whole });
        if (late()) return;
        this.correlations = correlations;
        const duplicates = await duplicatesOf(engine, run, table.name, { ...of, key: [] });
        if (late()) return;
        this.duplicates = duplicates;
        this.#shownFor = filters;
      }
      const ofKey = key.length > 0 ? await duplicatesOf(engine, run, table.name, { ...of, key }) : null;
      if (late()) return;
      this.keyDuplicates = ofKey;
    } catch (error) {
      if (late()) return;
      const problem = problemOf(error);
      this.problem = problem.code === 'cancelled' ? strings.explore.stopped : problem.message;
    } finally {
      if (!late()) this.busy = false;
    }
  }

  /** Stops what is being worked out; what is shown stays. */
  cancel(): void {
    this.#stop();
    this.problem = strings.explore.stopped;
  }
}

const same = (a: Bar, b: Bar): boolean => JSON.stringify(a.filter) === JSON.stringify(b.filter);
