import type { SqlStatement } from '../definition';
import { lex } from './lex';

/** What a cell's SQL does without an error and hardly as it was meant, in words for the reader. */
export function sqlNotes(statements: readonly SqlStatement[]): readonly string[] {
  const unseen = statements.slice(0, -1).find(({ query }) => query);
  return [
    ...(unseen
      ? [
          `Only the last of ${statements.length} statements is shown: the rows of the one on line ${unseen.line + 1} are not. Give it a cell of its own.`,
        ]
      : []),
    ...statements.flatMap(comparesWithNull),
  ];
}

/** `= NULL` is neither true nor false, whatever stands before it. */
function comparesWithNull({ text, query, line }: SqlStatement): readonly string[] {
  if (!query) return [];
  const tokens = lex(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const at = tokens.findIndex(
    (token, i) => /^(?:=|==|<>|!=)$/.test(token.text) && tokens[i + 1]?.text.toUpperCase() === 'NULL',
  );
  if (at < 0) return [];
  const sign = tokens[at]!.text;
  const instead = sign.startsWith('=') ? 'IS NULL' : 'IS NOT NULL';
  const row = line + text.slice(0, tokens[at]!.start).split('\n').length;
  return [`Line ${row}: ${sign} NULL holds for no row. Write ${instead}.`];
}
