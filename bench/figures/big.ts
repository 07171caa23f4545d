import { openApp } from '../app-page';
import { renderMemory } from '../browser';
import { megabytes, ordersCsv } from '../data';
import type { Bench } from '../figure';
import { openEngine } from '../harness-page';
import { alternate, seconds, times } from '../measure';
import { openNative } from '../native';
import { whileLoading } from './tasks';

const ROWS = 11_500_000;
const REACH = 1.6;

/** A file of a gigabyte into a table, beside native DuckDB. */
export const big: Bench = async ({ harness }) => {
  const path = ordersCsv(ROWS);
  let memory = 0;
  const pair = await alternate(
    2,
    async () => {
      const engine = await openEngine(harness);
      const watch = setInterval(() => (memory = Math.max(memory, renderMemory(engine.browser))), 1000);
      try {
        const loaded = await engine.load(path, 'orders');
        if (loaded.rows !== ROWS) throw new Error(`${loaded.rows} rows`);
        return loaded.total;
      } finally {
        clearInterval(watch);
        await engine.close();
      }
    },
    async () => {
      const native = await openNative();
      try {
        return (await native.run(`CREATE TABLE orders AS FROM read_csv('${path}')`)).milliseconds;
      } finally {
        native.close();
      }
    },
  );
  return [
    {
      what: `load a CSV of ${megabytes(path)}, 11.5 M rows (peak ${Math.round(memory)} MB resident)`,
      ours: `${seconds(pair.ours)} (${times(pair.ratio)})`,
      rival: `native, 1 thread: ${seconds(pair.rival)}`,
      reach: `≤ ${times(REACH)}`,
      met: pair.ratio <= REACH,
    },
  ];
};

/** The page's main thread while that file is read. */
export const alive: Bench = async ({ dist }) => {
  const app = await openApp(dist);
  try {
    return [await whileLoading(app.page, ordersCsv(ROWS))];
  } finally {
    await app.close();
  }
};
