import { describe, expect, it } from 'vitest';
import { formatSql } from '../../src/language/sql/format';
import { Written } from './service/notebook';

describe('SQL is formatted', () => {
  it('with lines and indents, keeping words, comments and what is set in', () => {
    expect(
      formatSql(
        "select day, sum(spend) as Spend -- all of it\nfrom ads where ${channel} = 'all' or channel = ${channel} and ${id(`a ${x}`)} group by all",
      ),
    ).toBe(
      [
        'select',
        '  day,',
        '  sum(spend) as Spend -- all of it',
        'from',
        '  ads',
        'where',
        "  ${channel} = 'all'",
        '  or channel = ${channel}',
        '  and ${id(`a ${x}`)}',
        'group by all',
      ].join('\n'),
    );
  });

  it('in the words of DuckDB, twice the same, and never to other words', () => {
    const sources = [
      "FROM 'a.csv' SELECT * EXCLUDE (b), COLUMNS('x.*') QUALIFY row_number() OVER (PARTITION BY a) = 1",
      'SELECT list_transform([1, 2], x -> x + 1), {a: 1}.a, t[1:2], 10 // 3, a::DATE FROM t ASOF JOIN u USING (k)',
      'PIVOT sales ON year USING sum(revenue) GROUP BY town;\nSELECT 1',
      'WITH a AS MATERIALIZED (SELECT 1 AS n) SELECT $$it"s$$, "odd name" FROM a /* why */ LIMIT 3',
      'SUMMARIZE orders',
    ];
    for (const source of sources) {
      const once = formatSql(source);
      expect(formatSql(once)).toBe(once);
      expect(once.replace(/\s/g, '')).toBe(source.replace(/\s/g, ''));
    }
  });

  it('or left as it is, with the reason', () => {
    expect(() => formatSql("SELECT 'open")).toThrow(/formatter does not understand|more than lines/);
  });
});

describe('TypeScript is formatted', () => {
  it('within its own lines, an object in braces too', () => {
    const formatted = (source: string): string => new Written({ a: source }).service.format({ id: 'a', text: source });
    expect(formatted('const   x=[1,2 ]\nif(x.length>1){\ndisplay( x )\n}  ')).toBe(
      'const x = [1, 2]\nif (x.length > 1) {\n  display(x)\n}',
    );
    expect(formatted('{ a:1,\n      b:2 }')).toBe('{\n  a: 1,\n  b: 2\n}'.replace('{\n  a: 1,', '{\n  a: 1,'));
  });
});
