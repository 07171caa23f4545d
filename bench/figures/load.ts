import { megabytes, ordersCsv } from '../data';
import type { Bench, Figure } from '../figure';
import { openEngine, type EnginePage } from '../harness-page';
import { alternate, median, ms, seconds, times, type Pair } from '../measure';
import { inNewProcess, openNative } from '../native';

const ROWS = 1_300_000;
const ROUNDS = 5;
const REACH_LOAD = 1.3;
const REACH_QUERY = 1.5;

const QUERIES = {
  'group-by':
    'SELECT channel, product, count(*)::DOUBLE AS n, round(sum(revenue), 2) AS total, round(avg(margin), 4) AS mean FROM orders GROUP BY ALL ORDER BY ALL',
  window:
    'SELECT max(n)::DOUBLE AS most, round(max(running), 2) AS best FROM (SELECT row_number() OVER w AS n, sum(revenue) OVER w AS running FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY ordered_at, order_id))',
  quantile:
    'SELECT channel, quantile_cont(revenue, 0.1) AS low, quantile_cont(revenue, 0.5) AS middle, quantile_cont(margin, 0.9) AS high FROM orders GROUP BY channel ORDER BY channel',
  join: 'SELECT c.segment, count(*)::DOUBLE AS n, round(sum(o.revenue), 2) AS total FROM orders o JOIN customers c USING (customer_id) GROUP BY c.segment ORDER BY c.segment',
};
const CUSTOMERS =
  "CREATE TABLE customers AS SELECT i AS customer_id, 'segment ' || (i % 23) AS segment FROM range(50000) t(i)";

/**
 * A 120 MB file into a table with all that the reader is promised (rejects, line numbers, types): as the first thing that a
 * page and a process do, and again and again in one page and one process. Then queries on it.
 */
export const load: Bench = async ({ harness }) => {
  const path = ordersCsv(ROWS);
  const create = `CREATE OR REPLACE TABLE orders AS FROM read_csv('${path}')`;
  const sniffs: number[] = [];
  const loadInto = async (engine: EnginePage): Promise<number> => {
    const loaded = await engine.load(path, 'orders');
    if (loaded.rows !== ROWS || loaded.rejected !== 0)
      throw new Error(`${loaded.rows} rows, ${loaded.rejected} rejected`);
    sniffs.push(loaded.sniff);
    return loaded.total;
  };
  const figure = (how: string, pair: Pair): Figure => ({
    what: `load a CSV of ${megabytes(path)}, 1.3 M rows, ${how} (detecting it included: ${ms(median(sniffs))})`,
    ours: `${seconds(pair.ours)} (${times(pair.ratio)})`,
    rival: `native DuckDB, 1 thread: ${seconds(pair.rival)}`,
    reach: `≤ ${times(REACH_LOAD)}`,
    met: pair.ratio <= REACH_LOAD,
  });

  const first = await alternate(
    ROUNDS,
    async () => {
      const engine = await openEngine(harness);
      try {
        return await loadInto(engine);
      } finally {
        await engine.close();
      }
    },
    () => inNewProcess(create),
  );
  const figures = [figure('the first of a page, and of a process', first)];

  const engine = await openEngine(harness);
  const native = await openNative();
  sniffs.length = 0;
  try {
    const loading = await alternate(
      ROUNDS,
      () => loadInto(engine),
      async () => (await native.run(create)).milliseconds,
    );
    figures.push(figure('again in one page and one process', loading));
    await native.run(CUSTOMERS);
    await engine.run(CUSTOMERS);
    for (const [what, sql] of Object.entries(QUERIES)) {
      const [ours, theirs] = [await engine.query(sql), await native.run(sql)];
      if (ours.rows !== JSON.stringify(theirs.rows))
        throw new Error(`${what}: ${ours.rows.slice(0, 200)} is not ${JSON.stringify(theirs.rows).slice(0, 200)}`);
      const pair = await alternate(
        ROUNDS,
        async () => (await engine.query(sql)).milliseconds,
        async () => (await native.run(sql)).milliseconds,
      );
      figures.push({
        what: `${what} over it`,
        ours: `${ms(pair.ours)} (${times(pair.ratio)})`,
        rival: `native: ${ms(pair.rival)}`,
        reach: `≤ ${times(REACH_QUERY)}`,
        met: pair.ratio <= REACH_QUERY,
      });
    }
    return figures;
  } finally {
    native.close();
    await engine.close();
  }
};
