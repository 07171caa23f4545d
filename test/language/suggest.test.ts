import { beforeAll, describe, expect, it } from 'vitest';
import { explainMissingScale, explainSqlError, explainTsError } from '../../src/language/suggest';
import { createInput } from '../../src/kernel/worker/input';
import { INPUTS } from '../../src/language/suggest/ts';
import { distance, nearest } from '../../src/base/nearest';
import { pageDuckDb, type ErrorOf } from './oracle';

const KNOWN = {
  tables: [
    { name: 'orders', columns: ['order_id', 'channel', 'revenue', 'day', 'net_revenue'] },
    { name: 'ads', columns: ['channel', 'spend', 'day'] },
    { name: 'buchungen_2024_03', columns: ['konto'] },
  ],
  values: ['topN', 'chosen'],
  headers: new Map([['umsatz (€)', 'revenue']]),
};

describe('an error of the page’s own DuckDB', () => {
  let errorOf: ErrorOf;
  beforeAll(async () => {
    errorOf = await pageDuckDb();
    errorOf("CREATE TABLE orders AS SELECT 1 AS order_id, 'x1' AS channel, 2.5 AS revenue, DATE '2024-01-01' AS day");
    errorOf("CREATE TABLE ads AS SELECT 'x' AS channel, 1 AS spend, DATE '2024-01-01' AS day");
  }, 60_000);

  /** Statement, code, a part of message and hint, and the text at the place it points to (null: no caret). */
  const CASES: readonly (readonly [string, string, RegExp, string | null])[] = [
    ['SELECT revnue FROM orders', 'unknown-column', /no column revnue.*Did you mean revenue\?/, 'revnue'],
    ['SELECT o.revnue FROM orders o', 'unknown-column', /Did you mean revenue\?/, 'o.revnue'],
    ['SELECT day,\n  chanel\nFROM ads', 'unknown-column', /Did you mean channel\?/, 'chanel'],
    ['SELECT * EXCLUDE (spent) FROM ads', 'unknown-column', /Did you mean spend\?/, null],
    ['SELECT * FROM orders WHERE channel = "facebook"', 'unknown-column', /single quotes: 'facebook'/, '"facebook"'],
    ['SELECT "Umsatz (€)" FROM orders', 'unknown-column', /column Umsatz \(€\) is called revenue here/, '"Umsatz (€)"'],
    [
      "SELECT DATEDIFF(month, day, DATE '2024-02-01') FROM orders",
      'unknown-column',
      /date_diff\('day', start/,
      'month',
    ],
    [
      'SELECT * FROM orders WHERE order_id IN ([1, 2])',
      'conversion',
      /Write IN \$\{list\}, without the brackets/,
      null,
    ],
    [
      "SELECT * FROM orders WHERE channel == 'a' && revenue > 3",
      'argument-types',
      /^&& does not work.*Write AND\.$/,
      '&&',
    ],
    ['CREATE TABLE orders AS SELECT 1 AS a', 'already-there', /Write CREATE OR REPLACE/, null],
    ['SELECT (SELECT channel FROM orders UNION ALL SELECT channel FROM ads)', 'several-rows', /LIMIT 1/, null],
    ["SELECT * FROM orders ORDER BY 'day' DESC", 'order-by-text', /\$\{id\(name\)\}/, null],
    ['SELCT * FROM orders', 'syntax', /Did you mean SELECT instead of SELCT\?/, 'SELCT'],
    ['SELECT * FROM orders o orders', 'syntax', /Look just before it/, 'orders'],
    [
      'SELECT channel, count(*) AS n FROM orders GROUP BY ALL QUALIFY row_number() OVER (ORDER BY n) < 2',
      'qualify-group-all',
      /Name the columns after GROUP BY/,
      null,
    ],
    ['SELECT day FROM orders ORDER BY zzzzzz', 'unknown-column', /There are: order_id, channel/, 'zzzzzz'],
    [
      'SELECT * FROM orders LIMIT topn',
      'unknown-column',
      /topN is a value of a TypeScript cell: write \$\{topN\}/,
      'topn',
    ],
    ['SELECT * FROM orders WHERE channel = chosen', 'unknown-column', /write \$\{chosen\}/, 'chosen'],
    ['SELECT * FROM orders LIMIT :topn', 'syntax', /written \$\{name\}/, ':'],
    ['SELECT * FROM orders WHERE day > 01.03.2024', 'syntax', /DATE '2024-12-31'/, '.2024'],
    ['SELECT date_diff(day, day) FROM orders', 'argument-types', /date_diff\('day', start, end\)/, 'date_diff'],
    ['SELECT * FROM ordrs', 'unknown-table', /Did you mean orders\?/, 'ordrs'],
    ['SELECT * FROM chosen', 'unknown-table', /^chosen is no table.*at least one object.*\$\{chosen\}/, 'chosen'],
    ['SELECT * FROM completely_else', 'unknown-table', /There are: orders, ads, buchungen/, 'completely_else'],
    ['SELECT o.day FROM orders', 'unknown-table', /o is not among the tables/, 'o.day'],
    ['SELECT sum(revenue), channel FROM orders', 'not-grouped', /GROUP BY ALL.*any_value\(channel\)/, 'channel'],
    ['SELECT channel FROM orders GROUP BY channel HAVING revenue > 1', 'not-grouped', /revenue is neither/, null],
    ['SELECT channel FROM orders WHERE sum(revenue) > 1', 'aggregate-in-where', /HAVING/, 'sum(revenue)'],
    ['SELECT 1 FROM orders WHERE row_number() OVER () = 1', 'window-in-where', /QUALIFY/, 'row_number'],
    ['SELECT max(sum(revenue)) FROM orders', 'nested-aggregate', /WITH/, 'sum'],
    ['SELECT channel FROM orders JOIN ads USING (day)', 'ambiguous-column', /orders\.channel or ads\.channel/, null],
    [
      'SELECT sum(channel) FROM orders',
      'argument-types',
      /sum\(x::DOUBLE\), which says what is none, or count.*sum\(\(x = 'yes'\)::INT\)/,
      'sum',
    ],
    ["SELECT day + 'x' FROM orders", 'argument-types', /CAST/, '+'],
    ['SELECT nvl(1, 2)', 'unknown-function', /coalesce\(a, b\)/, 'nvl'],
    ["SELECT to_char(day, 'YYYY') FROM orders", 'unknown-function', /strftime/, 'to_char'],
    ["SELECT charindex('a', channel) FROM orders", 'unknown-function', /instr/, 'charindex'],
    ['SELECT dateadd(1, 2)', 'unknown-function', /INTERVAL/, 'dateadd'],
    ['SELECT rouund(1.2)', 'unknown-function', /Did you mean round\?/, 'rouund'],
    ["SELECT CAST('12x' AS INTEGER)", 'conversion', /“12x” cannot be read as a whole number/, 'CAST'],
    ['SELECT channel::DOUBLE FROM orders', 'conversion', /“x1” cannot be read as a number.*TRY_CAST/, '::DOUBLE'],
    ["SELECT '1.234,56'::DOUBLE", 'conversion', /decimal comma/, '::DOUBLE'],
    ["SELECT DATE '01/02/2024'", 'conversion', /strptime/, null],
    ["SELECT '2024-13-01'::DATE", 'conversion', /“2024-13-01” is no date/, '::DATE'],
    ['SELECT 9999999999::INTEGER', 'conversion', /9999999999 is too large/, '::INTEGER'],
    ['SELECT 2000000000::INT * 2000000000::INT', 'overflow', /2000000000 \* 2000000000/, null],
    ["SELECT strptime('x', '%Y')", 'conversion', /“x” is not written as %Y/, null],
    ["SELECT date_trunc('weak', day) FROM orders", 'date-part', /Did you mean week\?/, null],
    ['SELECT * FROM orders WHERE day IN (SELECT day, spend FROM ads)', 'subquery-columns', /2 columns/, 'IN'],
    ['SELECT * FROM orders UNION SELECT 1', 'union-columns', /BY NAME/, null],
    ['SELEC * FROM orders', 'syntax', /SELECT instead of SELEC/, 'SELEC'],
    ['SELECT * FORM orders', 'syntax', /FROM instead of FORM/, 'orders'],
    ['SELECT TOP 10 * FROM orders', 'syntax', /LIMIT 10/, '10'],
    ['SELECT `day` FROM orders', 'syntax', /double quotes/, null],
    ["SELECT '1.3.2024'::DATE", 'conversion', /strptime\('1\.3\.2024', '%d\.%m\.%Y'\)/, '::DATE'],
    ["SELECT '03/25/24'::DATE", 'conversion', /'%m\/%d\/%y'/, '::DATE'],
    ['SELECT * FROM buchungn', 'unknown-table', /Did you mean buchungen_2024_03\?/, 'buchungn'],
    ['SELECT "Net Revenue" FROM orders', 'unknown-column', /Did you mean net_revenue\?/, '"Net Revenue"'],
    [
      'SELECT day, sum(revenue) cost FROM orders',
      'syntax',
      /cost is a word of SQL's own: to call a column so, write AS cost/,
      null,
    ],
    ['SELECT\n  day dec,\n  1 AS a FROM orders', 'syntax', /write AS dec/, 'dec'],
    ['SELECT day nonsense word FROM orders', 'syntax', /Look just before it/, 'word'],
    ['SELECT plz sum(revenue) FROM orders', 'syntax', /A comma is missing after plz\./, null],
    ['SELECT day,\n  "a b" sum(revenue) FROM orders', 'syntax', /A comma is missing after "a b"\./, '('],
    ['SELECT day FROM orders WHERE', 'syntax', /too early/, null],
    ["SELECT * FROM orders WHERE channel = 'a", 'syntax', /not closed/, "'a"],
    ['SELECT * FROM orders WHERE channel = {{ chosen }}', 'syntax', /In SQL write \$\{x\}/, '{'],
    ["SELECT * FROM read_csv('x.csv')", 'file-in-sql', /x\.csv/, 'read_csv'],
    ['SELECT channel::mood FROM orders', 'unknown-type', /no type mood/, null],
    [
      `SELECT ${Array.from({ length: 30 }, (_, i) => `order_id AS a${i}`).join(', ')}, revnue, ${Array.from({ length: 30 }, (_, i) => `day AS b${i}`).join(', ')} FROM orders`,
      'unknown-column',
      /Did you mean revenue\?/,
      'revnue',
    ],
  ];

  it.each(CASES)('%s', (text, code, words, at) => {
    const message = errorOf(text);
    expect(message).not.toBeNull();
    const problem = explainSqlError(message!, { text, line: 4 }, KNOWN);
    expect(problem.code, message!).toBe(code);
    expect(`${problem.message} ${problem.hint ?? ''}`).toMatch(words);
    expect(problem.message).not.toMatch(/Error:|LINE \d/);
    if (at === null) expect(problem).toMatchObject({ line: 5 });
    else
      expect(
        text
          .split('\n')
          [problem.line! - 5]!.slice(problem.column! - 1)
          .startsWith(at),
        `${problem.line}:${problem.column}`,
      ).toBe(true);
  });

  it.each(['1.3.2024', '25.12.2024', '03/25/24', '13-1-2024'])('proposes a format that reads %s', (value) => {
    const text = `SELECT '${value}'::DATE`;
    const call = /strptime\(.*?\)/.exec(explainSqlError(errorOf(text)!, { text, line: 0 }, KNOWN).hint!)![0];
    expect(errorOf(`SELECT ${call}`)).toBeNull();
  });

  it('keeps its own words where there is no usual answer', () => {
    const text = "SELECT struct_extract({'a': 1}, 'b')";
    const problem = explainSqlError(errorOf(text)!, { text, line: 0 }, KNOWN);
    expect(problem).toMatchObject({
      code: 'sql',
      line: 1,
      message: expect.stringMatching(/^Could not find key "b" in struct/),
    });
  });
});

describe('an error of a TypeScript cell', () => {
  it('names the controls that there are', () => {
    expect(INPUTS.toSorted()).toEqual(
      Object.keys(createInput({ controls: {}, show: () => {}, warn: () => {} })).toSorted(),
    );
  });

  const thrown = (code: string): Error => {
    try {
      new Function(code)();
    } catch (error) {
      return error as Error;
    }
    throw new Error(`${code} did not throw`);
  };

  it.each([
    ['"use strict"; ordres.length', 'unknown-name', /Did you mean orders\?/],
    ['undefined_name_of_nothing()', 'unknown-name', /const/],
    ['slider(0, 10)', 'unknown-name', /A control is written input\.slider/],
    ['Inputs.range([0, 10])', 'unknown-name', /A control is written input\.slider/],
    ['dropdown(["a"])', 'unknown-name', /A control is written input\.select/],
    ['const fetch = undefined; fetch("https://example.org")', 'no-network', /cannot reach the network.*Drop the file/],
    ['const WebSocket = undefined; new WebSocket("wss://example.org")', 'no-network', /no WebSocket/],
    ['document.title', 'no-page', /no document.*display/],
    ['x; const x = 1', 'used-early', /x is used before/],
    ['const k = k + 1', 'used-early', /k needs a name of its own/],
    ['const input = {}; input.slidr()', 'not-a-function', /no control input\.slidr.*Did you mean input\.slider\?/],
    ['const input = {}; input.range()', 'not-a-function', /It has select, slider, .* and audiences/],
    ['const a = {}; a.b.c', 'no-value', /before \.c is undefined.*\?\.c/],
    ['null.x', 'no-value', /null/],
    ['const a = []; a.fliter(1)', 'not-a-function', /Did you mean filter\?/],
    ['const a = 1; a = 2', 'constant', /let/],
    ['const [a] = {}', 'not-iterable', /not a list/],
    ['1n + 1', 'bigint', /Number\(x\)/],
    ['const f = () => f(); f()', 'recursion', /stops/],
    ['throw new RangeError("own words")', 'runtime', /RangeError: own words/],
    ['throw new Error("own words")', 'runtime', /^own words/],
  ])('%s', (code, kind, words) => {
    const problem = explainTsError(thrown(code), ['orders', 'ads']);
    expect(problem.code).toBe(kind);
    expect(`${problem.message} ${problem.hint ?? ''}`).toMatch(words);
  });

  it.each([
    ['can\'t access property "c", a.b is undefined', 'no-value', /a\.b is undefined/],
    ["can't access lexical declaration 'x' before initialization", 'used-early', /x/],
    ["invalid assignment to const 'a'", 'constant', /let/],
    ['too much recursion', 'recursion', /stops/],
  ])('in Firefox’s words: %s', (message, kind, words) => {
    const problem = explainTsError({ name: 'TypeError', message }, []);
    expect(problem.code).toBe(kind);
    expect(`${problem.message} ${problem.hint ?? ''}`).toMatch(words);
  });
});

describe('Plot’s missing scale', () => {
  const explained = (message: string, source: string) =>
    explainMissingScale({ name: 'Error', message }, source, KNOWN.tables);

  it('is a column misspelt, and the table named has the right one', () => {
    const source = "Plot.plot({\n  marks: [Plot.lineY(ads, { x: 'dya', y: 'spend' })]\n})";
    expect(explained('missing scale: x', source)).toMatchObject({
      message: 'There is no column dya.',
      hint: 'Did you mean day?',
      subject: 'dya',
      line: 2,
      column: 33,
    });
    expect(source.split('\n')[1]!.slice(32)).toMatch(/^dya/);
  });

  it('claims no more than it knows', () => {
    expect(explained('missing scale: y', "Plot.dot(rows, { x: 'day', y1: 'share' })")).toMatchObject({
      message: 'No row has a value in share.',
      column: 33,
    });
    expect(explained('missing scale: y', "Plot.dot(rows, { x: 'a', y: (d) => d.b })")).toMatchObject({
      message: 'Nothing can be placed along y: the rows have no values there.',
    });
    expect(explained('missing key', '')).toBeUndefined();
  });
});

describe('the nearest name', () => {
  it('counts a swap as one', () => {
    expect(distance('ordres', 'orders')).toBe(1);
    expect(distance('revnue', 'revenue')).toBe(1);
    expect(distance('', 'abc')).toBe(3);
  });

  it('is none when nothing is near', () => {
    expect(nearest('chanel', ['day', 'channel', 'spend'])).toBe('channel');
    expect(nearest('REVENUE_', ['revenue'])).toBe('revenue');
    expect(nearest('zzz', ['day', 'channel'])).toBeUndefined();
  });
});
