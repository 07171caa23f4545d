import { describe, expect, it } from 'vitest';
import { sqlMeaning } from '../../src/language/sql/meaning';
import { sqlOffers, type SqlFunction, type SqlTable } from '../../src/language/sql/offers';

const tables: readonly SqlTable[] = [
  { name: 'orders', columns: ['order_id', 'day', 'revenue'].map((name) => ({ name, type: 'VARCHAR' })) },
  { name: 'ads', columns: ['channel', 'spend'].map((name) => ({ name, type: 'DOUBLE' })) },
  { name: 'later' },
];
const functions: readonly SqlFunction[] = [
  { name: 'date_trunc', signatures: ['(part, timestamp)'], description: 'Truncate to specified precision' },
];

/** What is offered at the `|`, best first. */
function offered(text: string): string[] | undefined {
  const at = text.indexOf('|');
  const found = sqlOffers(text.replace('|', ''), at, tables, functions);
  return found?.offers.toSorted((a, b) => a.rank - b.rank).map((offer) => offer.label);
}

describe('what SQL offers', () => {
  it.each([
    ['SELECT o.| FROM orders o', ['order_id', 'day', 'revenue']],
    ['SELECT o.re| FROM orders AS o JOIN ads a ON true', ['order_id', 'day', 'revenue']],
    ['SELECT a.| FROM orders o, ads AS a WHERE 1 = 1', ['channel', 'spend']],
    ['SELECT orders.| FROM orders', ['order_id', 'day', 'revenue']],
    ['SELECT * FROM main.orders WHERE orders.|', ['order_id', 'day', 'revenue']],
    ['WITH w AS (SELECT day, sum(revenue) AS total FROM orders GROUP BY 1) SELECT w.| FROM w', ['day', 'total']],
    ['WITH w(a, b) AS (SELECT 1, 2) SELECT x.| FROM w x', ['a', 'b']],
    ['WITH w AS (SELECT * EXCLUDE (day) FROM orders), v AS (FROM w) SELECT v.| FROM v', ['order_id', 'revenue']],
    ['SELECT s.| FROM (SELECT o.day, o.revenue * 2 twice FROM orders o) s', ['day', 'twice']],
    ['SELECT s.| FROM (SELECT * FROM orders) AS s(x, y)', ['x', 'y']],
    ['FROM orders o SELECT o.|', ['order_id', 'day', 'revenue']],
    ['SELECT nothing.| FROM orders', []],
    ['SELECT later.| FROM later', []],
  ])('at the caret of %s', (text, expected) => {
    expect(offered(text)).toEqual(expected);
  });

  it('is tables and CTEs first where a table is due', () => {
    for (const text of ['SELECT * FROM |', 'SELECT * FROM ads a, |', 'SELECT * FROM ads JOIN o|', 'FROM |']) {
      expect(offered(text)?.slice(0, 3), text).toEqual(['orders', 'ads', 'later']);
      expect(offered(text), text).not.toContain('revenue');
    }
    expect(offered('WITH w AS (SELECT 1 AS n) SELECT * FROM |')?.[0]).toBe('w');
  });

  it('is the columns of what the statement reads first elsewhere, then aliases, tables, functions', () => {
    expect(offered('SELECT | FROM ads a')).toEqual(['channel', 'spend', 'a', 'orders', 'ads', 'later', 'date_trunc']);
    expect(offered('SELECT day, | FROM ads')?.slice(0, 2)).toEqual(['channel', 'spend']);
    expect(offered('SELECT * FROM ads WHERE |')?.slice(0, 2)).toEqual(['channel', 'spend']);
  });

  it('is of its own statement', () => {
    expect(offered('SELECT * FROM orders; SELECT | FROM ads')?.slice(0, 2)).toEqual(['channel', 'spend']);
    expect(offered('SELECT * FROM orders; SELECT | FROM ads')).not.toContain('revenue');
  });

  it('is every column while nothing is read yet', () => {
    expect(offered('SELECT re|')).toEqual(expect.arrayContaining(['revenue', 'spend', 'orders', 'date_trunc']));
  });

  it('is nothing in a text or a comment, and another’s affair within ${…}', () => {
    expect(offered("SELECT 'o|' FROM orders")).toEqual([]);
    expect(offered('SELECT 1 -- o|')).toEqual([]);
    expect(offered('SELECT ${o|} FROM orders')).toBeUndefined();
  });

  it('tells types and signatures', () => {
    const found = sqlOffers('SELECT  FROM ads', 7, tables, functions)!.offers;
    expect(found.find(({ label }) => label === 'spend')?.detail).toBe('DOUBLE, in ads');
    const aliased = sqlOffers('SELECT a. FROM ads a', 9, tables, functions)!.offers;
    expect(aliased.map(({ detail }) => detail)).toEqual(['DOUBLE, in a', 'DOUBLE, in a']);
    const hidden = sqlOffers('WITH ads AS (SELECT 1 AS spend) SELECT ads. FROM ads', 43, tables, functions)!.offers;
    expect(hidden.map(({ detail }) => detail)).toEqual(['in ads']);
    expect(found.find(({ label }) => label === 'date_trunc')).toMatchObject({
      detail: '(part, timestamp)',
      text: 'Truncate to specified precision',
    });
  });

  it('survives whatever is written', () => {
    const text = 'WITH a AS (SELECT x.y, (z FROM "t" WHERE \'o\' AND b) SELECT a.*, ${f({})} FROM a JOIN (a';
    for (let at = 0; at <= text.length; at++) {
      expect(() => sqlOffers(text.slice(0, at), at, tables, functions)).not.toThrow();
      expect(() => sqlOffers(text, at, tables, functions)).not.toThrow();
    }
  });
});

it('offers nothing where a name is being made', () => {
  expect(offered('SELECT count(*) AS s| FROM orders')).toEqual([]);
  expect(offered('SELECT * FROM orders AS |')).toEqual([]);
  expect(offered('CREATE TABLE best AS FROM o|')).toContain('orders');
  expect(offered('CREATE MACRO f(x) AS |')).toContain('date_trunc');
});

describe('what a name of SQL means', () => {
  /** What is told of the name at the `|`. */
  function meaning(text: string): string | undefined {
    const at = text.indexOf('|');
    const source = text.replace('|', '');
    const found = sqlMeaning(source, at, tables, functions);
    return found && [source.slice(found.from, found.to), found.type, found.text].filter(Boolean).join(' / ');
  }

  it.each([
    ['SELECT rev|enue FROM orders o', 'revenue / revenue: VARCHAR, in o'],
    ['SELECT o.|revenue FROM orders o', 'revenue / revenue: VARCHAR, in o'],
    ['SELECT "revenue|" FROM orders', '"revenue" / revenue: VARCHAR, in orders'],
    ['SELECT * FROM ads|', 'ads / ads: 2 columns / channel DOUBLE\nspend DOUBLE'],
    ['SELECT * FROM LATER|', 'LATER / later'],
    [
      "SELECT date_tr|unc('week', day) FROM orders",
      'date_trunc / date_trunc(part, timestamp) / Truncate to specified precision',
    ],
    ['SELECT spend| FROM orders', undefined],
    ['SEL|ECT 1', undefined],
    ["SELECT 'rev|enue' FROM orders", undefined],
    ['SELECT ${rev|enue} FROM orders', undefined],
    ['', undefined],
  ])('%s', (text, told) => expect(meaning(text)).toBe(told));
});
