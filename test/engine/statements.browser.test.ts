import { describe, expect, it } from 'vitest';
import { openedEngine, problem } from './engine-page';

const { rows, value, define, execute } = openedEngine();

/** Statements that people expect to work, with the first value, or the rows as JSON; undefined: any rows. */
const ANSWERS: readonly (readonly [string, unknown])[] = [
  ['SELECT current_date = today()', true],
  ['SELECT typeof(current_date)', 'DATE'],
  ["SELECT now() > TIMESTAMP '2024-01-01'", true],
  ['SELECT typeof(now())', 'TIMESTAMP'],
  ['SELECT current_timestamp = now()', true],
  ["SELECT date_trunc('month', now()) <= now()", true],
  ['SELECT now() - INTERVAL 7 DAY < now()', true],
  ['SELECT localtimestamp = now()', true],
  ['SELECT typeof(localtime)', 'TIME'],
  ['SELECT typeof(current_time)', 'TIME'],
  ['SELECT year(current_date) >= 2024', true],
  ["SELECT current_date - DATE '2024-01-01' > 0", true],
  ['SELECT (current_date - 30) < current_date', true],
  ['SELECT to_timestamp(86400)', new Date('1970-01-02')],
  ["SELECT TIMESTAMP '2024-01-01' AT TIME ZONE 'UTC'", new Date('2024-01-01')],
  ["SELECT date_trunc('month', DATE '2024-02-29')", new Date('2024-02-01')],
  ["SELECT date_trunc('week', TIMESTAMP '2024-02-29 10:00:00')", new Date('2024-02-26')],
  ["SELECT time_bucket(INTERVAL 7 DAYS, DATE '2024-02-29')", new Date('2024-02-26')],
  ["SELECT strftime(DATE '2024-02-29', '%d.%m.%Y')", '29.02.2024'],
  ["SELECT strptime('29/02/2024', '%d/%m/%Y')", new Date('2024-02-29')],
  ["SELECT age(TIMESTAMP '2024-03-01', TIMESTAMP '2024-01-01')", '2 months'],
  ["SELECT age(TIMESTAMP '2020-01-01') > INTERVAL 1 YEAR", true],
  ["SELECT DATE '2024-01-31' + INTERVAL 1 MONTH", new Date('2024-02-29')],
  ["SELECT date_diff('day', DATE '2024-02-01', DATE '2024-03-01')", 29],
  ["SELECT extract(isodow FROM DATE '2024-02-29')", 4],
  ["SELECT extract(epoch FROM TIMESTAMP '1970-01-01 00:01:00')", 60],
  ["SELECT dayname(DATE '2024-02-29')", 'Thursday'],
  ["SELECT last_day(DATE '2024-02-10')", new Date('2024-02-29')],
  ['SELECT make_date(2024, 2, 29)', new Date('2024-02-29')],
  ["SELECT count(*) FROM generate_series(DATE '2024-01-01', DATE '2024-01-31', INTERVAL 1 DAY)", 31],
  ['SELECT sum(v) OVER (ORDER BY i ROWS 1 PRECEDING) AS s FROM t ORDER BY i DESC LIMIT 1', 70],
  ['SELECT lag(v) OVER (ORDER BY i) FROM t ORDER BY i LIMIT 1 OFFSET 1', 10],
  ['SELECT ntile(2) OVER (ORDER BY i) FROM t ORDER BY i DESC LIMIT 1', 2],
  ['SELECT i FROM t QUALIFY row_number() OVER (ORDER BY v DESC) = 1', 4],
  ['SELECT first_value(v IGNORE NULLS) OVER (ORDER BY i) FROM t LIMIT 1', 10],
  ['PIVOT (SELECT k, v FROM t) ON k USING sum(v)', '[{"a":40,"b":60}]'],
  ["PIVOT t ON k IN ('a') USING sum(v) GROUP BY i ORDER BY i LIMIT 1", '[{"i":1,"a":10}]'],
  ['UNPIVOT (SELECT 1 AS jan, 2 AS feb) ON jan, feb INTO NAME m VALUE n', '[{"m":"jan","n":1},{"m":"feb","n":2}]'],
  ['SELECT p.v FROM (SELECT 3 AS i) x ASOF JOIN t p ON x.i >= p.i', 30],
  ['SELECT quantile_cont(v, 0.5) FROM t', 25],
  ['SELECT quantile_disc(v, [0.25, 0.75]) FROM t', '[{"x":[10,30]}]'],
  ['SELECT median(v) FROM t', 25],
  ['SELECT mode(k) FROM t', 'a'],
  ['SELECT regr_slope(v, i) FROM t', 10],
  ['SELECT regr_intercept(v, i) FROM t', 0],
  ['SELECT round(regr_r2(v, i), 9) FROM t', 1],
  ['SELECT round(corr(v, i), 9) FROM t', 1],
  ['SELECT round(stddev_samp(v), 4) FROM t', 12.9099],
  ['SELECT skewness(v) FROM t', 0],
  ['SELECT approx_count_distinct(k) FROM t', 2],
  ['SELECT approx_quantile(v, 0.5) BETWEEN 20 AND 30 FROM t', true],
  ['SELECT arg_max(k, v) FROM t', 'b'],
  ['SELECT list_sum([1, 2, 3])', 6],
  ['SELECT list_sort([3, 1, 2])[1]', 1],
  ['SELECT len(list_distinct([1, 1, 2]))', 2],
  ["SELECT {'a': {'b': 7}}.a.b", 7],
  ["SELECT struct_extract({'a': 5}, 'a')", 5],
  ["SELECT map {'a': 1, 'b': 2}['b']", 2],
  ['SELECT list_transform([1, 2], lambda x: x * 2)[2]', 4],
  ['SELECT list_filter([1, 2, 3], x -> x > 1)[1]', 2],
  ['SELECT list_reduce([1, 2, 3], lambda a, b: a + b)', 6],
  ['SELECT [x * 2 FOR x IN [1, 2, 3] IF x > 1][1]', 4],
  ['SELECT half(9)', 4.5],
  ['SELECT count(*) FROM above(15)', 3],
  [
    'WITH RECURSIVE f(n, a) AS (SELECT 1, 1 UNION ALL SELECT n + 1, a * (n + 1) FROM f WHERE n < 5) SELECT max(a) FROM f',
    120,
  ],
  [
    'SELECT k, sum(v) AS s FROM t GROUP BY GROUPING SETS ((k), ()) ORDER BY k NULLS LAST',
    '[{"k":"a","s":40},{"k":"b","s":60},{"k":null,"s":100}]',
  ],
  ['SELECT count(*) FROM (SELECT k, count(*) FROM t GROUP BY ROLLUP (k))', 3],
  ['SELECT count(*) FROM (SELECT k, i, count(*) FROM t GROUP BY CUBE (k, i))', 11],
  ['SELECT count(*) FROM (SELECT * FROM t USING SAMPLE 2 ROWS)', 2],
  ['SELECT count(*) FROM (SELECT * FROM t USING SAMPLE reservoir(3 ROWS) REPEATABLE (42))', 3],
  ['SELECT sum(generate_series) FROM generate_series(1, 10)', 55],
  ["SELECT upper(trim('  a  ')) || lpad('7', 3, '0')", 'A007'],
  ["SELECT string_split('a,b', ',')[2]", 'b'],
  ["SELECT split_part('a/b/c', '/', 2)", 'b'],
  ["SELECT regexp_extract('utm_source=mail&x=1', 'utm_source=([^&]*)', 1)", 'mail'],
  ["SELECT regexp_replace('a1b22', '[0-9]+', '#', 'g')", 'a#b#'],
  ["SELECT 'Crème' ILIKE 'crè%'", true],
  ["SELECT strip_accents('Crème')", 'Creme'],
  ["SELECT levenshtein('kitten', 'sitting')", 3],
  ["SELECT jaro_winkler_similarity('abc', 'abc')", 1],
  ["SELECT TRY_CAST('x' AS INTEGER)", null],
  ["SELECT printf('%05.2f', 3.14159)", '03.14'],
  ["SELECT format('{:,}', 1234567)", '1,234,567'],
  ["SELECT 'a' COLLATE NOCASE = 'A'", true],
  ['SELECT count(*) FROM (SUMMARIZE t)', 3],
  ['SUMMARIZE t', undefined],
  ['DESCRIBE t', undefined],
  ['SHOW TABLES', undefined],
  ['SELECT b.n FROM t POSITIONAL JOIN (SELECT 8 AS n) b LIMIT 1', 8],
  ["SELECT sum(v) FILTER (k = 'a') FROM t", 40],
  ["SELECT string_agg(k, '' ORDER BY i DESC) FROM t", 'baba'],
  ['SELECT list(v ORDER BY v DESC)[1] FROM t', 40],
  ["SELECT COLUMNS('^v') FROM t LIMIT 1", 10],
  ['SELECT max(COLUMNS(* EXCLUDE k)) FROM t', 4],
  ['SELECT * EXCLUDE (i, k) FROM t LIMIT 1', '[{"v":10}]'],
  ['SELECT * REPLACE (v / 10 AS v) FROM t LIMIT 1', '[{"i":1,"k":"a","v":1}]'],
  ['SELECT k, sum(v) FROM t GROUP BY ALL ORDER BY ALL', undefined],
  ['SELECT unnest([1, 2])', 1],
  ["SELECT unnest({'a': 1, 'b': 2})", '[{"a":1,"b":2}]'],
  ['SELECT 6 & 3, 6 | 3, xor(6, 3), 1 << 4', '[{"a":2,"b":7,"c":5,"d":16}]'],
  ["SELECT md5('levain')", '9bfeb81e0ce67bfc748c406ec290fff2'],
  ["SELECT length(sha256('levain'))", 64],
  ["SELECT hash('a') = hash('a')", true],
  ['SELECT length(uuid()::VARCHAR)', 36],
  ['SELECT 0.1 + 0.2 = 0.3', true],
  ['SELECT 7 // 2', 3],
  ['SELECT 7 / 2', 3.5],
  ['SELECT round(2.345, 2)::DOUBLE', 2.35],
  ["SELECT ('1,5').replace(',', '.')::DOUBLE", 1.5],
  ['SELECT greatest(1, NULL, 3), coalesce(NULL, 2)', '[{"a":3,"b":2}]'],
  ['SELECT CASE WHEN 1 = 1 THEN 2 END', 2],
  ['FROM t SELECT count(*)', 4],
  ['SELECT count(*) FROM t a SEMI JOIN t b USING (k)', 4],
  ["SELECT count(*) FROM t ANTI JOIN (SELECT 'a' AS k) USING (k)", 2],
  ['SELECT (SELECT max(x.v) FROM t x WHERE x.k = t.k) FROM t ORDER BY i LIMIT 1', 30],
  ['SELECT s.m FROM t, LATERAL (SELECT t.v * 2 AS m) s ORDER BY i LIMIT 1', 20],
  ["SELECT histogram(k)['a'] FROM t", 2],
  ['SELECT bar(5, 0, 10, 4)', '██  '],
  ['SELECT DISTINCT ON (k) i FROM t ORDER BY k, v DESC LIMIT 1', 3],
  ['SELECT v FROM t ORDER BY v LIMIT 50%', 10],
];

/** Statements that need what is not here: the code, and a word of the advice. */
const MISSING: readonly (readonly [string, string, RegExp])[] = [
  ["SELECT TIMESTAMP '2024-01-01' AT TIME ZONE 'Europe/Berlin'", 'missing-icu', /Europe\/Berlin.*INTERVAL 1 HOUR/],
  ["SELECT date_trunc('month', TIMESTAMPTZ '2024-01-11 00:00:00+00')", 'missing-icu', /::TIMESTAMP/],
  ["SELECT TIMESTAMPTZ '2024-01-11 00:00:00+00' + INTERVAL 1 DAY", 'missing-icu', /::TIMESTAMP/],
  ["SELECT strftime(TIMESTAMPTZ '2024-01-11 00:00:00+00', '%Y')", 'missing-icu', /::TIMESTAMP/],
  ["SELECT TIMESTAMPTZ '2024-01-11 00:00:00+00'::DATE", 'missing-icu', /::TIMESTAMP/],
  ["SELECT 'a' COLLATE de", 'missing-icu', /NOACCENT/],
  ["SET TimeZone = 'Europe/Berlin'", 'locked', /UTC/],
  ["SELECT json_extract('{}', '$.a')", 'missing-json', /TypeScript/],
  ["SELECT '{}'->>'a'", 'missing-json', /regexp_extract/],
  ["SELECT '{}'::JSON", 'missing-json', /TypeScript/],
  ["FROM read_json('x.json')", 'missing-json', /TypeScript/],
  ["FROM read_parquet('x.parquet')", 'missing-parquet', /[Dd]rop the file/],
  ["FROM 'x.parquet'", 'missing-parquet', /[Dd]rop the file/],
  ["FROM 'sales.csv'", 'missing-file', /[Dd]rop the file/],
  ["FROM read_csv('/etc/passwd')", 'missing-file', /[Dd]rop the file/],
  ["FROM 'https://example.com/x.csv'", 'missing-network', /Download/],
  ["FROM 's3://bucket/x.csv'", 'missing-network', /Download/],
  ['INSTALL httpfs', 'missing-extension', /network/],
  ['LOAD spatial', 'missing-extension', /network/],
  ['SELECT ST_Point(1, 2)', 'missing-extension', /spatial/],
  ["ATTACH 'x.db'", 'no-attach', /memory/],
  ["COPY (SELECT 1) TO 'https://example.com/x.csv'", 'no-copy', /Export/],
  ["EXPORT DATABASE 'x'", 'no-copy', /Export/],
  ['BEGIN', 'no-transactions', /statement/],
  ['PREPARE p AS SELECT 1', 'no-prepare', /\$\{/],
  ['SET VARIABLE x = 1', 'no-variables', /MACRO/],
  ['CREATE TEMP TABLE x AS SELECT 1', 'no-temporary', /cell/],
  ['SELECT 1; SELECT 2', 'several-statements', /own/],
  ["SET memory_limit = '1GB'", 'locked', /locked/],
  ['SELECT nope(1)', 'catalog', /nope/],
  ['SELECT nope FROM t', 'binder', /nope/],
  ['SELEC 1', 'parser', /SELEC/],
  ["SELECT 'x'::INTEGER", 'conversion', /x/],
  ["SELECT error('on purpose')", 'invalid-input', /on purpose/],
];

describe('SQL that people expect', () => {
  it('has something to ask', async () => {
    await define('t', "SELECT * FROM (VALUES (1, 'a', 10), (2, 'b', 20), (3, 'a', 30), (4, 'b', 40)) t(i, k, v)");
    await execute('CREATE OR REPLACE MACRO half(x) AS x / 2');
    await execute('CREATE OR REPLACE MACRO above(x) AS TABLE SELECT * FROM t WHERE v > x');
  });

  it.each(ANSWERS)('%s', async (text, expected) => {
    if (typeof expected === 'string' && expected.startsWith('[{')) {
      const found = (await rows(text)).map((row) =>
        Object.values(row).map((v) => (ArrayBuffer.isView(v) ? [...(v as Int32Array)] : v)),
      );
      const wanted = (JSON.parse(expected) as object[]).map((row) => Object.values(row) as unknown[]);
      expect(found).toEqual(wanted);
    } else if (expected === undefined) expect((await rows(text)).length).toBeGreaterThan(0);
    else expect(await value(text)).toEqual(expected);
  });

  it.each(MISSING)('%s says what is missing', async (text, code, words) => {
    const found = await problem(rows(text));
    expect(found.code).toBe(code);
    expect(`${found.message} ${found.hint ?? ''}`).toMatch(words);
    expect(await value('SELECT 42')).toBe(42);
    expect((await problem(define('never', text))).code).toBe(code);
    expect(await value('SELECT 42')).toBe(42);
  });

  it('are more than eighty statements', () => {
    expect(ANSWERS.length + MISSING.length).toBeGreaterThan(80);
  });
});

describe("the database's own functions", () => {
  it.each([
    'CREATE MACRO count(x) AS 0',
    'CREATE OR REPLACE MACRO main."COUNT_STAR"() AS 0',
    'CREATE OR REPLACE TEMP MACRO avg(x) AS 12345',
    'create /* a */ macro if not exists regexp_replace(a, b, c, d) AS a',
    'CREATE\u00a0MACRO sum(x) AS 1',
    'EXPLAIN ANALYZE CREATE MACRO count(x) AS 0',
    'CREATE MACRO read_csv(x) AS TABLE SELECT 1',
    'DROP MACRO now',
    'DROP MACRO IF EXISTS main.today',
  ])('are not to be stood in for: %s', async (text) => {
    expect((await problem(execute(text))).code).toBe('taken-function');
    expect((await problem(rows(text))).code).toBe('taken-function');
    expect(await value('SELECT count(*) + count(v) + sum(i) FROM t')).toBe(18);
    expect(await value('SELECT typeof(now())')).toBe('TIMESTAMP');
  });

  it('leave other names to the notebook', async () => {
    await execute('CREATE OR REPLACE MACRO counted(x) AS count(x)');
    await execute("CREATE TABLE IF NOT EXISTS count AS SELECT 'a' AS function");
    await execute("CREATE OR REPLACE TABLE count AS SELECT function || 'x' AS function FROM count");
    expect(await value('SELECT counted(v) FROM t')).toBe(4);
    await execute('DROP MACRO counted');
    await execute('DROP TABLE count');
  });
});
