import { LevainError } from '../base/problem';
import { lexSql, type Token } from '../base/sql-lex';

/**
 * The text of a query that TypeScript sent, in a form that can only read: one statement, as a table in a FROM clause. A
 * cell may ask for rows but may not change what another cell made.
 *
 * @throws LevainError `not-a-query` when there is more than one statement
 */
export function readOnly(text: string): string {
  const tokens = lexSql(text);
  const first = tokens.findIndex(isCode);
  if (first < 0) throw new LevainError({ code: 'not-a-query', message: 'The query is empty.' });
  const end = tokens.findIndex((token, i) => i > first && isEnd(token));
  if (end > 0 && tokens.slice(end).some(isCode)) {
    throw new LevainError({
      code: 'not-a-query',
      message: 'sql`…` takes one query at a time.',
      hint: 'Put statements that create or change something into a SQL cell.',
    });
  }
  return `FROM (${tokens.map((token) => (isEnd(token) ? ' ' : token.text)).join('')}\n)`;
}

const isEnd = ({ kind, text }: Token): boolean => kind === 'operator' && text === ';';
const isCode = (token: Token): boolean => token.kind !== 'space' && token.kind !== 'comment' && !isEnd(token);
