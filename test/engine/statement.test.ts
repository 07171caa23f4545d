import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, text } from '../../src/engine/literal';
import { bind } from '../../src/engine/statement';
import { lexSql } from '../../src/base/sql-lex';

const bound = (sql: string, ...parameters: Parameters<typeof literal>[0][]): string =>
  bind({ text: sql, parameters }).text;

describe('binding parameters', () => {
  it.each([
    ['SELECT $1', 'SELECT  7 '],
    ['SELECT \'$1\', "$1", $1', 'SELECT \'$1\', "$1",  7 '],
    ["SELECT E'\\'$1', $1", "SELECT E'\\'$1',  7 "],
    ["SELECT 'it''s $1' || $1", "SELECT 'it''s $1' ||  7 "],
    ['SELECT $$a $1$$, $x$ $1 $$ $x$, $1', 'SELECT $$a $1$$, $x$ $1 $$ $x$,  7 '],
    ['SELECT /* $1 /* $1 */ $1 */ $1', 'SELECT /* $1 /* $1 */ $1 */  7 '],
    ['SELECT a$1 FROM t', 'SELECT a$1 FROM t'],
    ["SELECT '$1", "SELECT '$1"],
    ['SELECT 1 ; -- $1', 'SELECT 1'],
    ["SELECT E'a'\n'\\'$1', $1", "SELECT E'a'\n'\\'$1',  7 "],
    ['SELECT -- $1\r$1', 'SELECT -- $1\r 7 '],
    ["SELECT\u00a0E'\\'$1',\u200b$1", "SELECT E'\\'$1',  7 "],
    [' ;; SELECT $1;;', ' ;; SELECT  7'],
  ])('knows parameters from what looks like them: %s', (sql, expected) => {
    expect(bound(sql, 7).trimEnd()).toBe(expected.trimEnd());
  });

  it('finds the first word past comments', () => {
    expect(bind({ text: '-- hello\n/* a */ with x as (select 1) from x', parameters: [] }).keyword).toBe('WITH');
    expect(bind({ text: '(SELECT 1)', parameters: [] }).keyword).toBe('(');
    expect(bind({ text: ' -- nothing', parameters: [] }).keyword).toBe('');
  });

  it('refuses a parameter without a value, and several statements', () => {
    expect(() => bound('SELECT $2', 1)).toThrow('names $2, but 1 values');
    expect(() => bound('SELECT 1; DROP TABLE t')).toThrow('several statements');
    expect(bound("SELECT ';'; ")).toBe("SELECT ';'");
  });

  it('finds the way back to the text that was written', () => {
    const { text: sql, origin } = bind({ text: 'SELECT $1,\n$2, nope', parameters: ['a\nlong text', 2] });
    expect(origin(sql.indexOf('nope'))).toBe('SELECT $1,\n$2, nope'.indexOf('nope'));
    expect(origin(sql.indexOf('long'))).toBe(7);
    expect(sql.split('\n')).toHaveLength(2);
  });
});

describe('literals', () => {
  it('stand on one line and inside their quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(text(value)).not.toMatch(/[\n\r\0]/);
        expect(lexSql(text(value)).filter(({ kind, text }) => kind === 'parameter' || text === ';')).toEqual([]);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it('refuse what SQL cannot hold', () => {
    expect(() => literal(2n ** 127n)).toThrow('more digits');
    expect(() => literal({} as never)).toThrow('type object');
  });
});
