import type { Database } from '../database';
import type { CsvPlan } from '../engine';
import { identifier } from '../literal';
import { countRows } from '../relations';
import { adaptPlan } from './adapt';
import { countError, type Attempt, type IngestOptions } from './attempt';
import { Batches } from './batch';
import { Ledger } from './ledger';
import { readInThreads, spareThreads } from './part-threads';
import { partsOf } from './parts';
import { readRows } from './read-rows';

/**
 * Reads a file into the new table `loaded`. The rows are read batch by batch, those of a large file by several threads,
 * and each batch is appended in the database's own thread while the next ones are read. Throws `csv-count` rather than
 * keep a table with another number of rows than were counted.
 */
export async function readTable(
  database: Database,
  file: File,
  plan: CsvPlan,
  loaded: string,
  { signal, onProgress }: IngestOptions,
): Promise<Attempt> {
  const columns = plan.columns.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ');
  await database.run(`CREATE OR REPLACE TABLE ${identifier(loaded)} (${columns})`);
  const ledger = new Ledger();
  const batches = new Batches(plan, ledger, (bytes) => database.memory.take(bytes));
  let appending = Promise.resolve();
  const append = async (batch: Uint8Array): Promise<void> => {
    await appending;
    signal.throwIfAborted();
    appending = database.appendArrow(loaded, batch);
    // It is waited for before the next one: until then a failure must not count as unhandled.
    appending.catch(() => {});
  };
  const threads = spareThreads();
  const parts = threads > 0 ? await partsOf(file, plan) : [{ from: 0, to: file.size }];
  const readers = parts.length > 1 ? readInThreads(file, plan, parts, threads) : null;
  const stop = (): void => readers?.close();
  signal.addEventListener('abort', stop);
  database.memory.open();
  try {
    const onBytes = (bytes: number): void => onProgress({ bytes, total: file.size });
    const source = await readRows(file, plan, { parts, readers, ledger, batches, append, signal, onBytes });
    const adapted = adaptPlan(plan, { ledger, checks: batches.checks, source });
    if (adapted) {
      await appending;
      return { kind: 'changed', plan: adapted };
    }
    for (const batch of batches.take()) await append(batch);
    await appending;
    signal.throwIfAborted();
    const arrived = await countRows(database, identifier(loaded));
    if (arrived !== ledger.rows) throw countError(file, ledger.rows, arrived);
    return { kind: 'done', ledger, source };
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    database.memory.close();
  }
}
