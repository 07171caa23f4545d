import { LevainError } from '../base/problem';
import { lexSql, type Token } from '../base/sql-lex';
import { decodeTable } from '../table/decode';
import type { Database } from './database';

/**
 * Keeps a notebook from making or dropping functions by the names of the database's own. A macro `count` would stand in
 * the way of every `count` there is: in other cells, in checks, in exports, and in what the page asks for itself.
 */
export class OwnFunctions {
  #names: Promise<ReadonlySet<string>> | undefined;

  /** @throws LevainError `taken-function` */
  async guard(database: Database, text: string): Promise<void> {
    const name = functionNamed(text);
    if (name === undefined) return;
    this.#names ??= ownNames(database);
    if (!(await this.#names).has(name.toLowerCase())) return;
    throw new LevainError({
      code: 'taken-function',
      message: `The database has a function ${name} of its own, and all that reads it would go by another of that name.`,
      hint: 'Give the macro another name.',
      subject: name,
    });
  }
}

/** The name of the macro that a statement creates or drops. */
function functionNamed(text: string): string | undefined {
  const tokens = lexSql(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  if (!/^(?:CREATE|DROP|EXPLAIN)$/i.test(tokens[0]?.text ?? '')) return undefined;
  let at = tokens.findIndex(({ text }) => /^(?:CREATE|DROP)$/i.test(text)) + 1;
  while (BETWEEN.test(tokens[at]?.text ?? '')) at += 1;
  if (at === 0 || !/^(?:MACRO|FUNCTION)$/i.test(tokens[at]?.text ?? '')) return undefined;
  at += 1;
  while (/^(?:TABLE|IF|NOT|EXISTS)$/i.test(tokens[at]?.text ?? '')) at += 1;
  while (tokens[at + 1]?.text === '.') at += 2;
  return nameOf(tokens[at]);
}

/** What may stand between CREATE and MACRO. */
const BETWEEN = /^(?:OR|REPLACE|PERSISTENT|TEMP|TEMPORARY|LOCAL|GLOBAL|UNLOGGED)$/i;

function nameOf(token: Token | undefined): string | undefined {
  return token?.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token?.text;
}

/** Asked before the notebook has made a single function. */
async function ownNames(database: Database): Promise<ReadonlySet<string>> {
  const rows = decodeTable(await database.run('SELECT DISTINCT lower(function_name) AS name FROM duckdb_functions()'));
  return new Set([...(rows.getChildAt(0) as Iterable<string>)]);
}
