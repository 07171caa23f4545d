import { tableFromIPC, type Table } from '@uwdata/flechette';

export type { Table };

/** The name the reader knows, the type as DuckDB names it. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/**
 * Arrow IPC bytes (a stream, whole or in messages) to a {@link Table}. Dates and timestamps come out as `Date`; 64-bit
 * integers as numbers where every value of the column is exact as one, and as `BigInt` columns otherwise.
 */
export function decodeTable(bytes: Uint8Array | Uint8Array[]): Table {
  try {
    return tableFromIPC(bytes, { useDate: true });
  } catch (error) {
    // flechette refuses to round an integer beyond 2^53: keep it whole instead.
    if (!/BigInt|safe|exceeds/i.test(String(error))) throw error;
    return tableFromIPC(bytes, { useDate: true, useBigInt: true });
  }
}
