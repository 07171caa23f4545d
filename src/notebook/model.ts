/** The kinds of cells a notebook holds. */
export type CellKind = 'sql' | 'ts' | 'md' | 'csv' | 'check' | 'metric';

/** Every kind, in the order in which they are offered. */
export const CELL_KINDS = ['sql', 'ts', 'md', 'csv', 'check', 'metric'] as const satisfies readonly CellKind[];

/** Whether cells of a kind are given a name, by which others read them. */
export const isNamed = (kind: CellKind): boolean => kind === 'sql' || kind === 'csv' || kind === 'metric';

export interface Cell {
  /** Unique in the notebook, stable over edits; `[a-z0-9]+`. */
  readonly id: string;
  readonly kind: CellKind;
  /** The name that a cell of SQL, CSV or a metric defines; absent for the others (declarations are the names of `ts`). */
  readonly name?: string;
  readonly source: string;
  /** SQL only: keep the query as a view instead of computing its rows once. */
  readonly view?: boolean;
  /** The code is folded away and only the output shows. */
  readonly folded?: boolean;
  /** The output is folded away. */
  readonly foldedOutput?: boolean;
  /** Attributes of later versions or of other tools, kept as they were, in their order. */
  readonly unknown?: readonly (readonly [string, string | true])[];
}

/** A data file that the notebook reads: its name, what it held when it was last read, and how it was read. */
export interface DataFile {
  readonly name: string;
  /** The table it becomes. */
  readonly table: string;
  readonly sha256?: string;
  /** Column name to DuckDB type, as last read. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Reading options the reader changed (delimiter, encoding, …), in the words of `engine`'s `CsvOptions`. */
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface Notebook {
  /** The version of the file format: 1. */
  readonly version: number;
  readonly title: string;
  readonly files: readonly DataFile[];
  readonly cells: readonly Cell[];
  /**
   * The front matter as it was written, where that is more than (or other than) the fields above in their usual form:
   * comments, unknown keys, spacing. Printing sets in it what an edit changed and keeps the rest.
   */
  readonly frontMatter?: string;
}
