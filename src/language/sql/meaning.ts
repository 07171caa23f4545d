import { lex } from './lex';
import { sqlOffers, type SqlFunction, type SqlTable } from './offers';
import { isCode } from './split';
import { identifier, isSymbol } from './tree';

/** What a name in SQL stands for. */
export interface SqlMeaning {
  readonly from: number;
  readonly to: number;
  /** `revenue: DOUBLE, in orders` or `date_trunc(part, timestamp)`. */
  readonly type: string;
  /** A table's columns, or what a function does. */
  readonly text: string;
}

/** Columns of a table that are told of. */
const COLUMNS = 30;

/**
 * What the name at a place of SQL stands for: of all that could be written there, what is called so; before a bracket a
 * function. Undefined for what has no meaning known here: keywords, texts, names that nothing is called.
 */
export function sqlMeaning(
  source: string,
  at: number,
  tables: readonly SqlTable[],
  functions: readonly SqlFunction[],
): SqlMeaning | undefined {
  const tokens = lex(source).filter(isCode);
  const index = tokens.findLastIndex(({ start, text }) => start <= at && at <= start + text.length);
  const token = tokens[index];
  const name = identifier(token)?.toLowerCase();
  if (!token || name === undefined) return undefined;
  const isCalled = isSymbol(tokens[index + 1], '(');
  const called = sqlOffers(source, token.start, tables, functions)
    ?.offers.filter(({ label, kind }) => label.toLowerCase() === name && (kind === 'function') === isCalled)
    .toSorted((a, b) => a.rank - b.rank)[0];
  if (!called) return undefined;
  const { label, kind, detail = '', text = '' } = called;
  const columns = tables.find((table) => table.name.toLowerCase() === name)?.columns ?? [];
  const listed = columns.slice(0, COLUMNS).map((column) => `${column.name} ${column.type}`);
  const more = columns.length > COLUMNS ? [`and ${columns.length - COLUMNS} more`] : [];
  return {
    from: token.start,
    to: token.start + token.text.length,
    type: kind === 'function' ? label + detail : detail ? `${label}: ${detail}` : label,
    text: kind === 'table' ? [...listed, ...more].join('\n') : text,
  };
}
