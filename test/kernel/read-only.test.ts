import { describe, expect, it } from 'vitest';
import { readOnly } from '../../src/kernel/read-only';

describe('a query from TypeScript', () => {
  it.each([
    ['SELECT 1', 'FROM (SELECT 1\n)'],
    ['SELECT 1;', 'FROM (SELECT 1 \n)'],
    ["SELECT ';' AS a -- ; done", "FROM (SELECT ';' AS a -- ; done\n)"],
    ['SELECT 1 /* ; */ ; ', 'FROM (SELECT 1 /* ; */   \n)'],
    ['SELECT "a;b", $$;$$, $x$;$x$', 'FROM (SELECT "a;b", $$;$$, $x$;$x$\n)'],
    ["SELECT 'it''s; fine'", "FROM (SELECT 'it''s; fine'\n)"],
    ['SELECT 1 /* /* */ ; DROP TABLE t */', 'FROM (SELECT 1 /* /* */ ; DROP TABLE t */\n)'],
  ])('%s becomes a table in a FROM clause', (text, expected) => expect(readOnly(text)).toBe(expected));

  it.each([
    'SELECT 1; DROP TABLE t',
    "SELECT 'a'; DELETE FROM t; --",
    'SELECT 1) ; DROP TABLE t; FROM (SELECT 1',
    '',
    ' ; ',
    '-- nothing',
    "SELECT E'\\'') ; DROP TABLE t; FROM (SELECT E'\\''",
    'SELECT 1 AS a$x$) ; DROP TABLE t; FROM (SELECT 1 AS a$x$',
    'SELECT 1 -- \r) ; DROP TABLE t; FROM (SELECT 1',
    "SELECT DISTINCT\u00a0e'\\' , ' AS q) ; DROP TABLE t; FROM (SELECT 1 AS one --'",
    "SELECT e'a'\n'\\' , ' AS q) ; DROP TABLE t; FROM (SELECT 1 AS one --'",
    "SELECT e'a' -- b\r'\\' , ' AS q) ; DROP TABLE t; FROM (SELECT 1 AS one --'",
  ])('%j is refused', (text) => expect(() => readOnly(text)).toThrow());
});
