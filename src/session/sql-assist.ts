import type { Problem } from '../base/problem';
import { nameProblem } from '../language/names';
import { lex } from '../language/sql/lex';
import { sqlMeaning, type SqlMeaning } from '../language/sql/meaning';
import { sqlOffers, type SqlFunction, type SqlOffers, type SqlTable } from '../language/sql/offers';
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
    return sqlOffers(text, at, this.#tables(), await this.#catalogue());
  }

  /** What the name at a place stands for. */
  async explain(text: string, at: number): Promise<SqlMeaning | undefined> {
    return sqlMeaning(text, at, this.#tables(), await this.#catalogue());
  }

  /** The problem that the cell with this text would meet; nothing is run. */
  async check(id: string, text: string): Promise<Problem | null> {
    const cell = this.#session.notebook.cells.find((candidate) => candidate.id === id);
    return cell ? this.#session.checkSql({ ...cell, source: text }) : null;
  }

  /** The table that the word at a place names; undefined for what is no table of the notebook. */
  tableAt(text: string, at: number): string | undefined {
    const token = lex(text).findLast(
      ({ start, text: written }) => start <= at && at <= start + written.length && NAMED.test(written),
    );
    const name = token && (token.kind === 'quoted' ? token.text.slice(1, -1) : token.text);
    return name !== undefined && this.#session.definer(name) !== undefined ? name : undefined;
  }

  /** Why a table cannot have another name; undefined when it can. */
  refusal(from: string, to: string): string | undefined {
    const problem = nameProblem(to);
    if (problem) return `${problem.message} ${problem.hint ?? ''}`;
    const definer = this.#session.definer(from);
    const cell = this.#session.notebook.cells.find(({ id }) => id === definer);
    if (cell?.kind === 'ts') return `${from} is declared in a TypeScript cell. Rename it there.`;
    const other = from.toLowerCase() === to.toLowerCase() ? undefined : this.#session.definer(to);
    return other === undefined ? undefined : `There is already something called ${to}.`;
  }

  #tables(): readonly SqlTable[] {
    const { notebook, data } = this.#session;
    return tableShapes({ notebook, entries: data.entries, relations: this.#session.relations() });
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

/** A word or a name in quotes. */
const NAMED = /^["\p{L}_]/u;
