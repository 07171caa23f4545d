import { LevainError } from '../base/problem';
import { isText, type FilePlan, type PlanChange, type TypedPlan } from '../table/plan';
import { refinePlan } from './csv/refine';
import { sampleFile } from './csv/sample';
import { sniffCsv } from './csv/sniff';
import type { Assets } from './assets';
import { sniffDuckdb } from './duckdb-file';
import { isDuckdb, isSqlite } from './duckdb-file/header';
import { sniffJson } from './json/sniff';
import { isParquet, sniffParquet } from './parquet';
import type { Walls } from './walls';
import { isWorkbook, sniffWorkbook } from './workbook';

/**
 * Says how a file would be read, from its beginning, its end and a few places between: what it is, its bytes say before
 * its name. Rejects with `empty-file`, `not-text`, `csv-gzip` or `csv-line-too-long` for what holds no table.
 */
export async function sniffFile(
  assets: Assets,
  walls: Walls | undefined,
  file: File,
  existingTables: readonly string[],
): Promise<FilePlan> {
  if (await isWorkbook(file)) return sniffWorkbook(walls, file, existingTables);
  if (await isDuckdb(file)) return sniffDuckdb(assets, file, existingTables);
  if (await isSqlite(file)) throw sqlite(file);
  if (await isParquet(file)) return sniffParquet(assets, file, existingTables);
  const sample = await sampleFile(file);
  return (await sniffJson(sample, existingTables)) ?? sniffCsv(sample, existingTables);
}

/** The plan after the reader changed how the file is read. */
export async function refineFile(
  assets: Assets,
  walls: Walls | undefined,
  file: File,
  plan: FilePlan,
  change: PlanChange,
): Promise<FilePlan> {
  const { part, range, headerRow, ...text } = change;
  if (plan.format === 'xlsx') {
    return { ...(await sniffWorkbook(walls, file, [], { sheet: part, range, headerRow })), table: plan.table };
  }
  if (plan.format === 'duckdb') {
    return part === undefined || part === plan.part ? plan : sniffDuckdb(assets, file, [], part);
  }
  const sample = await sampleFile(file);
  if (isText(plan)) return refinePlan(plan, text, sample);
  if (plan.format !== 'json') return plan;
  const found: TypedPlan | null = await sniffJson(sample, [], part ?? plan.part);
  return found ? { ...found, table: plan.table } : plan;
}

const sqlite = (file: File): LevainError =>
  new LevainError({
    code: 'sqlite',
    message: `${file.name} is a database of SQLite, which the page does not read.`,
    hint: 'Export its tables as CSV, or copy them into a DuckDB file.',
    subject: file.name,
  });
