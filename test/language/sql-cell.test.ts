import { beforeAll, describe, expect, it } from 'vitest';
import { define } from '../../src/language/define';
import type { SqlBody } from '../../src/language/definition';
import { inlineIdentifiers } from '../../src/language/sql/identifiers';
import { pageDuckDb, type ErrorOf } from './oracle';

const sql = (source: string, name?: string, view = false) => {
  const definition = define({ id: 'a', kind: 'sql', source, view, ...(name !== undefined && { name }) });
  return { ...definition, statements: (definition.body as SqlBody).statements };
};
const problem = (source: string, name?: string, view?: boolean) => sql(source, name, view).problems[0];

describe('an SQL cell', () => {
  let error: ErrorOf;
  beforeAll(async () => {
    error = await pageDuckDb();
  }, 60_000);

  it('reads tables and the names within ${…}, and defines its name', () => {
    const cell = sql('SELECT * FROM ads WHERE ${channel} = channel AND day >= ${from.day as Date}', 'daily');
    expect(cell.inputs).toEqual(['ads', 'channel', 'from']);
    expect(cell.outputs).toEqual(['daily']);
    expect(cell.problems).toEqual([]);
    expect(cell.statements[0]!.parameters).toEqual([
      { expression: 'channel', as: 'value', line: 1, column: 27 },
      { expression: 'from.day', as: 'value', line: 1, column: 59 },
    ]);
  });

  it('puts $n in the place of ${…}, so that lines and columns stay', () => {
    const source = 'SELECT ${a +\n 1} AS x,\n  ${b} AS y\nFROM t';
    const { text } = sql(source).statements[0]!;
    expect(text.split('\n')).toHaveLength(4);
    expect(text).toMatch(/^SELECT \$1\n +AS x,\n {2}\$2 {3}AS y\nFROM t$/);
    expect(
      text
        .split('\n')
        .map((line) => line.length)
        .slice(1),
    ).toEqual(
      source
        .split('\n')
        .map((line) => line.length)
        .slice(1),
    );
  });

  it('numbers parameters within each statement and names the line each begins on', () => {
    const { statements } = sql('SELECT ${a};\n\n-- two\nSELECT ${b}, ${c}');
    expect(statements.map(({ parameters }) => parameters.length)).toEqual([1, 2]);
    expect(statements.map(({ line }) => line)).toEqual([0, 3]);
    expect(statements[1]!.text).toMatch(/^SELECT \$1 +, \$2/);
  });

  it('finds a statement that hides behind what only JavaScript takes for a letter', () => {
    const text = "SELECT DISTINCT\u00a0e'\\' , ' AS q; UPDATE total SET s = 999; SELECT 2 AS two --' FROM total";
    expect(sql(text).statements).toHaveLength(3);
    expect(sql("SELECT DISTINCT\u00a0e'\\' , ' AS q; BEGIN; --'").problems).toMatchObject([{ line: 1 }]);
  });

  it('sets identifiers in place and numbers the rest anew', () => {
    const cell = sql('SELECT ${id(column)}, ${x} FROM ${id(table)} WHERE y = ${z} -- ${no}');
    expect(cell.inputs).toEqual(['column', 'x', 'table', 'z']);
    const filled = inlineIdentifiers(cell.statements[0]!, ['say "hi"', 1, 't', 2]);
    expect(filled.text).toMatch(/^SELECT "say ""hi""" +, \$1 +FROM "t" +WHERE y = \$2 *$/);
    expect(filled.parameters).toEqual([1, 2]);
  });

  it('defines what it creates, without what it drops, and does not read its own', () => {
    const cell = sql(
      'CREATE TABLE t AS FROM a; CREATE MACRO f(x) AS x + 1; INSERT INTO t FROM b; CREATE TEMP VIEW v AS FROM t; DROP VIEW v; SELECT f(1) FROM t',
      'last',
    );
    expect(cell.inputs).toEqual(['a', 'b']);
    expect(cell.outputs).toEqual(['last', 't', 'f']);
    expect(cell.problems).toEqual([]);
  });

  it('names the functions and types that another cell may define', () => {
    expect(sql('SELECT margin(x)::mood, CAST(y AS grade) FROM t JOIN top_n(3) USING (id)').calls).toEqual([
      'margin',
      'mood',
      'grade',
      'top_n',
    ]);
  });

  it('knows no table of a built-in schema or view', () => {
    expect(sql('SELECT * FROM information_schema.tables, duckdb_columns, pg_catalog.pg_class').inputs).toEqual([]);
  });

  it.each([
    ['SELECT 1', 'table'],
    ['(SELECT 1) UNION (SELECT 2)', 'table'],
    ['FROM t', 'table'],
    ['WITH a AS (FROM t) FROM a', 'table'],
    ['VALUES (1)', 'table'],
    ['TABLE t', 'table'],
    ['PIVOT t ON a USING count(*)', 'table'],
    ['UNPIVOT t ON a', 'table'],
    ['DESCRIBE t', 'subquery'],
    ['SUMMARIZE t', 'subquery'],
    ['SHOW TABLES', 'subquery'],
  ] as const)('keeps the rows of %s as the database lets it', (source, wrap) => {
    const [statement] = sql(source).statements;
    expect(statement).toMatchObject({ query: true, wrap });
    const kept = (text: string) =>
      wrap === 'table' ? `CREATE TABLE kept AS ${text}` : `CREATE TABLE kept AS FROM (${text})`;
    error('DROP TABLE IF EXISTS kept');
    error('CREATE OR REPLACE TABLE t AS SELECT 1 AS a');
    expect(error(kept(statement!.text))).toBeNull();
    if (wrap === 'subquery') expect(error(`CREATE TABLE other AS ${statement!.text}`)).toContain('Parser Error');
  });

  it.each([
    ['EXPLAIN SELECT 1', true],
    ['EXPLAIN ANALYZE FROM t', true],
    ['CALL range(3)', true],
    ['CREATE TABLE t AS SELECT 1', false],
    ['WITH a AS (SELECT 1) INSERT INTO t FROM a', false],
    ['SET VARIABLE x = 1', false],
  ])('does not keep rows of %s', (source, query) => {
    expect(sql(source).statements[0]).toMatchObject({ query, wrap: 'none' });
  });
});

describe('what an SQL cell may not do', () => {
  it.each([
    ["ATTACH 'x.db'", 'not-allowed'],
    ['DETACH x', 'not-allowed'],
    ['USE other', 'not-allowed'],
    ['INSTALL httpfs', 'not-allowed'],
    ['LOAD httpfs', 'not-allowed'],
    ['FORCE INSTALL httpfs', 'not-allowed'],
    ["COPY t TO 'x.csv'", 'not-allowed'],
    ["COPY (SELECT 1) TO 'http://example.com'", 'not-allowed'],
    ["COPY t FROM 'x.csv'", 'not-allowed'],
    ["EXPORT DATABASE 'x'", 'not-allowed'],
    ["IMPORT DATABASE 'x'", 'not-allowed'],
    ['SET memory_limit = 1', 'not-allowed'],
    ['RESET memory_limit', 'not-allowed'],
    ['PRAGMA threads = 4', 'not-allowed'],
    ["PRAGMA table_info('t')", 'not-allowed'],
    ['BEGIN', 'not-allowed'],
    ['COMMIT', 'not-allowed'],
    ['CREATE SECRET s (TYPE s3)', 'not-allowed'],
    ['CREATE SCHEMA s', 'not-allowed'],
    ['INSERT INTO orders VALUES (1)', 'changes-other'],
    ['UPDATE orders SET x = 1', 'changes-other'],
    ['DELETE FROM orders', 'changes-other'],
    ['DROP TABLE IF EXISTS orders', 'changes-other'],
    ['ALTER TABLE orders ADD COLUMN x INTEGER', 'changes-other'],
    ['TRUNCATE orders', 'changes-other'],
    ["FROM 'data/ads 2024.csv'", 'file-in-sql'],
    ['FROM "ads.parquet"', 'file-in-sql'],
    ["SELECT 'x ${y} z'", 'hole-in-string'],
    ['SELECT $$ ${y} $$', 'hole-in-string'],
    ['SELECT "${y}" FROM t', 'hole-in-string'],
    ['SELECT * FROM ${table}', 'hole-as-table'],
    ['SELECT $1', 'parameter'],
    ['SELECT ?', 'parameter'],
    ["SELECT 'open", 'syntax'],
    ['SELECT /* open', 'syntax'],
    ['SELECT ${open', 'syntax'],
    ['SELECT ${}', 'syntax'],
    ['SELECT ${a b}', 'syntax'],
    ['SELECT ${a) + (b}', 'syntax'],
    ['SELECT ${x = 1}', 'assigns-other'],
  ])('%s is a problem with a hint', (source, code) => {
    expect(problem(`-- first\n${source}`)).toMatchObject({ code, line: 2, hint: expect.stringMatching(/\w.*[.}]$/) });
  });

  it.each([
    ['CREATE TABLE t AS SELECT 1', 'no-rows'],
    ['EXPLAIN SELECT 1', 'no-rows'],
    ['-- a note\nCREATE TABLE t AS SELECT 1', 'no-rows'],
    ['-- nothing', 'empty'],
  ])('a named cell cannot end in %s', (source, code) => {
    expect(problem(source, 'weekly')).toMatchObject({ code });
    expect(problem(source)).toBeUndefined();
  });

  it.each(['SELEC 1', 'FORM orders SELECT 1', '(selct 1)', 'WITH a AS (SELECT 1) SELEC 2'])(
    'what is misspelt in %s is told by the database',
    (source) => {
      expect(problem(source, 'weekly')).toBeUndefined();
    },
  );

  it('a view cannot hold a parameter, though it may hold a name', () => {
    expect(problem('SELECT ${x}', 'v', true)).toMatchObject({ code: 'view-parameter' });
    expect(problem('SELECT ${id(x)} FROM t', 'v', true)).toBeUndefined();
  });

  it('points into the expression, on its own line', () => {
    expect(problem('SELECT 1,\n  ${a +\n   b c}')).toMatchObject({ line: 3, column: 6 });
    expect(problem('SELECT 1,\n  ${a b}')).toMatchObject({ line: 2, column: 7 });
  });

  it('allows a comment to hold anything', () => {
    expect(sql('-- ${a} it\'s\n/* ${ " */ SELECT 1').problems).toEqual([]);
  });

  it.each([
    ['Orders 2024 (1)', 'Orders_2024_1'],
    ['2024', '_2024'],
    ['select', 'select_'],
    ['Order', 'Order_'],
    ['class', 'class_'],
    ['left', 'left_'],
    ['Plot', 'Plot_'],
    ['Ventes été', 'Ventes_ete'],
    ['€', 'table_1'],
  ])('the name %s is refused and %s proposed', (name, proposal) => {
    expect(problem('SELECT 1', name)).toMatchObject({ code: 'bad-name', hint: `Call it ${proposal}.` });
    expect(problem('SELECT 1', proposal)).toBeUndefined();
  });
});
