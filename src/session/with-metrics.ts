import type { Body, SqlBody } from '../language/definition';
import { lex } from '../language/sql/lex';

/** Metrics by their names in lower case, each with its expression: a ratio of sums. */
export type Metrics = ReadonlyMap<string, string>;

/**
 * A cell's body with `name()` of each metric written out. The database's own macros cannot do it: they bind no columns but
 * those they are given.
 */
export function withMetrics<B extends Body>(body: B, metrics: Metrics): B | SqlBody {
  if (body.type !== 'sql' || metrics.size === 0) return body;
  const statements = body.statements.map((statement) => ({ ...statement, text: written(statement.text, metrics) }));
  return { ...body, statements };
}

function written(text: string, metrics: Metrics): string {
  const tokens = lex(text);
  const parts: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const end = token.kind === 'word' || token.kind === 'quoted' ? emptyCallEnd(tokens, i) : 0;
    const expression = end > 0 ? metrics.get(token.text.replace(/^"(.*)"$/s, '$1').toLowerCase()) : undefined;
    parts.push(expression ?? token.text);
    if (expression) i = end;
  }
  return parts.join('');
}

/** The index of the `)` of `name()`, blanks between; 0 for anything else. */
function emptyCallEnd(tokens: ReturnType<typeof lex>, at: number): number {
  const next = (from: number): number => tokens.findIndex(({ kind }, i) => i > from && kind !== 'space');
  const open = next(at);
  const close = open < 0 ? -1 : next(open);
  if (close < 0) return 0;
  return tokens[open]!.text === '(' && tokens[close]!.text === ')' ? close : 0;
}
