import { lexSql, type Token } from '../../base/sql-lex';
import { closingBrace } from '../braces';

export type { Token, TokenKind } from '../../base/sql-lex';

/**
 * A cell's SQL as tokens. `${…}` is one of them, whatever braces, strings and templates the JavaScript within it holds.
 */
export function lex(source: string): Token[] {
  return lexSql(source, (text, start) => {
    if (!text.startsWith('${', start)) return -1;
    const close = closingBrace(text, start + 2);
    return close < 0 ? text.length + 1 : close + 1;
  });
}
