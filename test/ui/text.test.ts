import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText } from '../../src/base/number-text';
import { fuzzyScore } from '../../src/ui/fuzzy';
import { columnFormat, rawText } from '../../src/ui/grid/format';
import { tsvField } from '../../src/ui/grid/tsv';
import { keyLabel, keysLabel, keyWays } from '../../src/ui/key-label';
import { DuckDB } from '../../src/ui/editor/duckdb';
import { tokens } from '../../src/ui/highlight/tokens';
import { suggestion } from '../../src/ui/output/suggestion';

describe('coloured source', () => {
  it('joins to the source, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('sql', 'ts', 'md', 'csv'),
        fc.oneof(
          fc.string(),
          fc.string({ unit: fc.constantFrom("'", '"', '`', '/', '*', '-', '\n', 'a', '1', '{', '$', '\\') }),
        ),
        (kind, source) => {
          const joined = tokens(kind, source)
            .map((token) => token.text)
            .join('');
          expect(joined).toBe(source);
        },
      ),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('has the words of the editor, so that a cell keeps its colours when it is entered', () => {
    const source =
      'SELECT year, day::DATE AS name, count(*) FILTER (WHERE a ILIKE b) FROM t ASOF JOIN u USING (day) GROUP BY ALL';
    const parsed = DuckDB.language.parser.parse(source);
    const editor: [string, string][] = [];
    parsed.iterate({
      enter({ name, from, to }) {
        if (name === 'Keyword' || name === 'Type') editor.push([source.slice(from, to), name.toLowerCase()]);
      },
    });
    const idle = tokens('sql', source)
      .filter(({ kind }) => kind === 'keyword' || kind === 'type')
      .map(({ text, kind }) => [text, kind]);
    expect(idle).toEqual(editor);
    expect(idle.length).toBeGreaterThan(12);
  });

  it('knows keywords from names and strings from comments', () => {
    const kinds = Object.fromEntries(
      tokens('sql', 'select day -- note\nFROM "order" WHERE x = \'a -- b\'').map((token) => [token.text, token.kind]),
    );
    expect(kinds).toMatchObject({
      select: 'keyword',
      day: 'plain',
      '-- note': 'comment',
      '"order"': 'plain',
      "'a -- b'": 'string',
    });
  });
});

describe('the values of a column', () => {
  it('have their decimal points one under the other', () => {
    const { text } = columnFormat('revenue', 'DOUBLE', [1, 2.5, 3.25], 'de-DE');
    expect([1, 2.5, 1234.25].map(text)).toEqual(['1,00', '2,50', '1.234,25']);
  });

  it('are grouped when they count and not when they name', () => {
    expect(columnFormat('orders', 'BIGINT', [], 'en-US').text(10_234)).toBe('10,234');
    expect(columnFormat('order_id', 'BIGINT', [], 'en-US').text(10_234)).toBe('10234');
    expect(columnFormat('year', 'INTEGER', [], 'en-US').text(2024)).toBe('2024');
    expect(columnFormat('isoyear', 'BIGINT', [], 'en-US').text(2024)).toBe('2024');
    expect(columnFormat('n', 'HUGEINT', [], 'en-US').text(2n ** 64n)).toBe('18,446,744,073,709,551,616');
  });

  it('are not grouped where a number names an order, and are where it only looks like an id', () => {
    const text = (name: string) => columnFormat(name, 'BIGINT', [], 'en-US').text(100_001);
    expect(['bestellnummer', 'order_number', 'Kundennummer', 'customerId', 'orderNo', 'ean'].map(text)).toEqual(
      Array(6).fill('100001'),
    );
    const month = (name: string) => columnFormat(name, 'BIGINT', [], 'en-US').text(202_403);
    expect(['month', 'Monat', 'year_month', 'revenue_per_month'].map(month)).toEqual([
      ...Array<string>(3).fill('202403'),
      '202,403',
    ]);
    expect(['paid', 'bid', 'number', 'number_of_orders', 'volcano'].map(text)).toEqual(Array(5).fill('100,001'));
  });

  it('have few decimals where they are large, and their digits where they are small', () => {
    const shown = (value: number): string => columnFormat('revenue', 'DOUBLE', [value], 'en-US').text(value);
    expect(shown(12_345_678.01)).toBe('12,345,678.01');
    expect(shown(456_789_012.01)).toBe('456,789,012.01');
    // A million amounts of ten cents, added up one by one.
    expect(shown(Array.from({ length: 1_000_000 }, () => 0.1).reduce((sum, value) => sum + value, 0))).toBe('100,000');
    const { text } = columnFormat('cost', 'DOUBLE', [280_573.0129, 12.5, 0.00015], 'en-US');
    expect([280_573.0129, 12.5, 0.00015, 0].map(text)).toEqual(['280,573.01', '12.50', '0.00015', '0.00']);
    expect([1.08345, 0.00015, 0.0254].map(columnFormat('rate', 'DOUBLE', [1.08345], 'en-US').text)).toEqual([
      '1.0835',
      '0.00015',
      '0.0254',
    ]);
    expect([0.05, 1234.5].map(columnFormat('price', 'DOUBLE', [0.05, 1.25], 'en-US').text)).toEqual([
      '0.05',
      '1,234.50',
    ]);
  });

  it('do not become zero when they are small', () => {
    expect(columnFormat('p', 'DOUBLE', [0.25], 'en-US').text(0.00042)).toBe('0.00042');
  });

  it.each([
    [99_999_999_999.99, '99,999,999,999.99'],
    [12_345_678_901.25, '12,345,678,901.25'],
    [1_234_567_890.12, '1,234,567,890.12'],
    [1_234_567_890_123.45, '1,234,567,890,123.45'],
  ])('have the cents of %d, whatever stands beside them', (value, text) => {
    expect(columnFormat('amount', 'DECIMAL(18,2)', [value], 'en-US').text(value)).toBe(text);
  });

  it('have an exponent where they would be noughts, and no date ends a table that no calendar holds', () => {
    expect(columnFormat('n', 'DOUBLE', [1e300], 'en-US').text(1e300)).toBe('1e+300');
    const until = columnFormat('until', 'DATE', [], 'en-US');
    expect(until.text(new Date(NaN))).toBe('±∞');
    expect(until.text(new Date('-003999-01-01T00:00:00Z'))).toBe('-003999-01-01');
    expect(columnFormat('at', 'TIMESTAMP', [], 'en-US').text(new Date(NaN))).toBe('±∞');
    expect(rawText(new Date(NaN), 'DATE')).toBe('±∞');
  });

  it('are copied whole: no grouping, dates ISO, nothing for null', () => {
    expect(rawText(1234.5678, 'DOUBLE')).toBe('1234.5678');
    expect(rawText(new Date(Date.UTC(2024, 2, 5)), 'DATE')).toBe('2024-03-05');
    expect(rawText(new Date(Date.UTC(2024, 2, 5, 10, 0, 1)), 'TIMESTAMP')).toBe('2024-03-05 10:00:01');
    expect(rawText(null, 'VARCHAR')).toBe('');
    expect(tsvField('a\t"b"')).toBe('"a\t""b"""');
  });

  it('have days as days within lists', () => {
    const list = columnFormat('days', 'DATE[]', []);
    expect(list.text([new Date('2024-01-01T00:00:00Z'), new Date('2024-01-01T10:30:00Z'), new Date(NaN)])).toBe(
      '["2024-01-01","2024-01-01 10:30:00","±∞"]',
    );
  });

  it('have all of what is in them: maps, and lists with what is no number', () => {
    const map = new Map<unknown, unknown>([
      ['a', 2],
      ['b', new Map([[1n, NaN]])],
    ]);
    expect(rawText(map, 'MAP(VARCHAR, BIGINT)')).toBe('{"a":2,"b":{"1":"NaN"}}');
    expect(columnFormat('h', 'MAP(VARCHAR, BIGINT)[]', [map]).text([map])).toBe('[{"a":2,"b":{"1":"NaN"}}]');
  });
});

describe('a number by itself', () => {
  it.each([
    [1234567.5, '1,234,567.5'],
    [0.1 + 0.2, '0.3'],
    [0.0000123, '0.0000123'],
    [1e-7, '0.0000001'],
    [-4.9e-7, '-0.00000049'],
    [3.14159e-12, '3.14E-12'],
    [-0, '0'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('%d is written %s', (value, written) => {
    expect(numberText(value, 'en')).toBe(written);
  });
});

describe('a suggestion', () => {
  const problem = { code: 'unknown-column', message: 'x', hint: 'Did you mean "revenue"?', line: 2, column: 5 };

  it('replaces the wrong name where it stands', () => {
    expect(suggestion(problem, 'SELECT\nsum(revenu) AS r')?.source).toBe('SELECT\nsum(revenue) AS r');
  });

  it('finds the name behind the table it belongs to, and only the name the problem is about', () => {
    const plain = { ...problem, hint: 'Did you mean revenue?', subject: 'revenu' };
    expect(suggestion(plain, 'SELECT\nsum(o.revenu) AS r')?.source).toBe('SELECT\nsum(o.revenue) AS r');
    expect(suggestion(plain, 'SELECT\nsum(spend) AS r')).toBeNull();
    expect(suggestion({ ...plain, hint: 'Did you mean FROM instead of fom?' }, 'SELECT\nsum(revenu)')).toBeNull();
  });

  it('replaces a name in quotes, and quotes a name that needs it', () => {
    const quoted = { ...problem, hint: 'Did you mean umsatz_brutto?', subject: 'Umsatz brutto' };
    expect(suggestion(quoted, 'SELECT\nsum("Umsatz brutto")')?.source).toBe('SELECT\nsum("umsatz_brutto")');
    const spaced = { ...problem, hint: 'Did you mean "Umsatz brutto"?', subject: 'Umsatz_bruto' };
    expect(suggestion(spaced, 'SELECT\nsum(Umsatz_bruto)')?.source).toBe('SELECT\nsum("Umsatz brutto")');
  });

  it('is not made without a place or a name', () => {
    expect(suggestion({ ...problem, hint: 'Check the spelling.' }, 'SELECT\nsum(revenu)')).toBeNull();
    expect(suggestion({ code: 'x', message: 'x', hint: problem.hint }, 'SELECT\nsum(revenu)')).toBeNull();
    expect(suggestion({ ...problem, line: 9 }, 'SELECT')).toBeNull();
  });
});

describe('the keys of a command', () => {
  it('are named as they stand on the keyboard', () => {
    expect(keyWays('Alt+ArrowUp, K, D D, Escape, Shift+Z', false)).toEqual([
      ['Alt+↑'],
      ['K'],
      ['D', 'D'],
      ['Esc'],
      ['Shift+Z'],
    ]);
    expect(keysLabel('Mod+Shift+Z, Mod+Y', false)).toBe('Ctrl+Shift+Z or Ctrl+Y');
    expect(keysLabel('Mod+Shift+Z, Alt+ArrowDown', true)).toBe('⌘⇧Z or ⌥↓');
    expect(keyLabel('?', false)).toBe('?');
  });
});

describe('the search of commands', () => {
  it('finds letters in order and puts beginnings of words first', () => {
    const titles = ['Move cell up', 'Run all cells', 'Export all results as CSV'];
    const best = (query: string) =>
      titles
        .filter((title) => fuzzyScore(query, title) !== null)
        .sort((a, b) => fuzzyScore(query, b)! - fuzzyScore(query, a)!)[0];
    expect(best('rac')).toBe('Run all cells');
    expect(best('csv')).toBe('Export all results as CSV');
    expect(best('xyz')).toBeUndefined();
  });
});
