import type { Column } from '../../table/decode';

/** Takes the Arrow IPC messages of one range of rows. */
export type OnRange = (messages: Uint8Array[]) => void | Promise<void>;

/** Reads a relation range by range with the select list made for its columns; a relation without rows is one empty range. */
export type ReadRanges = (
  select: (columns: readonly Column[]) => string,
  onRange: OnRange,
) => Promise<readonly Column[]>;
