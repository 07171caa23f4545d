import type { Column } from '../../table/decode';
import type { Assets } from '../assets';
import { inFormatsThread } from '../formats/thread';
import { identifier } from '../literal';
import { isPortable, outsideNames } from '../portable';
import { listed } from '../../base/listed';
import { LevainError, problemOf } from '../../base/problem';
import { concat } from '../../base/concat';
import type { ReadRanges } from './ranges';

/** The rows as a Parquet file, Snappy-compressed, which every reader of Parquet knows. */
export function writeParquet(read: ReadRanges, assets: Assets, signal: AbortSignal): Promise<Blob> {
  return inFormatsThread(assets, signal, async (thread) => {
    await thread.beginParquet(assets.parquet);
    let columns: readonly Column[] = [];
    const select = (of: readonly Column[]): string => parquetList((columns = of));
    try {
      await read(select, (messages) => thread.addToParquet(concat(messages)));
    } catch (error) {
      throw explained(error, columns);
    }
    return thread.endParquet();
  });
}

/** A number of 39 digits fits no number of Parquet: says in which column one may be, and how it goes out all the same. */
function explained(error: unknown, columns: readonly Column[]): unknown {
  const problem = problemOf(error);
  const long = columns.filter(({ type }) => type === 'HUGEINT').map(({ name }) => name);
  if (long.length === 0 || !problem.message.includes(NEAREST.HUGEINT!)) return error;
  const hint = `Parquet holds whole numbers of 38 digits at most. Write ${listed(long.map((name) => `${name}::VARCHAR`))} in the query to export them as text.`;
  return new LevainError({ ...problem, hint }, { cause: error });
}

/**
 * A select list in types that Parquet has: whole numbers of 128 bits are decimals, which is refused where one is longer than 38
 * digits; moments to the second are written to the microsecond; what Parquet or Arrow lacks (intervals, enums, bits) is text.
 */
function parquetList(columns: readonly Column[]): string {
  return columns
    .map(({ name, type }) => {
      const column = identifier(name);
      const wanted = parquetType(type);
      return wanted === type ? column : `CAST(${column} AS ${wanted}) AS ${column}`;
    })
    .join(', ');
}

const TEXT = /\b(?:INTERVAL|UNION|UUID)\b/;
const NEAREST: Readonly<Record<string, string>> = {
  HUGEINT: 'DECIMAL(38,0)',
  TIMESTAMP_S: 'TIMESTAMP',
  TIMESTAMP_MS: 'TIMESTAMP',
};

function parquetType(type: string): string {
  if (!isPortable([{ name: '', type }]) || TEXT.test(outsideNames(type))) return 'VARCHAR';
  // Names of fields are passed over.
  return type.replace(/"(?:""|[^"])*"|\b(?:HUGEINT|TIMESTAMP_M?S)\b/g, (found) => NEAREST[found] ?? found);
}
