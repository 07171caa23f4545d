import type { Problem } from '../base/problem';
import type { Engine } from '../engine/engine';
import type { Definition } from '../language/definition';
import { StatementFailed } from './run-cell';

/** What a check needs to know beside the cell. */
export interface SqlCheck {
  readonly engine: Pick<Engine, 'check'>;
  /** Whether the database has by now what a name stands for, or nothing of the notebook is called so. */
  readonly isReady: (name: string) => boolean;
  readonly explain: (error: StatementFailed) => Problem;
}

/** What holds whatever the values within `${…}` are. */
const CERTAIN: ReadonlySet<string> = new Set([
  'unknown-column',
  'unknown-table',
  'unknown-function',
  'ambiguous-column',
  'not-grouped',
  'aggregate-in-where',
  'nested-aggregate',
  'syntax',
]);

/**
 * The problem that an SQL cell would meet, by EXPLAIN: nothing is run. Null for none, and where only a run can tell: what
 * it reads is not there yet, an identifier within `${…}`, several statements, PIVOT (which looks at the rows first).
 */
export async function checkSql({ body, calls = [], problems }: Definition, check: SqlCheck): Promise<Problem | null> {
  if (body.type !== 'sql' || problems.length > 0) return null;
  const [statement, ...more] = body.statements;
  if (!statement || more.length > 0 || statement.wrap !== 'table' || /\bPIVOT\b/i.test(statement.text)) return null;
  if (statement.parameters.some((parameter) => parameter.as === 'id')) return null;
  if (![...body.tables, ...calls].every(check.isReady)) return null;
  const problem = await check.engine.check(
    statement.text,
    statement.parameters.map(() => null),
  );
  if (!problem) return null;
  const told = check.explain(new StatementFailed(problem, statement));
  return statement.parameters.length > 0 && !CERTAIN.has(told.code) ? null : told;
}
