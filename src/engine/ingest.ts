import { isText, type FilePlan, type TypedPlan } from '../table/plan';
import type { Assets } from './assets';
import { cancelledError, type Database } from './database';
import type { IngestOptions } from './csv/attempt';
import { ingestCsv } from './csv/ingest';
import { dropLoaded, takeName } from './csv/load';
import { describe } from './describe';
import { readDuckdb } from './duckdb-file';
import type { Ingested } from './engine';
import { readJson } from './json/ingest';
import { identifier } from './literal';
import { readParquet } from './parquet';
import type { Walls } from './walls';
import { readWorkbook } from './workbook';

/** Reads a file into the table `plan.table`, replacing it only when all went well. */
export function ingestFile(
  database: Database,
  assets: Assets,
  walls: Walls | undefined,
  file: File,
  plan: FilePlan,
  options: IngestOptions,
): Promise<Ingested> {
  return isText(plan)
    ? ingestCsv(database, file, plan, options)
    : ingestTyped(database, assets, walls, file, plan, options);
}

async function ingestTyped(
  database: Database,
  assets: Assets,
  walls: Walls | undefined,
  file: File,
  plan: TypedPlan,
  options: IngestOptions,
): Promise<Ingested> {
  const begun = performance.now();
  const loaded = `levain_load_${plan.table}`;
  try {
    const {
      rows,
      rejected,
      rejects,
      plan: read,
    } = await {
      duckdb: () => readDuckdb(database, assets, file, plan, loaded, options),
      json: () => readJson(database, file, plan, loaded, options),
      parquet: () => readParquet(database, assets, file, plan, loaded, options),
      xlsx: () => readWorkbook(database, walls, file, plan, loaded, options),
    }[plan.format]();
    options.signal.throwIfAborted();
    await takeName(database, loaded, plan.table);
    const columns = await describe(database, identifier(plan.table));
    const milliseconds = performance.now() - begun;
    const relation = { name: plan.table, columns, rows };
    return { relation, found: rows + rejected, rejected, rejects, plan: read, milliseconds };
  } catch (error) {
    await dropLoaded(database, loaded);
    if (options.signal.aborted) throw cancelledError();
    throw error;
  }
}
