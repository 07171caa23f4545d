import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { truthOf } from '../../src/demo/truth';
import { Element } from '../../src/kernel/worker/dom/node';
import { RichText } from '../../src/kernel/worker/markdown';
import type { Rows } from '../../src/kernel/worker/rows';
import { bakery, bakeryDatabase } from './bakery-database';
import { database, rowsOf, runCells, withCells } from './native';
import { runNotebook, type Ran } from './run-notebook';

const notebook = resolve(import.meta.dirname, '../../notebooks/rfm-audiences.nb.md');
const shared = resolve(import.meta.dirname, '../../../shared');
const orders = join(shared, 'reference/customers/in/cdnow_master.csv');

describe('the RFM notebook on the bakery', { timeout: 120_000 }, () => {
  let db: DuckDBConnection;
  let close: () => void;
  let ran: readonly Ran[];

  beforeAll(async () => {
    ({ db, close } = await bakeryDatabase(['orders', 'customers']));
    ran = await runNotebook(notebook, db);
  }, 120_000);
  afterAll(() => close());
  const valueOf = (id: string): unknown => ran.find(({ cell }) => cell.id === id)!.value;

  it('runs to its recommendation, without a gap in a sentence, a table or a chart', () => {
    for (const id of ['heatmap', 'revenue', 'overlap', 'elbow', 'profile']) {
      expect(valueOf(id), id).toBeInstanceOf(Element);
      expect((valueOf(id) as Element).textContent).not.toMatch(/undefined|NaN|null|Infinity/);
    }
    for (const id of ['intervals', 'sizes']) {
      expect(JSON.stringify(valueOf(id)), id).not.toMatch(/undefined|NaN|null|Infinity/);
    }
    for (const id of ['warnings', 'recommendation']) expect(valueOf(id), id).toBeInstanceOf(RichText);
    expect((valueOf('recommendation') as RichText).source).toMatch(/Write first to the [\d,]+ customers/);
    expect((valueOf('recommendation') as RichText).source).not.toMatch(/undefined|NaN|null|Infinity/);
    expect((valueOf('warnings') as RichText).source).toContain('**refunds**');
  });

  it('adds up to the sales of the files', async () => {
    const [all] = await rowsOf(db, 'SELECT sum(revenue) AS revenue FROM orders');
    const sum = (id: string, column: string) =>
      (valueOf(id) as Rows).toArray().reduce((total, row) => total + Number(row[column]), 0);
    expect(sum('worth', 'revenue')).toBeCloseTo(Number(all!.revenue), 1);
    expect(sum('grid', 'customers')).toBe((valueOf('scored') as Rows).length);
  });

  it('finds the kind that each simulated customer is of', () => {
    const { segments } = truthOf(bakery);
    const kindOf = {
      lunch: 'Weekday lunch',
      family: 'Weekend family',
      occasion: 'Special occasion',
      health: 'Health-conscious',
    };
    const truth = new Map(
      bakery.sales.accounts.map(({ id }, i) => {
        const letter = segments.byCustomer[i]!;
        return [id, kindOf[(segments.letters as Record<string, keyof typeof kindOf>)[letter]!]];
      }),
    );
    const rows = (valueOf('kinds') as Rows).toArray();
    const right = (some: typeof rows): number =>
      some.filter((row) => row.kind === truth.get(row.customer as number)).length / some.length;
    const often = rows.filter((row) => Number(row.orders) >= 3);
    // The confusion, truth × found; a line of it is printed when a share is too low.
    const names = Object.values(kindOf);
    const confusion = names.map((name) =>
      names.map(
        (other) => rows.filter((row) => truth.get(row.customer as number) === name && row.kind === other).length,
      ),
    );
    confusion.forEach((line, at) => {
      const own = line[at]! / line.reduce((sum, n) => sum + n, 0);
      expect(own, `${names[at]}: found as ${line.join(', ')}`).toBeGreaterThan(0.75);
    });
    expect(right(rows)).toBeGreaterThan(0.89);
    expect(right(often)).toBeGreaterThan(0.97);
  });

  it('lets the reader put audiences together over any column, and gives the list of one', async () => {
    const listOf = (some: readonly Ran[]) =>
      some.find(({ cell }) => cell.id === 'which')!.value as Record<string, unknown>[];
    const everyone = { 'Only who may be written to': false };
    const [plants] = await rowsOf(
      db,
      `SELECT count(*) AS n FROM customers SEMI JOIN scored ON customer_id = customer
       WHERE city = 'Gent' AND diet IN ('vegan', 'vegetarian') AND birth_year BETWEEN 1975 AND 2000`,
    );
    const willing = listOf(ran);
    expect(willing.length).toBeGreaterThan(5);
    expect(willing.every(({ may_write }) => may_write === true)).toBe(true);
    const all = listOf(await runNotebook(notebook, db, everyone));
    expect(all).toHaveLength(Number(plants!.n));
    expect(all.filter(({ may_write }) => may_write)).toHaveLength(willing.length);
    const controls = {
      Audiences: 2,
      '2: name': 'Big orders, lately',
      '2: goes by': ['spent', 'days_ago'],
      '2: spent from': 1000,
      '2: days ago to': 30,
      Audience: 'Big orders, lately',
      ...everyone,
    };
    const [big] = await rowsOf(db, 'SELECT count(*) AS n FROM scored WHERE spent >= 1000 AND days_ago <= 30');
    const again = await runNotebook(notebook, db, controls);
    expect(listOf(again)).toHaveLength(Number(big!.n));
    const sizes = again.find(({ cell }) => cell.id === 'sizes')!.value as Record<string, unknown>[];
    expect(sizes.at(-1)).toMatchObject({ audience: 'Big orders, lately', customers: big!.n });
  });

  it('finds the same kinds by clustering, without being told any', () => {
    expect((valueOf('elbow') as Element).textContent).toContain('highest for 4 groups');
    const [, agreement] = /the kinds above: (\d\.\d\d)/.exec((valueOf('profile') as Element).textContent ?? '')!;
    expect(Number(agreement)).toBeGreaterThan(0.85);
  });
});

interface Reference {
  ntile_counts: Record<'R' | 'F' | 'M', Record<string, number>>;
  rfm_111: number;
  rfm_555: number;
  tie_problem: { freq1_in_tiles: number[] };
  segments_ntile: Segment[];
  segments_cumedist: Segment[];
  grid_ntile: number[][];
  grid_cumedist: number[][];
  sample: Record<string, number | string>[];
}
interface Segment {
  segment: string;
  n: number;
  revenue: number;
  avg_recency: number;
  avg_freq: number;
  avg_money: number;
}

describe.skipIf(!existsSync(orders))('its SQL on CDNOW (shared/reference/customers, cases 03 and 05)', () => {
  let db: DuckDBConnection;
  const known = (name: string): unknown =>
    JSON.parse(readFileSync(join(shared, `reference/customers/out/${name}.json`), 'utf8'));

  beforeAll(async () => {
    db = await database();
    await db.run(`CREATE TABLE mapped AS SELECT cid AS customer, row_number() OVER () AS order_no, date AS moment,
      amt AS revenue, NULL::DOUBLE AS margin, NULL AS channel, NULL::BOOLEAN AS may_write FROM read_csv('${orders}')`);
    await runCells(db, notebook, ['bought'], '');
  });
  afterAll(() => db.closeSync());

  const grid = async (): Promise<number[][]> => {
    const cells = await rowsOf(db, 'SELECT recency, frequency, count(*) AS n FROM scored GROUP BY ALL');
    return [1, 2, 3, 4, 5].map((r) =>
      [1, 2, 3, 4, 5].map((f) => Number(cells.find((cell) => cell.recency === r && cell.frequency === f)?.n ?? 0)),
    );
  };
  const sameSegments = async (reference: readonly Segment[]): Promise<void> => {
    const ours = await rowsOf(db, 'SELECT *, revenue / customers AS money FROM worth ORDER BY segment');
    expect(ours.map(({ segment, customers }) => [segment, customers])).toEqual(
      reference.map(({ segment, n }) => [segment, n]),
    );
    ours.forEach((row, at) => {
      expect(Number(row.revenue)).toBeCloseTo(reference[at]!.revenue, 2);
      expect(Number(row.days_ago)).toBeCloseTo(reference[at]!.avg_recency, 8);
      expect(Number(row.frequency)).toBeCloseTo(reference[at]!.avg_freq, 8);
      expect(Number(row.money)).toBeCloseTo(reference[at]!.avg_money, 8);
    });
  };

  it('scores with ties together as the reference does', async () => {
    const reference = known('03_rfm_cdnow_master') as Reference;
    await runCells(db, notebook, ['scored', 'worth'], 'ties together');
    expect(await grid()).toEqual(reference.grid_cumedist);
    await sameSegments(reference.segments_cumedist);
    for (const { cid, recency_days, freq, money, R_cd, F_cd, M_cd, segment_cd } of reference.sample) {
      const [row] = await rowsOf(db, `FROM scored WHERE customer = ${cid}`);
      expect(row).toMatchObject({ days_ago: recency_days, orders: freq, spent: money });
      expect(row).toMatchObject({ recency: R_cd, frequency: F_cd, money: M_cd, segment: segment_cd });
    }
  });

  it('scores by equal fifths as the reference does, one-time buyers in three of them', async () => {
    const reference = known('03_rfm_cdnow_master') as Reference;
    await runCells(db, notebook, ['scored', 'worth'], 'equal fifths');
    expect(await grid()).toEqual(reference.grid_ntile);
    await sameSegments(reference.segments_ntile);
    for (const [column, name] of [
      ['recency', 'R'],
      ['frequency', 'F'],
      ['money', 'M'],
    ] as const) {
      const tiles = await rowsOf(db, `SELECT ${column} AS tile, count(*) AS n FROM scored GROUP BY ALL ORDER BY ALL`);
      expect(Object.fromEntries(tiles.map(({ tile, n }) => [tile, n]))).toEqual(reference.ntile_counts[name]);
    }
    const [corners] = await rowsOf(
      db,
      `SELECT count(*) FILTER (recency = 1 AND frequency = 1 AND money = 1) AS low,
        count(*) FILTER (recency = 5 AND frequency = 5 AND money = 5) AS high FROM scored`,
    );
    expect(corners).toEqual({ low: reference.rfm_111, high: reference.rfm_555 });
    const once = await rowsOf(
      db,
      'SELECT frequency, count(*) AS n FROM scored WHERE orders = 1 GROUP BY ALL ORDER BY ALL',
    );
    expect(once.map(({ n }) => n)).toEqual(reference.tie_problem.freq1_in_tiles.filter((n) => n > 0));
  });
});

/** The notebook with another mapping, of a file that tells nothing else of a customer. */
function withMapping(sql: string): string {
  const about = 'SELECT DISTINCT customer FROM mapped';
  return withCells(readFileSync(notebook, 'utf8'), { mapped: sql, about }).replace(/files:\n( .*\n)+/, '');
}

const journeys = join(shared, 'data/completejourney/transactions_sample.csv');
const MAPPINGS = {
  cdnow: {
    file: orders,
    sql: `SELECT cid AS customer, row_number() OVER () AS order_no, date AS moment, amt AS revenue, NULL AS margin,
      NULL AS product, NULL AS channel, NULL::BOOLEAN AS may_write FROM read_csv('${orders}')`,
  },
  completejourney: {
    file: journeys,
    sql: `SELECT household_id AS customer, basket_id AS order_no, transaction_timestamp AS moment, sales_value AS revenue,
      NULL AS margin, product_id AS product, NULL AS channel, NULL::BOOLEAN AS may_write FROM read_csv('${journeys}')`,
  },
};

describe('the RFM notebook on other shops (shared/data)', { timeout: 120_000 }, () => {
  it.for(Object.entries(MAPPINGS))('runs on %s once its columns are mapped', async ([, { file, sql }], { skip }) => {
    skip(!existsSync(file), `${file} is absent`);
    const folder = mkdtempSync(join(tmpdir(), 'mapped-'));
    const db = await database();
    try {
      writeFileSync(join(folder, 'mapped.nb.md'), withMapping(sql));
      const ran = await runNotebook(join(folder, 'mapped.nb.md'), db);
      const said = ran.map(({ value }) =>
        value instanceof RichText ? value.source : value instanceof Element ? value.textContent : '',
      );
      expect(said.join('')).not.toMatch(/undefined|NaN|null|Infinity/);
      const { source } = ran.find(({ cell }) => cell.id === 'recommendation')!.value as RichText;
      expect(source).toMatch(/Write first to the [\d,]+ customers|Nobody who bought/);
    } finally {
      db.closeSync();
      rmSync(folder, { recursive: true });
    }
  });
});
