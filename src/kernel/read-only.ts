import { LevainError } from '../base/problem';

/**
 * What may hold a semicolon that ends nothing, as DuckDB reads it: escape strings (`E'\''`), strings, quoted names, dollar
 * quotes (not within a name: `a$b$` is one), comments to the end of a line of any kind, block comments.
 */
const OPAQUE =
  /(?<![\w$\u0080-\uffff])[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<![\w$\u0080-\uffff])\$([A-Za-z_]*)\$[\s\S]*?\$\1\$|--[^\n\r]*|\/\*[\s\S]*?\*\//g;

/**
 * The text of a query that TypeScript sent, in a form that can only read: one statement, as a table in a FROM clause. A
 * cell may ask for rows but may not change what another cell made.
 *
 * @throws LevainError `not-a-query` when there is more than one statement
 */
export function readOnly(text: string): string {
  const bare = text.replace(OPAQUE, (part) => (part.startsWith('-') || part.startsWith('/') ? ' ' : 'x'));
  const statements = bare.split(';').filter((part) => part.trim() !== '');
  if (statements.length === 0) throw new LevainError({ code: 'not-a-query', message: 'The query is empty.' });
  if (statements.length > 1) {
    throw new LevainError({
      code: 'not-a-query',
      message: 'sql`…` takes one query at a time.',
      hint: 'Put statements that create or change something into a SQL cell.',
    });
  }
  return `FROM (${withoutLastSemicolon(text)}\n)`;
}

/** Removes the semicolon after the one statement, which stands outside of strings and comments. */
function withoutLastSemicolon(text: string): string {
  const masked = text.replace(OPAQUE, (part) => ' '.repeat(part.length));
  return [...masked.matchAll(/;/g)].reduceRight(
    (kept, { index }) => kept.slice(0, index) + ' ' + kept.slice(index + 1),
    text,
  );
}
