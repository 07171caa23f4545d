import { decodeTable, type Column } from '../table/decode';
import type { Database } from './database';
import { describe } from './describe';
import type { PageRequest } from './engine';
import type { OnRange } from './export/ranges';
import { orderClause, whereClause } from './filters';
import { identifier } from './literal';
import { portableList } from './portable';
import { isView } from './relations';

/** Where the engine keeps what it derives for paging, out of the reader's own names. */
export const PRIVATE_SCHEMA = 'levain';

/** Sorted indexes and copies of views that are kept at once. */
const KEPT = 6;

/** A table whose rows can be addressed by number: `name` is quoted, `dense` when its row numbers have no gaps. */
interface Source {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly dense: boolean;
}

/**
 * Pages of relations. A table is read by ranges of row numbers, so that a page costs the same at any depth. A view is
 * computed once into a copy. For a sort or a filter, the row numbers that pass are put in order once, into an index
 * table, and each page reads its rows through it. Everything derived is forgotten when the relation changes.
 */
export class Pages {
  readonly #derived = new Map<string, { readonly relation: string; readonly source: Promise<Source> }>();
  readonly #views = new Set<string>();
  #serial = 0;
  #changes = 0;

  /** Forgets what was derived from `relation` and from any view, or all. Returns the number of this change. */
  changed(database: Database, relation?: string): number {
    const name = relation?.toLowerCase();
    for (const [key, derived] of this.#derived) {
      if (name === undefined || derived.relation === name || this.#views.has(derived.relation)) {
        this.#drop(database, key, derived.source);
      }
    }
    if (name === undefined) this.#views.clear();
    else this.#views.delete(name);
    return ++this.#changes;
  }

  /** Takes over what is known of a table made whole (its row numbers have no gaps), unless something changed since. */
  made(database: Database, relation: string, known: Pick<Source, 'columns' | 'rows'>, change: number): void {
    if (change !== this.#changes) return;
    const key = relation.toLowerCase();
    const source = { name: identifier(relation), ...known, dense: true };
    void this.#once(database, key, ['source', key], () => Promise.resolve(source));
  }

  /** The rows of a page as Arrow IPC messages. */
  async page(database: Database, relation: string, request: PageRequest): Promise<Uint8Array[]> {
    const { source, index } = await this.#plan(database, relation, request);
    const { offset, limit } = request;
    const range = `rowid >= ${offset} AND rowid < ${offset + limit}`;
    const list = (table?: string): string => portableList(source.columns, table);
    if (!index) return database.run(`SELECT ${list()} FROM ${source.name} WHERE ${range}`);
    return database.run(
      `SELECT ${list('t')} FROM (SELECT rowid AS n, "row" FROM ${index.name} WHERE ${range}) i
       JOIN ${source.name} t ON t.rowid = i."row" ORDER BY i.n`,
    );
  }

  /**
   * Hands over the relation's rows in ranges of at most `size` rows: `select` makes the select list, which is read
   * for one range after the other, so that memory holds one range and not the whole. No rows are one empty range.
   */
  async ranges(
    database: Database,
    relation: string,
    request: Pick<PageRequest, 'sort' | 'filters'>,
    size: number,
    select: (columns: readonly Column[]) => string,
    onRange: OnRange,
    signal: AbortSignal,
  ): Promise<readonly Column[]> {
    const { source, index } = await this.#plan(database, relation, request, signal);
    const rows = (index ?? source).rows;
    for (let offset = 0; offset === 0 || offset < rows; offset += size) {
      const range = `rowid >= ${offset} AND rowid < ${offset + size}`;
      const from = index
        ? `(SELECT t.* FROM (SELECT rowid AS n, "row" FROM ${index.name} WHERE ${range}) i
           JOIN ${source.name} t ON t.rowid = i."row" ORDER BY i.n)`
        : `${source.name} WHERE ${range}`;
      await onRange(await database.run(`SELECT ${select(source.columns)} FROM ${from}`, signal));
    }
    return source.columns;
  }

  async #plan(
    database: Database,
    relation: string,
    { sort, filters }: Pick<PageRequest, 'sort' | 'filters'>,
    signal?: AbortSignal,
  ): Promise<{ source: Source; index?: Source }> {
    const source = await this.#source(database, relation, signal);
    if (source.dense && !sort && !filters?.length) return { source };
    const name = relation.toLowerCase();
    const index = await this.#once(database, name, ['index', name, sort ?? null, filters ?? []], (table) => {
      const rows = `SELECT rowid AS "row" FROM ${source.name} ${whereClause(filters, source.columns)}`;
      return create(database, table, `${rows} ${orderClause(sort)}`, signal);
    });
    return { source, index };
  }

  async #source(database: Database, relation: string, signal?: AbortSignal): Promise<Source> {
    const key = relation.toLowerCase();
    return this.#once(database, key, ['source', key], async () => {
      const name = identifier(relation);
      const columns = await describe(database, name);
      if (await isView(database, relation)) {
        this.#views.add(key);
        return this.#once(database, key, ['copy', key], (table) => create(database, table, `FROM ${name}`, signal));
      }
      const [row] = decodeTable(await database.run(`SELECT count(*) AS n, max(rowid) AS last FROM ${name}`)).toArray();
      const { n, last } = row as { n: number; last: number | null };
      return { name, columns, rows: n, dense: n === 0 || last === n - 1 };
    });
  }

  async #once(
    database: Database,
    relation: string,
    key: unknown[],
    make: (table: string) => Promise<Source>,
  ): Promise<Source> {
    const id = JSON.stringify(key);
    const known = this.#derived.get(id);
    if (known) return known.source;
    const source = make(`${PRIVATE_SCHEMA}.${String(key[0])}_${++this.#serial}`);
    const derived = { relation, source };
    this.#derived.set(id, derived);
    source.catch(() => this.#derived.get(id) === derived && this.#derived.delete(id));
    const indexes = [...this.#derived.keys()].filter((each) => each.startsWith('["index"'));
    if (indexes.length > KEPT) this.#drop(database, indexes[0]!, this.#derived.get(indexes[0]!)!.source);
    return source;
  }

  #drop(database: Database, key: string, source: Promise<Source>): void {
    this.#derived.delete(key);
    source
      .then(({ name }) => {
        if (name.startsWith(`${PRIVATE_SCHEMA}.`)) return database.run(`DROP TABLE IF EXISTS ${name}`);
      })
      .catch(() => {}); // The database ended meanwhile, and the table with it.
  }
}

async function create(database: Database, table: string, query: string, signal?: AbortSignal): Promise<Source> {
  const made = decodeTable(await database.run(`CREATE TABLE ${table} AS ${query}`, signal));
  const rows = Number(made.getChildAt(0)!.at(0));
  return { name: table, columns: await describe(database, table), rows, dense: true };
}
