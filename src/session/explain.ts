import { problemOf, type Problem } from '../base/problem';
import type { RelationInfo } from '../engine/engine';
import { explainMissingScale, explainSqlError, explainTsError, type Known, type KnownTable } from '../language/suggest';
import type { SqlStatement } from '../language/definition';
import { placeInSource } from '../language/ts/compile';
import type { Cell } from '../notebook/model';
import { ExpressionFailed, StatementFailed, UNNAMED } from './run-cell';

/**
 * What a run's error means to the reader: its place in the cell, its cause in plain words, and what to do.
 *
 * @param relations what SQL can read, for the nearest name
 * @param names what TypeScript can read
 * @param headers headers of files, in lower case, that are called otherwise as columns
 */
export function explain(
  error: unknown,
  cell: Cell,
  relations: readonly RelationInfo[],
  names: readonly string[],
  headers?: ReadonlyMap<string, string>,
): Problem {
  const problem = problemOf(error);
  const tables = tablesOf(relations);
  const values = names.filter((name) => !tables.some((table) => table.name === name));
  const known: Known = { tables, values, ...(headers && { headers }) };
  if (error instanceof StatementFailed) return explainStatement(problem, error.statement, known);
  if (OF_DUCKDB.has(problem.code)) return explainQuery(problem, known);
  if (problem.code !== 'cell-error') return problem;
  if (error instanceof ExpressionFailed) return explainExpression(problem, names);
  if (cell.kind !== 'ts') return problem;
  const { line, column } = problem;
  const place = line && column ? placeInSource(cell.source, { line, column }) : undefined;
  const thrown = thrownOf(problem);
  const told = explainMissingScale(thrown, cell.source, tables);
  // What stands in Plot or levain under another name, the kernel knows.
  return told ?? { ...explainTsError(thrown, names), ...(problem.hint && { hint: problem.hint }), ...place };
}

/** What DuckDB calls its errors that are the text's own fault. */
const OF_DUCKDB: ReadonlySet<string> = new Set(['binder', 'catalog', 'parser', 'conversion', 'invalid-input']);

/** An error of a query that stands in TypeScript, or behind a check; its place is already that of the cell. */
function explainQuery(problem: Problem, known: Known): Problem {
  if (problem.hint) return problem;
  const { line, column } = problem;
  const explained = explainSqlError(problem.message, { text: '', line: 0 }, known);
  return { ...explained, line, column } as Problem;
}

/** A kernel's problem as the error it was: `TypeError: x is not a function`. */
function thrownOf(problem: Problem): { name: string; message: string } {
  const [, name = 'Error', message = problem.message] = /^(\w*Error): ([\s\S]*)$/.exec(problem.message) ?? [];
  return { name, message };
}

/** Nothing can be declared between `${ }` or `{{ }}`: a name without a value needs a cell. */
function explainExpression(problem: Problem, names: readonly string[]): Problem {
  const { line, column } = problem;
  const explained = explainTsError(thrownOf(problem), names);
  const alone = explained.code === 'unknown-name' && !explained.hint?.startsWith('Did you mean');
  const hint = alone ? `Define it in a TypeScript cell: const ${explained.subject} = …` : explained.hint;
  return { ...explained, ...(hint && { hint }), ...(line && { line }), ...(column && { column }) };
}

function explainStatement(problem: Problem, statement: SqlStatement, known: Known): Problem {
  const place =
    problem.line === undefined
      ? {}
      : { line: statement.line + problem.line, ...(problem.column && { column: problem.column }) };
  // What the engine knows to be missing, or stopped itself, it has already said in the best words there are.
  if (problem.hint || problem.code === 'cancelled') return { ...problem, ...place };
  return { ...explainSqlError(problem.message, statement, known), ...place };
}

/** What a reader can name: the rows of cells without a name are the page's own affair. */
function tablesOf(relations: readonly RelationInfo[]): KnownTable[] {
  return relations
    .filter(({ name }) => !name.startsWith(UNNAMED))
    .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }));
}
