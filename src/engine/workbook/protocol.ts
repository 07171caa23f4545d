import type { Reject } from '../../table/plan';

/** Which part of a workbook is read; what is absent is found. */
export interface SheetChoice {
  readonly sheet?: string | undefined;
  /** `A3:F20`. */
  readonly range?: string | undefined;
  /** The row of the names, counted in the sheet from 1; 0 for none. */
  readonly headerRow?: number | undefined;
}

/** A sheet's table. Its rows come as one JSON object a line, by the keys `c0`, `c1`, … of the columns in their order. */
export interface SheetRead {
  /** The sheets that hold cells, hidden ones too. */
  readonly sheets: readonly string[];
  readonly sheet: string;
  readonly range: string;
  readonly headerRow: number;
  /** The columns as they are headed. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly lines: Blob;
  /** What was found, in sentences for the reader. */
  readonly notes: readonly string[];
  /** Rows that are set aside, by their number in the sheet. */
  readonly rejects: readonly Reject[];
}
