import type { CsvPlan } from '../engine';
import { sampleFile } from './sample';
import { sniffCsv, type Settled } from './sniff';

/**
 * Says how a file would be read, from its beginning, its end and a few places between; what the reader has settled is
 * kept. Rejects with `empty-file`, `not-text`, `csv-gzip` or `csv-line-too-long` for what holds no table.
 */
export async function sniffFile(
  file: File,
  existingTables: readonly string[],
  settled: Settled = {},
): Promise<CsvPlan> {
  return sniffCsv(await sampleFile(file), existingTables, settled);
}
