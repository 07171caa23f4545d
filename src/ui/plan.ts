/** How a text file is read, as the import card shows and changes it (the same shape as `CsvPlan` of the engine). */
export interface ImportPlan {
  readonly table: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly compression: 'none' | 'gzip';
  readonly delimiter: string;
  readonly quote: string;
  readonly header: boolean;
  readonly preamble: number;
  readonly decimal: '.' | ',';
  readonly nulls: readonly string[];
  readonly columns: readonly ImportColumn[];
  readonly notes: readonly string[];
}

export interface ImportColumn {
  readonly name: string;
  readonly source: string;
  readonly type: 'VARCHAR' | 'BIGINT' | 'HUGEINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP' | 'TIME';
  readonly format?: string;
  readonly strip?: string;
  readonly percent?: boolean;
}

export interface ImportReject {
  readonly line: number;
  readonly column?: string;
  readonly reason: string;
  readonly text: string;
}

/** How far the reading of a file has come. */
export type ImportState =
  | { readonly phase: 'reading'; readonly bytes: number; readonly total: number }
  | {
      readonly phase: 'done';
      readonly rows: number;
      readonly rejected: number;
      /** The first of the rejected rows. */
      readonly rejects: readonly ImportReject[];
      readonly milliseconds: number;
    }
  | { readonly phase: 'failed'; readonly message: string; readonly hint?: string }
  | { readonly phase: 'stopped' };
