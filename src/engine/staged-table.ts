import type { Database } from './database';
import type { Reject, TypedPlan } from '../table/plan';
import { identifier } from './literal';

export interface StagedColumn {
  readonly name: string;
  /** As DuckDB names it: what the values are turned into. */
  readonly type: string;
}

/** What was read of a file whose values have types of their own. */
export interface TypedRead {
  readonly rows: number;
  readonly rejected: number;
  readonly rejects: readonly Reject[];
  /** With the columns as they came out, and what was found. */
  readonly plan: TypedPlan;
}

/**
 * A table that grows by batches whose types are those of their file. Each batch comes into a table of its own and is
 * turned into the types wanted by the database, as a whole or not at all.
 */
export class StagedTable {
  readonly #database: Database;
  readonly #name: string;
  readonly #columns: readonly StagedColumn[];

  private constructor(database: Database, name: string, columns: readonly StagedColumn[]) {
    this.#database = database;
    this.#name = name;
    this.#columns = columns;
  }

  static async create(database: Database, name: string, columns: readonly StagedColumn[]): Promise<StagedTable> {
    const list = columns.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ');
    await database.run(`CREATE OR REPLACE TABLE ${identifier(name)} (${list})`);
    return new StagedTable(database, name, columns);
  }

  /** Adds the rows of an Arrow IPC stream, whose columns stand in the same order. */
  async append(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const stage = `${this.#name}_batch`;
    try {
      await this.#database.insertArrow(stage, bytes);
      const given = this.#columns.map((_, i) => `c${i}`).join(', ');
      const values = this.#columns.map(({ type }, i) => `CAST(c${i} AS ${type})`).join(', ');
      const from = `(FROM ${identifier(stage)}) AS batch(${given})`;
      await this.#database.run(`INSERT INTO ${identifier(this.#name)} SELECT ${values} FROM ${from}`, signal);
    } finally {
      await this.#database.run(`DROP TABLE IF EXISTS ${identifier(stage)}`).catch(() => {});
    }
  }
}
