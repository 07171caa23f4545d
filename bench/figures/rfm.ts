import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { define } from '../../src/language/define';
import { parseNotebook } from '../../src/notebook/parse';
import type { Bench } from '../figure';
import { openEngine } from '../harness-page';
import { alternate, ms, times } from '../measure';
import { openNative } from '../native';

const ROUNDS = 7;
const REACH = 1.5;

/** A million orders of 229,000 customers over three years, the same in both databases: a few buy often, many once. */
const ORDERS = `CREATE TABLE bought AS SELECT
  floor(250000 * power(hash(i) / 18446744073709551616.0, 2))::INTEGER AS customer,
  i::INTEGER AS order_no,
  TIMESTAMP '2023-07-01' + INTERVAL (hash(i + 7000000) % 94608000) SECOND AS moment,
  (300 + hash(i + 14000000) % 9000)::DOUBLE / 100 AS revenue,
  (100 + hash(i + 14000000) % 5000)::DOUBLE / 100 AS margin,
  'web' AS channel,
  true AS may_write
FROM range(1000000) t(i)`;
const CHECK =
  'SELECT segment, count(*)::DOUBLE AS customers, sum(spent) AS spent FROM scored GROUP BY ALL ORDER BY ALL';

/** The cell of the notebook that scores customers and names their segments, ties together, on a million orders. */
export const rfm: Bench = async ({ harness }) => {
  const cell = `CREATE OR REPLACE TABLE scored AS ${scored()}`;
  const [engine, native] = [await openEngine(harness), await openNative()];
  try {
    for (const sql of [ORDERS, cell]) {
      await engine.run(sql);
      await native.run(sql);
    }
    const rounded = (rows: unknown[][]): string =>
      JSON.stringify(rows.map(([segment, customers, spent]) => [segment, customers, Math.round(Number(spent))]));
    const [ours, theirs] = [await engine.query(CHECK), await native.run(CHECK)];
    const found = rounded(JSON.parse(ours.rows) as unknown[][]);
    if (found !== rounded(theirs.rows)) throw new Error(`${found} is not ${rounded(theirs.rows)}`);
    const timed = async (run: () => Promise<unknown>): Promise<number> => {
      const begun = performance.now();
      await run();
      return performance.now() - begun;
    };
    const pair = await alternate(
      ROUNDS,
      () => timed(() => engine.run(cell)),
      () => timed(() => native.run(cell)),
    );
    return [
      {
        what: `RFM scores and segments from 1,000,000 orders (the notebook's cell, ${theirs.rows.length} segments)`,
        ours: `${ms(pair.ours)} (${times(pair.ratio)})`,
        rival: `native DuckDB, 1 thread: ${ms(pair.rival)}`,
        reach: `≤ ${times(REACH)}`,
        met: pair.ratio <= REACH,
      },
    ];
  } finally {
    native.close();
    await engine.close();
  }
};

function scored(): string {
  const notebook = readFileSync(join(import.meta.dirname, '../../notebooks/rfm-audiences.nb.md'), 'utf8');
  const cell = parseNotebook(notebook).notebook.cells.find(({ id }) => id === 'scored')!;
  const { body } = define(cell);
  if (body.type !== 'sql') throw new Error('the cell “scored” is no SQL');
  return body.statements[0]!.text.replace(/\$1|\?/, "'ties together'");
}
