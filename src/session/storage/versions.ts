import { crc32 } from './crc32';
import type { VersionEntry, VersionRow } from './database';

/** Always kept: the newest versions, so that one bad write leaves several good ones. */
const RECENT = 5;
/** Of older versions one is kept for each minute, and of those older than this, in milliseconds, one for each such stretch. */
const STRETCH = 10 * 60_000;
const MINUTE = 60_000;
const MOST = 35;
/** Past this length (UTF-16 units, all versions together) only two versions are kept. */
const MOST_TEXT = 32_000_000;

/** A version ready to be written, with its checksum. */
export function sealVersion(id: string, revision: number, saved: number, text: string): VersionRow {
  return { id, revision, saved, text, checksum: checksum(id, revision, text) };
}

/** Whether a version read back is what was written. */
export function isWhole(row: VersionRow): boolean {
  return typeof row.text === 'string' && row.checksum === checksum(row.id, row.revision, row.text);
}

/**
 * Which versions to keep: the newest five, then the last one of every minute for ten minutes, then the last one of every
 * ten minutes, 35 at most and 32 million characters at most, but never fewer than two.
 *
 * @param history newest first
 */
export function thinVersions(history: readonly VersionEntry[]): VersionEntry[] {
  const kept: VersionEntry[] = [];
  const recently = (history[0]?.saved ?? 0) - STRETCH;
  const stretchOf = ({ saved }: VersionEntry): number =>
    saved > recently ? Math.floor(saved / MINUTE) * MINUTE : Math.floor(saved / STRETCH) * STRETCH;
  let length = 0;
  for (const [index, entry] of history.entries()) {
    const previous = kept.at(-1);
    const endsStretch = previous !== undefined && stretchOf(previous) !== stretchOf(entry);
    const fits = kept.length < MOST && length + entry.size <= MOST_TEXT;
    if (index < 2 || (fits && (index < RECENT || endsStretch))) {
      kept.push(entry);
      length += entry.size;
    }
  }
  return kept;
}

const checksum = (id: string, revision: number, text: string): number => crc32(`${id}\n${revision}\n${text}`);
