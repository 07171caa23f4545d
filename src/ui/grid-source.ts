import type { Column, Table } from '../table/decode';
import type { Filter } from '../table/filter';

/** What the grid shows: rows that are fetched a page at a time, sorted and filtered where they live. */
export interface GridSource {
  readonly columns: readonly Column[];
  readonly rows: number;
  page(request: GridRequest): Promise<Table>;
  /** Rows that pass the filters. */
  count(filters: readonly Filter[]): Promise<number>;
}

export interface GridRequest {
  readonly offset: number;
  readonly limit: number;
  readonly sort?: { readonly column: string; readonly descending: boolean };
  readonly filters?: readonly Filter[];
}

/** What is to be written to a file: everything, as it is sorted and filtered on the page. */
export interface GridExport {
  readonly format: 'csv' | 'parquet' | 'xlsx';
  /** CSV only: a `'` stands before what a spreadsheet would run. */
  readonly escapeFormulas?: boolean;
  readonly sort?: GridRequest['sort'];
  readonly filters?: readonly Filter[];
}
