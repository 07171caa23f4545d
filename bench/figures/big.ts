import { openApp } from '../app-page';
import { renderMemory } from '../browser';
import { megabytes, ordersCsv } from '../data';
import type { Bench, Figure } from '../figure';
import { openEngine, type EnginePage } from '../harness-page';
import { alternate, seconds, times } from '../measure';
import { openNative } from '../native';
import { whileLoading } from './tasks';

const ROWS = 11_500_000;
const REACH = 1.6;
/** A file of two gigabytes: the browser gives the database 3.1 GB, and a table of it would take more. */
const ROWS_IN_PLACE = 22_500_000;

/** A file of a gigabyte into a table, beside native DuckDB; then one twice as large, read where it lies. */
export const big: Bench = async function* ({ harness }) {
  yield await intoTable(harness);
  yield await inPlace(harness);
};

async function intoTable(harness: string): Promise<Figure> {
  const path = ordersCsv(ROWS);
  let memory = 0;
  const pair = await alternate(
    2,
    async () => {
      const engine = await openEngine(harness);
      const { result, peak } = await watching(engine, () => engine.load(path, 'orders'));
      memory = Math.max(memory, peak);
      await engine.close();
      if (result.rows !== ROWS) throw new Error(`${result.rows} rows`);
      return result.total;
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
  return {
    what: `load a CSV of ${megabytes(path)}, 11.5 M rows (peak ${Math.round(memory)} MB resident)`,
    ours: `${seconds(pair.ours)} (${times(pair.ratio)})`,
    rival: `native, 1 thread: ${seconds(pair.rival)}`,
    reach: `≤ ${times(REACH)}`,
    met: pair.ratio <= REACH,
  };
}

async function inPlace(harness: string): Promise<Figure> {
  const path = ordersCsv(ROWS_IN_PLACE);
  const engine = await openEngine(harness);
  try {
    const { result, peak } = await watching(engine, async () => {
      const loaded = await engine.load(path, 'orders', { inPlace: true });
      const query = await engine.query('SELECT count(*)::DOUBLE AS n, round(sum(revenue), 2) AS total FROM orders');
      return { loaded, query };
    });
    if (result.loaded.rows !== ROWS_IN_PLACE) throw new Error(`${result.loaded.rows} rows`);
    return {
      what: `read a CSV of ${megabytes(path)}, 22.5 M rows, in place, every value checked, and sum a column of it`,
      ours: `${seconds(result.loaded.total)} to check, ${seconds(result.query.milliseconds)} to sum, peak ${Math.round(peak)} MB resident`,
    };
  } finally {
    await engine.close();
  }
}

/** Runs `work` and watches the browser's resident memory, in MB. */
async function watching<T>(engine: EnginePage, work: () => Promise<T>): Promise<{ result: T; peak: number }> {
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, renderMemory(engine.browser))), 1000);
  try {
    return { result: await work(), peak };
  } finally {
    clearInterval(watch);
  }
}

/** The page's main thread while that file is read. */
export const alive: Bench = async ({ dist }) => {
  const app = await openApp(dist);
  try {
    return [await whileLoading(app.page, ordersCsv(ROWS))];
  } finally {
    await app.close();
  }
};
