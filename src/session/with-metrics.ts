import type { Body, SqlBody } from '../language/definition';
import { lex, type Token } from '../language/sql/lex';

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
  const isListed = selectLists(tokens);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const end = token.kind === 'word' || token.kind === 'quoted' ? emptyCallEnd(tokens, i) : 0;
    const expression = end > 0 ? metrics.get(token.text.replace(/^"(.*)"$/s, '$1').toLowerCase()) : undefined;
    parts.push(expression ?? token.text);
    if (!expression) continue;
    // A column of its own has the metric's name, and not the expression for one.
    if (isListed[i] && isItem(tokens, i, end)) parts.push(` AS ${token.text}`);
    i = end;
  }
  return parts.join('');
}

const CLAUSE = /^(?:from|where|group|having|qualify|window|order|limit|offset|union|intersect|except|using)$/i;

/** For each token whether it stands in the list of a SELECT, outside of brackets within that. */
function selectLists(tokens: readonly Token[]): readonly boolean[] {
  const outer: boolean[] = [];
  let listed = false;
  return tokens.map((token) => {
    if (token.text === '(') {
      outer.push(listed);
      listed = false;
    } else if (token.text === ')') listed = outer.pop() ?? false;
    else if (token.kind === 'word') listed = /^select$/i.test(token.text) || (listed && !CLAUSE.test(token.text));
    return listed;
  });
}

/** Whether the tokens from `start` to `end` are a whole item of a list. */
function isItem(tokens: readonly Token[], start: number, end: number): boolean {
  const counts = ({ kind }: Token): boolean => kind !== 'space' && kind !== 'comment';
  const before = tokens.slice(0, start).findLast(counts)?.text ?? '';
  const after = tokens.slice(end + 1).find(counts)?.text ?? '';
  return /^(?:,|select|distinct|all)$/i.test(before) && /^(?:,|;|\)|)$|^(?:from|where|group|order|limit)$/i.test(after);
}

/** The index of the `)` of `name()`, blanks between; 0 for anything else. */
function emptyCallEnd(tokens: ReturnType<typeof lex>, at: number): number {
  const next = (from: number): number => tokens.findIndex(({ kind }, i) => i > from && kind !== 'space');
  const open = next(at);
  const close = open < 0 ? -1 : next(open);
  if (close < 0) return 0;
  return tokens[open]!.text === '(' && tokens[close]!.text === ')' ? close : 0;
}
