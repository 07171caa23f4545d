/** How a text file is read. Detected by the engine, shown to the reader, and changeable. */
export interface CsvPlan {
  /** A clean, unique table name. */
  readonly table: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly compression: 'none' | 'gzip';
  readonly delimiter: string;
  /** `''` for none. */
  readonly quote: string;
  readonly header: boolean;
  /** Lines before the header (or the first row) that are not data: titles, dates of export. */
  readonly preamble: number;
  readonly decimal: '.' | ',';
  /** Texts that mean "no value". */
  readonly nulls: readonly string[];
  readonly columns: readonly PlannedColumn[];
  /** Rows of totals at the end (`Total`, `Summe`) are set aside as rejected, unless the reader keeps them. */
  readonly totals?: 'set-aside' | 'keep';
  /** The rows stay in the file, which every query reads anew: slower, but hardly any memory. Checked like any other. */
  readonly inPlace?: boolean;
  /** What was found, in sentences for the reader. */
  readonly notes: readonly string[];
}

/** What the reader can settle about how a file is read. */
export type PlanChange = Partial<
  Pick<CsvPlan, 'encoding' | 'delimiter' | 'quote' | 'header' | 'preamble' | 'decimal' | 'nulls' | 'totals'>
>;

export interface PlannedColumn {
  /** Clean, unique; `source` is the header as written. */
  readonly name: string;
  readonly source: string;
  readonly type: 'VARCHAR' | 'BIGINT' | 'HUGEINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP' | 'TIME';
  /** strptime format for dates and timestamps that are not ISO. */
  readonly format?: string;
  /** Removed before a number is read: currency signs, `%`, thousands separators. `%` also divides by 100. */
  readonly strip?: string;
  readonly percent?: boolean;
  /** Set when the reader chose the type: values that do not fit are then rejected, and the column is never widened. */
  readonly chosen?: boolean;
}

export interface Reject {
  /** 1-based line in the file. */
  readonly line: number;
  readonly column?: string;
  readonly reason: string;
  readonly text: string;
}
