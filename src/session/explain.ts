import { problemOf, type Problem } from '../base/problem';
import type { RelationInfo } from '../engine/engine';
import { explainSqlError, explainTsError } from '../language/suggest';
import type { SqlStatement } from '../language/definition';
import { placeInSource } from '../language/ts/compile';
import type { Cell } from '../notebook/model';
import { StatementFailed } from './run-cell';

/**
 * What a run's error means to the reader: its place in the cell, its cause in plain words, and what to do.
 *
 * @param relations what SQL can read, for the nearest name
 * @param names what TypeScript can read
 */
export function explain(
  error: unknown,
  cell: Cell,
  relations: readonly RelationInfo[],
  names: readonly string[],
): Problem {
  const problem = problemOf(error);
  if (error instanceof StatementFailed) return explainStatement(problem, error.statement, relations);
  if (cell.kind !== 'ts' || problem.code !== 'cell-error') return problem;
  const [, name = 'Error', message = problem.message] = /^(\w*Error): ([\s\S]*)$/.exec(problem.message) ?? [];
  const { line, column } = problem;
  const place = line && column ? placeInSource(cell.source, { line, column }) : undefined;
  return { ...explainTsError({ name, message }, names), ...place };
}

function explainStatement(problem: Problem, statement: SqlStatement, relations: readonly RelationInfo[]): Problem {
  const place =
    problem.line === undefined
      ? {}
      : { line: statement.line + problem.line, ...(problem.column && { column: problem.column }) };
  // What the engine knows to be missing, or stopped itself, it has already said in the best words there are.
  if (problem.hint || problem.code === 'cancelled') return { ...problem, ...place };
  const tables = relations.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }));
  return { ...explainSqlError(problem.message, statement, { tables }), ...place };
}
