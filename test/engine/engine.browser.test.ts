import { describe, expect, it } from 'vitest';
import { decodeTable } from '../../src/table/decode';
import { openedEngine, problem } from './engine-page';

const { engine, rows, value, define, execute } = openedEngine();
/** Fails on row 900,000 of a million, and only there. */
const LATE = "SELECT CASE WHEN i = 900000 THEN 'bad' ELSE i::VARCHAR END::BIGINT AS n FROM range(1000000) t(i)";

describe('defining a relation', () => {
  it('computes a table whole, with its columns and rows', async () => {
    const info = await define('weekly', 'SELECT i AS week, i * 1.5 AS spend FROM range(52) t(i)');
    expect(info).toEqual({
      name: 'weekly',
      rows: 52,
      columns: [
        { name: 'week', type: 'BIGINT' },
        { name: 'spend', type: 'DECIMAL(21,1)' },
      ],
    });
  });

  it('leaves the old table when a late row fails', async () => {
    await define('kept', 'SELECT 7 AS n');
    expect((await problem(define('kept', LATE))).message).toContain('bad');
    expect(await rows('FROM kept')).toEqual([{ n: 7 }]);
  });

  it('rejects, and never cuts short, a query, a page and an export with a late row that fails', async () => {
    expect((await problem(rows(LATE))).code).toBe('conversion');
    await define('late', LATE, [], true);
    expect((await problem(engine.page('late', { offset: 0, limit: 10 }))).code).toBe('conversion');
    expect((await problem(engine.export('x', [{ relation: 'late' }], { format: 'csv' }))).code).toBe('conversion');
    expect(await value('SELECT 42')).toBe(42);
  });

  it('replaces a table by a view and a view by a table, and keeps either when that fails', async () => {
    await define('changing', 'SELECT 1 AS a');
    await define('changing', 'SELECT 2 AS a', [], true);
    expect(await rows('FROM changing')).toEqual([{ a: 2 }]);
    expect((await problem(define('changing', 'SELECT nope'))).code).toBe('binder');
    expect(await rows('FROM changing')).toEqual([{ a: 2 }]);
    const info = await define('changing', 'SELECT 3 AS a');
    expect(info.rows).toBe(1);
    expect(await rows('FROM changing')).toEqual([{ a: 3 }]);
  });

  it.each([
    ['SUMMARIZE weekly', 2],
    ['DESCRIBE weekly', 2],
    ['SHOW TABLES', undefined],
    ['EXPLAIN SELECT 1', 1],
    ['PIVOT weekly ON week % 2 USING sum(spend)', 1],
    ['VALUES (1, 2), (3, 4);', 2],
    ['FROM weekly -- the end', 52],
    ['(SELECT 1) UNION ALL SELECT 2', 2],
    ['WITH w AS (SELECT 1 AS a) FROM w', 1],
  ])('takes %s', async (text, count) => {
    const info = await define('taken', text);
    if (count === undefined) expect(info.rows).toBeGreaterThan(0);
    else expect(info.rows).toBe(count);
  });

  it('gives parameters to tables and to views', async () => {
    await define('few', 'SELECT i FROM range(10) t(i) WHERE i >= $1 AND i::VARCHAR IN $2', [3, ['4', '5']]);
    expect(await rows('FROM few')).toEqual([{ i: 4 }, { i: 5 }]);
    await define('seen', "SELECT $1 AS a, '$1' AS b", ["it's"], true);
    expect(await rows('FROM seen')).toEqual([{ a: "it's", b: '$1' }]);
  });

  it('says where an error is, in the text that the reader wrote', async () => {
    const failing = { text: 'SELECT\n  $1 AS überschuss,\n  nope(1)', parameters: ['a\nb'] };
    for (const view of [true, false]) {
      const found = await problem(engine.define('r', 'wrong', failing, { view }));
      expect(found).toMatchObject({ code: 'catalog', line: 3, column: 3, subject: 'nope' });
    }
    expect(await problem(engine.query('r', failing))).toMatchObject({ line: 3, column: 3 });
    expect(await engine.check('SELECT 1,\n fro')).toMatchObject({ code: 'binder', line: 2, column: 2 });
    expect(await engine.check('SELEC 1')).toMatchObject({ code: 'parser', line: 1, column: 1 });
    expect(await engine.check('SELECT 1')).toBeNull();
  });
});

describe('the catalog', () => {
  it('names tables and views with their columns, renames and drops them', async () => {
    await define('alpha', 'SELECT 1 AS a');
    await define('beta', 'SELECT 1 AS b, 2 AS c', [], true);
    const found = await engine.catalog();
    expect(found.find(({ name }) => name === 'alpha')).toEqual({
      name: 'alpha',
      rows: 1,
      columns: [{ name: 'a', type: 'INTEGER' }],
    });
    expect(found.find(({ name }) => name === 'beta')).not.toHaveProperty('rows');
    await engine.rename('alpha', 'gamma');
    await engine.drop('beta');
    const names = (await engine.catalog()).map(({ name }) => name);
    expect(names).toContain('gamma');
    expect(names).not.toContain('alpha');
    expect(names).not.toContain('beta');
  });
});

describe('queries', () => {
  it('are refused when they are larger than asked for', async () => {
    const large = { text: 'SELECT range AS i FROM range(1000000)', parameters: [] };
    expect((await problem(engine.query('r', large, { maxBytes: 1_000_000 }))).code).toBe('too-large');
    expect(await value('SELECT 42')).toBe(42);
  });

  it('run side by side without mixing', async () => {
    const sums = await Promise.all([1, 2, 3, 4].map((k) => value('SELECT sum(i * $1) FROM range(200000) t(i)', [k])));
    expect(sums).toEqual([1, 2, 3, 4].map((k) => k * 19999900000));
  });

  it('out of memory is a clean error and the database lives', async () => {
    const bomb = 'SELECT list(i) FROM range(2000000000) t(i)';
    expect((await problem(rows(bomb))).code).toBe('out-of-memory');
    expect(await value('SELECT 42')).toBe(42);
  });

  it('keep macros that an earlier statement made', async () => {
    await execute('CREATE OR REPLACE MACRO roas(revenue, spend) AS revenue / nullif(spend, 0)');
    expect(await value('SELECT roas(10, 4)')).toBe(2.5);
  });
});

describe('through two threads', () => {
  it('tables come back as they went', async () => {
    await define(
      'typed',
      "SELECT 1.25::DECIMAL(9,2) AS d, 9007199254740993 AS b, DATE '2024-02-29' AS day, NULL::INT AS n",
    );
    const bytes = await engine.query('r', { text: 'FROM typed', parameters: [] });
    await engine.insert('again', bytes);
    expect(decodeTable(await engine.page('again', { offset: 0, limit: 5 })).toArray()).toEqual([
      { d: 1.25, b: 9007199254740993n, day: new Date('2024-02-29'), n: null },
    ]);
  });
});
