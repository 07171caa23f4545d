import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lexSql, withPlainSpaces } from '../../src/base/sql-lex';
import { nativeDuckDb, pageDuckDb } from '../language/oracle';

/** Pieces of SQL that could hide a statement from one who reads them otherwise than DuckDB. */
const PIECE = fc.constantFrom(
  ...[
    "e'",
    "E'",
    "x'",
    'a$',
    '$e',
    '1e',
    "'",
    "'",
    "''",
    "\\'",
    '\\',
    ';',
    ';SELECT 1 ',
    '; SELECT e',
    '--',
    '\n',
    '\r',
    '\t',
    '\f',
    '\v',
  ],
  ...['\u00a0', '\u200b', '\u2028', '\ufeff', '\u1680', '$$', '$a$', '$\u00a0$', '$1', '"', '/*', '*/', ' ', ' ', ','],
  ...['1', 'a', 'é', ' AS x', 'SELECT 1', "SELECT 'a'", 'SELECT DISTINCT'],
);
/** What may close what is open, so that more of the texts are SQL. */
const END = fc.constantFrom('', '', "'", '"', '*/', '$$', '$a$', "' AS z", '\n');

it('finds as many statements as DuckDB in texts made to hide one', { timeout: 60_000 }, async () => {
  const connection = await nativeDuckDb();
  const errorInPage = await pageDuckDb();
  let read = 0;
  let several = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(PIECE, { minLength: 2, maxLength: 12 }), END, async (pieces, end) => {
      const text = `SELECT ${pieces.join('')}${end}`;
      const tokens = lexSql(text);
      const given = tokens.map(withPlainSpaces).join('');
      expect(given.length).toBe(text.length);
      const found = await connection.extractStatements(given).catch(() => undefined);
      if (!found) return;
      let statements = 0;
      let within = false;
      for (const { kind, text } of tokens) {
        if (text === ';') within = false;
        else if (kind !== 'space' && kind !== 'comment' && !within) {
          within = true;
          statements += 1;
        }
      }
      read += 1;
      if (statements > 1) several += 1;
      // The page's own DuckDB is older, and refuses some of these.
      if (statements !== found.count && errorInPage(given)?.startsWith('Parser Error')) return;
      expect(statements, given).toBe(found.count);
    }),
    { seed: 12, numRuns: 20_000 },
  );
  // It is worth something only if enough of them were SQL.
  expect(read).toBeGreaterThan(500);
  expect(several).toBeGreaterThan(50);
});
