import type { Problem } from '../base/problem';
import { sqlOffers, type SqlFunction, type SqlOffers } from '../language/sql/offers';
import type { Session } from './session';
import { tableShapes } from './table-shapes';

/** What helps to write the SQL cells of one open notebook. */
export class SqlAssist {
  readonly #session: Session;
  #functions: Promise<readonly SqlFunction[]> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  async complete(text: string, at: number): Promise<SqlOffers | undefined> {
    const { notebook, data } = this.#session;
    const tables = tableShapes({ notebook, entries: data.entries, relations: this.#session.relations() });
    return sqlOffers(text, at, tables, await this.#catalogue());
  }

  /** The problem that the cell with this text would meet; nothing is run. */
  async check(id: string, text: string): Promise<Problem | null> {
    const cell = this.#session.notebook.cells.find((candidate) => candidate.id === id);
    return cell ? this.#session.checkSql({ ...cell, source: text }) : null;
  }

  /** While something runs the database would answer late: it is asked again later. */
  async #catalogue(): Promise<readonly SqlFunction[]> {
    if (!this.#functions && this.#session.running) return [];
    this.#functions ??= this.#session.sqlFunctions();
    try {
      return await this.#functions;
    } catch {
      this.#functions = undefined;
      return [];
    }
  }
}
