import type { Token } from './lex';

/** The tokens of each statement, without the `;`, from its first word to its last. Empty statements are left out. */
export function split(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [];
  let current: Token[] = [];
  const close = (): void => {
    const first = current.findIndex(isCode);
    if (first >= 0) statements.push(current.slice(first, current.findLastIndex(isCode) + 1));
    current = [];
  };
  for (const token of tokens) {
    if (token.kind === 'operator' && token.text === ';') close();
    else current.push(token);
  }
  close();
  return statements;
}

/** Whether a token means something to the database. */
export function isCode(token: Token): boolean {
  return token.kind !== 'space' && token.kind !== 'comment';
}
