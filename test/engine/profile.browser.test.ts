import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '../../src/engine/engine';
import { openedEngine } from './engine-page';

const { engine, rows, define } = openedEngine();

const profiled = async (relation: string): Promise<Record<string, ColumnProfile>> => {
  const { columns } = await engine.profile('r', relation);
  return Object.fromEntries(columns.map((column) => [column.name, column]));
};

const mostFrequent = (relation: string, column: string) =>
  rows(
    `SELECT ${column} AS value, count(*)::INT AS count FROM ${relation} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 8`,
  );

/** The same from the rows, in the plainest way. */
function oracle(values: readonly (number | null)[]): {
  nulls: number;
  distinct: number;
  mean: number;
  histogram: number[];
} {
  const given = values.filter((value) => value !== null);
  const [low, high] = [given.reduce((a, b) => Math.min(a, b)), given.reduce((a, b) => Math.max(a, b))];
  const histogram = new Array<number>(20).fill(0);
  for (const value of given) histogram[Math.min(19, Math.floor(((value - low) / (high - low)) * 20))]!++;
  const mean = given.reduce((sum, value) => sum + value, 0) / given.length;
  return { nulls: values.length - given.length, distinct: new Set(given).size, mean, histogram };
}

describe('a profile', () => {
  it('agrees with the rows', async () => {
    await define(
      'orders',
      `SELECT i AS id, CASE WHEN i % 10 = 0 THEN NULL ELSE hash(i) % 1000 END AS amount, 'c' || least(hash(i) % 12, 9) AS channel,
       DATE '2024-01-01' + (i % 100)::INT AS day, NULL::DOUBLE AS nothing, 5 AS same, i % 2 = 0 AS even, [i % 3] AS list,
       CASE WHEN i = 3 THEN 'NaN'::DOUBLE WHEN i = 4 THEN 'Infinity' ELSE i END AS wild FROM range(5000) t(i)`,
    );
    const found = await profiled('orders');
    const all = await rows('SELECT amount, channel FROM orders');
    const expected = oracle(all.map(({ amount }) => amount as number | null));
    expect(found.amount).toMatchObject({
      nulls: 500,
      distinct: expected.distinct,
      approximate: false,
      min: '0',
      max: '999',
    });
    expect(found.amount!.mean).toBeCloseTo(expected.mean, 9);
    expect(found.amount!.histogram).toEqual(expected.histogram);

    const counts = new Map<string, number>();
    for (const { channel } of all) counts.set(channel as string, (counts.get(channel as string) ?? 0) + 1);
    const top = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 8);
    expect(found.channel!.top).toEqual(top.map(([value, count]) => ({ value, count })));

    expect(found.day).toMatchObject({ min: '2024-01-01', max: '2024-04-09', distinct: 100 });
    expect(found.day!.histogram).toEqual(new Array(20).fill(250));
    expect(found.nothing).toEqual({ name: 'nothing', type: 'DOUBLE', nulls: 5000, distinct: 0, approximate: false });
    expect(found.same!.histogram).toEqual([5000, ...new Array<number>(19).fill(0)]);
    expect(found.even!.top).toEqual([
      { value: 'false', count: 2500 },
      { value: 'true', count: 2500 },
    ]);
    expect(found.list).toMatchObject({ distinct: 3 });
    expect(found.wild!.histogram!.reduce((sum, n) => sum + n, 0)).toBe(4998);
  });

  it('of a large table counts each value where there are few, and every value into its bin', async () => {
    await define(
      'visits',
      `SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE 'c' || least(hash(i) % 12, 9) END AS channel, i % 3 = 0 AS even,
       'name ' || hash(i) % 90000 AS name, repeat('long', 100) || i % 3 AS long, NULL::VARCHAR AS nothing, [i % 2] AS list,
       CASE WHEN i % 10 = 0 THEN NULL ELSE hash(i) % 1000 END AS amount, TIMESTAMP '2024-01-01' + INTERVAL (i) MINUTE AS at,
       CASE WHEN i = 3 THEN 'NaN'::DOUBLE WHEN i = 4 THEN 'Infinity' ELSE i END AS wild FROM range(250000) t(i)`,
    );
    const found = await profiled('visits');
    const counted = await mostFrequent('visits', 'channel');
    expect(found.channel).toEqual({
      name: 'channel',
      type: 'VARCHAR',
      nulls: 35_715,
      distinct: 10,
      approximate: false,
      min: 'c0',
      max: 'c9',
      top: counted,
    });
    expect(found.even!.top).toEqual([
      { value: 'false', count: 166_666 },
      { value: 'true', count: 83_334 },
    ]);
    expect(found.list).toMatchObject({
      distinct: 2,
      approximate: false,
      top: [{ count: 125_000 }, { count: 125_000 }],
    });
    expect(found.nothing).toMatchObject({ nulls: 250_000, distinct: 0, top: [] });
    expect(found.name!.approximate).toBe(true);
    expect(Math.abs(found.name!.distinct / 84_400 - 1)).toBeLessThan(0.2);
    // Every name is as frequent as some other by chance: a look for the frequent ones only would miss most of them.
    expect(found.name!.top).toEqual(await mostFrequent('visits', 'name'));
    // Cut, they are one.
    expect(found.long!.top).toEqual([{ value: 'long'.repeat(50), count: 250_000 }]);

    const amounts = (await rows('SELECT amount FROM visits')).map(({ amount }) => amount as number | null);
    const expected = oracle(amounts);
    expect(found.amount).toMatchObject({ nulls: 25_000, histogram: expected.histogram });
    expect(found.at!.histogram).toEqual(new Array(20).fill(12_500));
    expect(found.wild!.histogram!.reduce((sum, n) => sum + n)).toBe(249_998);

    // A view may read a file anew for each statement, so it is asked twice for everything.
    await define('seen', 'FROM visits', [], true);
    const seen = await profiled('seen');
    expect(seen.channel).toMatchObject({ approximate: true, nulls: 35_715, top: counted, topApproximate: true });
    expect(seen.amount!.histogram).toEqual(expected.histogram);
  });

  it('of a large table estimates distinct values roughly, and says so', async () => {
    await define('large', 'SELECT i % 20000 AS k FROM range(300000) t(i)');
    const { k } = await profiled('large');
    expect(k!.approximate).toBe(true);
    expect(Math.abs(k!.distinct - 20000)).toBeLessThan(5000);
  });

  it('of an empty table and of 1,000 columns works', async () => {
    await define('none', "SELECT 1 AS a, 'x' AS b, NULL AS c WHERE false");
    expect((await engine.profile('r', 'none')).rows).toBe(0);
    await define('wide', `SELECT ${Array.from({ length: 1000 }, (_, i) => `${i} AS c${i}`).join(', ')}`);
    expect((await engine.profile('r', 'wide')).columns).toHaveLength(1000);
    await define(
      'texts',
      `SELECT ${Array.from({ length: 300 }, (_, i) => `'v' || (i * ${i + 3}) % 97 AS c${i}`).join(', ')} FROM range(3000) t(i)`,
    );
    const texts = await profiled('texts');
    expect(texts['c299']!.top).toEqual(await mostFrequent('texts', 'c299'));
  });
});

describe('a CSV export', () => {
  it('reads back as it was', async () => {
    await define(
      'hostile',
      `SELECT * FROM (VALUES (1, 'a,b', DATE '2024-02-29', 1.5), (2, 'say "hi"', NULL, -2), (3, '', NULL, NULL), (4, NULL, NULL, 0),
       (5, 'two' || chr(13) || chr(10) || 'lines', NULL, 1e20), (6, ' spaces ', NULL, 3), (7, '=1+1', NULL, 4), (8, '🥐', NULL, 5))
       t(id, "na,me", day, v)`,
    );
    const csv = await (await engine.export('r', [{ relation: 'hostile' }], { format: 'csv' })).text();
    expect(csv.split('\r\n').slice(0, 5)).toEqual([
      'id,"na,me",day,v',
      '1,"a,b",2024-02-29,1.5',
      '2,"say ""hi""",,-2.0',
      '3,"",,',
      '4,,,0.0',
    ]);
    expect(parse(csv).slice(1)).toEqual(
      (await rows('SELECT id::VARCHAR, "na,me", day::VARCHAR, v::VARCHAR FROM hostile')).map((row) =>
        Object.values(row),
      ),
    );
  });

  it('takes the teeth out of formulas, and leaves numbers alone', async () => {
    await define(
      'formulas',
      `SELECT * FROM (VALUES ('=cmd()', -1), ('+1', 2), ('-x', 3), ('@a', 4), (chr(9) || 't', 5), ('a=b', 6)) t(s, n)`,
    );
    const csv = await (
      await engine.export('r', [{ relation: 'formulas' }], { format: 'csv', escapeFormulas: true })
    ).text();
    expect(csv).toBe(`s,n\r\n'=cmd(),-1\r\n'+1,2\r\n'-x,3\r\n'@a,4\r\n'\tt,5\r\na=b,6\r\n`);
  });

  it('holds every row of a large table, sorted and filtered as asked', async () => {
    await define('many', 'SELECT i AS n FROM range(250001) t(i)');
    const all = await (await engine.export('r', [{ relation: 'many' }], { format: 'csv' })).text();
    expect(all.split('\r\n')).toHaveLength(250003);
    const some = await engine.export(
      'r',
      [
        {
          relation: 'many',
          sort: { column: 'n', descending: true },
          filters: [{ column: 'n', op: 'range', min: 249990 }],
        },
      ],
      { format: 'csv' },
    );
    expect((await some.text()).split('\r\n').slice(1, 4)).toEqual(['250000', '249999', '249998']);
  });
});

/** RFC 4180, character by character; an empty field without quotes is no value. */
function parse(csv: string): (string | null)[][] {
  const records: (string | null)[][] = [[]];
  let at = 0;
  while (at < csv.length) {
    let field: string | null = null;
    if (csv[at] === '"') {
      field = '';
      for (at++; csv[at] !== '"' || csv[at + 1] === '"'; at++) {
        if (csv[at] === '"') at++;
        field += csv[at]!;
      }
      at++;
    } else {
      const end = csv.slice(at).search(/,|\r\n/);
      if (end > 0) field = csv.slice(at, at + end);
      at += end;
    }
    records.at(-1)!.push(field);
    if (csv[at] === ',') at++;
    else {
      at += 2;
      if (at < csv.length) records.push([]);
    }
  }
  return records;
}
