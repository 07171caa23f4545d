import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lex } from '../../src/language/sql/lex';
import { split } from '../../src/language/sql/split';
import { CORPUS } from './corpus';
import { nativeDuckDb } from './oracle';

const kinds = (sql: string): string =>
  lex(sql)
    .filter((token) => token.kind !== 'space')
    .map((token) => `${token.kind}:${token.text}`)
    .join(' ');

/** Pieces that make trouble when they meet. */
const PIECE = fc.constantFrom(
  ...[
    "'",
    "''",
    '"',
    '$$',
    '$tag$',
    '$1',
    '${',
    '}',
    '{',
    '`',
    '/*',
    '*/',
    '--',
    '\n',
    ';',
    'E',
    'x',
    '1.5e3',
    '..',
    '::',
    '\\',
    '/',
    '🥐',
    'é',
    '(',
    ')',
  ],
);

describe('the lexer', () => {
  it('never loses a character, whatever it is given', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(PIECE, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        const tokens = lex(source);
        expect(tokens.map((token) => token.text).join('')).toBe(source);
        expect(tokens.every((token) => token.text.length > 0 && source.startsWith(token.text, token.start))).toBe(true);
      }),
      { seed: 41, numRuns: 2000 },
    );
  });

  it.each([
    ["'it''s'", "string:'it''s'"],
    ["E'it\\'s' x", "word:E string:'it\\'s' word:x"],
    ["'a\\' x", "string:'a\\' word:x"],
    ['$$ a $b$ ; $$ x', 'string:$$ a $b$ ; $$ word:x'],
    ['$t$ $$ $t$x', 'string:$t$ $$ $t$ word:x'],
    ['/* a /* b */ c */x', 'comment:/* a /* b */ c */ word:x'],
    ['a--b\nc', 'word:a comment:--b word:c'],
    ['"a ""b"" c".d', 'quoted:"a ""b"" c" operator:. word:d'],
    ['1_000.5e-3+.5', 'number:1_000.5e-3 operator:+ number:.5'],
    ['x::INT[]', 'word:x operator::: word:INT operator:[ operator:]'],
    ['${ {a: "}"} } x', 'hole:${ {a: "}"} } word:x'],
    ['${`}${`}`}`}x', 'hole:${`}${`}`}`} word:x'],
    ['${a /* } */ + /[}]/.exec(b)}x', 'hole:${a /* } */ + /[}]/.exec(b)} word:x'],
    ['${a / 2 / b}x', 'hole:${a / 2 / b} word:x'],
    ['a${b}', 'word:a hole:${b}'],
    ['1${b}', 'number:1 hole:${b}'],
    ['l[1:2]', 'word:l operator:[ number:1 operator:: number:2 operator:]'],
    ["naïve_名 = 'é'", "word:naïve_名 operator:= string:'é'"],
  ])('reads %s', (sql, expected) => {
    expect(kinds(sql)).toBe(expected);
  });

  it('marks what never ends', () => {
    for (const sql of ["'a", '"a', '/* a /* b */', '${a', '${"}', '$$ a'])
      expect(lex(sql).at(-1)!.open, sql).toBe(true);
  });
});

describe('splitting', () => {
  const MANY = [
    '',
    ';',
    ' ; -- only a comment\n;',
    'SELECT 1;SELECT 2',
    "SELECT ';';;SELECT $$;$$ /* ; */; SELECT 3 -- ;\n",
    'SELECT "a;b" FROM (SELECT 1 AS "a;b"); VALUES (1);',
    "SELECT E'\\';' ; SELECT 2",
    '/* a; /* b; */ c; */ SELECT 1; -- ;\nSELECT 2',
    'CREATE MACRO f(a) AS a; SELECT f(1); DROP MACRO f',
    'SELECT $a$ ; $b$ ; $a$; SELECT 1',
  ];

  it('finds as many statements as DuckDB does', async () => {
    const connection = await nativeDuckDb();
    const texts = [
      ...MANY,
      ...CORPUS.map(([sql]) => sql),
      CORPUS.slice(0, 60)
        .map(([sql]) => sql)
        .join('\n;\n'),
    ];
    for (const text of texts) {
      // PIVOT over values it must look up becomes two statements of DuckDB's own.
      if (/^\s*(?:WITH w AS \(FROM a\) )?PIVOT/.test(text)) continue;
      // DuckDB refuses a text without statements, so each text is followed by one.
      const { count } = await connection.extractStatements(`${text}\n;SELECT 1`);
      expect(split(lex(text)).length, text).toBe(count - 1);
    }
  });

  it('keeps each statement from its first word to its last', () => {
    const texts = split(lex(' -- a\nSELECT 1 -- b\n + 2 -- c\n ; /* d */ SELECT 3 ')).map((tokens) =>
      tokens.map(({ text }) => text).join(''),
    );
    expect(texts).toEqual(['SELECT 1 -- b\n + 2', 'SELECT 3']);
  });
});
