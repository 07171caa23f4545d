import { listed } from '../base/listed';
import { LevainError, problemOf } from '../base/problem';
import type { Engine } from '../engine/engine';
import type { CheckBody, CheckStatement } from '../language/definition';
import type { CellOutput, TreeElement } from '../output/output';
import { decodeTable } from '../table/decode';
import { CellFailed } from './cell-failed';

interface Verdict {
  readonly statement: CheckStatement;
  /** What breaks it; absent where it holds. */
  readonly found?: string;
}

/** Looks at what must hold, each statement by itself. Rejects with `check-failed`, and what was found, where one does not. */
export async function runCheck(engine: Pick<Engine, 'query'>, run: string, body: CheckBody): Promise<CellOutput> {
  const verdicts: Verdict[] = [];
  for (const statement of body.statements) verdicts.push(await verdictOf(engine, run, statement));
  const broken = verdicts.filter(({ found }) => found !== undefined);
  const list: TreeElement = { tag: 'ul', attrs: { style: 'margin: 0; padding-left: 0' }, children: verdicts.map(item) };
  const output: CellOutput = { outputs: verdicts.length > 0 ? [{ type: 'tree', root: list }] : [], log: [] };
  const [first] = broken;
  if (!first) return output;
  const others = broken.length > 1 ? ` ${broken.length - 1} more of ${verdicts.length} do not hold either.` : '';
  throw new CellFailed(
    {
      code: 'check-failed',
      message: `“${first.statement.text}” does not hold: ${first.found}.${others}`,
      hint:
        body.tables.length > 1
          ? `What reads ${listed(body.tables)} waits, and shows its last good result. Mend the data, or change what must hold. In check cells of their own, tables do not hold each other back.`
          : 'What reads this table waits, and shows its last good result. Mend the data, or change what must hold.',
      line: first.statement.line,
      column: 1,
    },
    output,
  );
}

async function verdictOf(engine: Pick<Engine, 'query'>, run: string, statement: CheckStatement): Promise<Verdict> {
  try {
    const row = decodeTable(await engine.query(run, { text: statement.sql, parameters: [] })).at(0) as {
      readonly bad: number | bigint;
      readonly example: string | null;
    };
    return Number(row.bad) === 0
      ? { statement }
      : { statement, found: told(statement.says, Number(row.bad), row.example) };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === 'cancelled') throw error;
    // The place is one in the query, which nobody sees.
    throw new LevainError({ ...problem, line: statement.line, column: 1 }, { cause: error });
  }
}

/** Verbs of what many rows do, for one. */
const ONE: Readonly<Record<string, string>> = { share: 'shares', have: 'has', are: 'is', hold: 'holds', do: 'does' };

function told(says: string, bad: number, example: string | null): string {
  const verb = (many: string): string => ONE[many] ?? many;
  const text =
    bad === 1
      ? says.replace(/\{n\} (\w+)/, (_, many: string) => `1 row ${verb(many)}`)
      : says.replace('{n}', `${bad.toLocaleString()} rows`);
  return example === null ? text.replace(/, such as \{example\}$/, '') : text.replace('{example}', example);
}

function item({ statement, found }: Verdict): TreeElement {
  const holds = found === undefined;
  const mark: TreeElement = {
    tag: 'strong',
    attrs: { style: `color: var(--${holds ? 'good' : 'bad'})` },
    children: [holds ? '✓ holds' : '✗ broken'],
  };
  const rows: TreeElement[] =
    holds || !statement.rows ? [] : [{ tag: 'pre', children: [{ tag: 'code', children: [statement.rows] }] }];
  return {
    tag: 'li',
    attrs: { style: 'list-style-type: none; margin-bottom: 0.25rem' },
    children: [
      mark,
      ` ${statement.text}${holds ? '' : `: ${found}. The rows:`.replace(statement.rows ? '' : ' The rows:', '')}`,
      ...rows,
    ],
  };
}
