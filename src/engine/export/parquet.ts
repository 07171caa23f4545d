import type { Column } from '../../table/decode';
import type { Assets } from '../assets';
import { inFormatsThread } from '../formats/thread';
import { identifier } from '../literal';
import { isPortable, outsideNames } from '../portable';
import { concat } from '../../base/concat';
import type { ReadRanges } from './ranges';

/** The rows as a Parquet file, Snappy-compressed, which every reader of Parquet knows. */
export function writeParquet(read: ReadRanges, assets: Assets, signal: AbortSignal): Promise<Blob> {
  return inFormatsThread(assets, signal, async (thread) => {
    await thread.beginParquet(assets.parquet);
    await read(parquetList, (messages) => thread.addToParquet(concat(messages)));
    return thread.endParquet();
  });
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
