import type { TableInside } from './inside';

/** How a file becomes a table: text by the signs in it, other formats by what they say of themselves. */
export type FilePlan = CsvPlan | TypedPlan;

/** How a file is read whose values have types of their own. */
export interface TypedPlan {
  readonly format: 'json' | 'parquet' | 'xlsx' | 'duckdb';
  /** A clean, unique table name. */
  readonly table: string;
  readonly columns: readonly TypedColumn[];
  /** The list, sheet or table that is read, where the file may hold several; `parts` are all of them. */
  readonly part?: string;
  readonly parts?: readonly string[];
  /** DuckDB files only: what they hold, the table that is read among it. Each further one is read as a file of its own. */
  readonly tables?: readonly TableInside[];
  /** Workbooks only: the cells that are read (`A3:F20`), and the row of the names, counted from 1; 0 for none. */
  readonly range?: string;
  readonly headerRow?: number;
  /** JSON only: where its rows stand, and how its text is written. */
  readonly layout?: 'lines' | 'list' | 'within' | 'single';
  readonly encoding?: CsvPlan['encoding'];
  readonly compression?: CsvPlan['compression'];
  /** What was found, in sentences for the reader. */
  readonly notes: readonly string[];
}

export interface TypedColumn {
  /** Clean, unique; `source` is the name in the file. */
  readonly name: string;
  readonly source: string;
  /** As DuckDB names it. */
  readonly type: string;
}

/** Whether a file is read as text. */
export const isText = (plan: FilePlan): plan is CsvPlan => plan.format === undefined;

/** How a text file is read. Detected by the engine, shown to the reader, and changeable. */
export interface CsvPlan {
  /** Text has none: its signs say how it is read. */
  readonly format?: undefined;
  /** A clean, unique table name. */
  readonly table: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly compression: 'none' | 'gzip';
  readonly delimiter: string;
  /** `''` for none. */
  readonly quote: string;
  readonly header: boolean;
  /** The names stand in two rows: what is asked, and below it what was answered (as survey tools export it). */
  readonly headerRows?: 1 | 2;
  /** Lines before the header (or the first row) that are not data: titles, dates of export. */
  readonly preamble: number;
  readonly decimal: '.' | ',';
  /** Texts that mean "no value". */
  readonly nulls: readonly string[];
  readonly columns: readonly PlannedColumn[];
  /** Rows of totals at the end (`Total`, `Summe`) are set aside as rejected, unless the reader keeps them. */
  readonly totals?: 'set-aside' | 'keep';
  /** So many rows right below the header are totals, as some ad accounts export them; `totals` holds for them too. */
  readonly totalsFirst?: number;
  /** Blank cells of an order's further lines are filled from its first; `false`: the reader wants them blank. */
  readonly fill?: ByKey | false;
  /** Amounts of a whole order that stand on each of its lines are kept on the first; `false`: the reader wants all. */
  readonly once?: ByKey | false;
  /** The rows stay in the file, which every query reads anew: slower, but hardly any memory. Checked like any other. */
  readonly inPlace?: boolean;
  /** What was found, in sentences for the reader. */
  readonly notes: readonly string[];
  /** What stands between the file and a plain table, each with what is done about it. */
  readonly findings?: readonly Finding[];
}

/** Columns of a table, by their headers, that belong to what the column `by` names rather than to a row. */
export interface ByKey {
  readonly by: string;
  readonly columns: readonly string[];
}

/** What the import doctor found: a sentence, what is proposed, and how one value looks before and after. */
export interface Finding {
  readonly kind:
    | 'headers'
    | 'totals'
    | 'fill'
    | 'once'
    | 'percent'
    | 'bounds'
    | 'money'
    | 'numbers'
    | 'commas'
    | 'dates'
    | 'clock'
    | 'missing'
    | 'ids'
    | 'apostrophes'
    | 'told';
  readonly found: string;
  /** It could as well be otherwise: the reader should see it. */
  readonly doubtful?: true;
  readonly proposed?: string;
  readonly before?: string;
  readonly after?: string;
  /** Whether it is done; absent where there is nothing to decide. */
  readonly accepted?: boolean;
  /** What does it, and what leaves it. */
  readonly accept?: PlanChange;
  readonly decline?: PlanChange;
}

/** What the reader can settle about how a file is read. Kept in the notebook, and done again to the next export. */
export type PlanChange = Partial<
  Pick<
    CsvPlan,
    | 'encoding'
    | 'delimiter'
    | 'quote'
    | 'header'
    | 'headerRows'
    | 'preamble'
    | 'decimal'
    | 'nulls'
    | 'totals'
    | 'fill'
    | 'once'
  >
> & {
  /** How columns are read, by their headers. */
  readonly readings?: Readonly<Record<string, ColumnReading>>;
  /** Which part of a file that holds several is read. */
  readonly part?: string;
  /** Workbooks only, as in their plan. */
  readonly range?: string;
  readonly headerRow?: number;
};

/** How a column is read, apart from its name. */
export type ColumnReading = Omit<PlannedColumn, 'name' | 'source'>;

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
  /** The column's own decimal mark, where its numbers can be read only so and the file's is another. */
  readonly decimal?: '.' | ',';
  /** `< 10%` and `> 90%` are read just inside what they say: 0.0999 and 0.9001, as Google Ads reports them elsewhere. */
  readonly bounds?: boolean;
  /** An apostrophe before a value, which keeps a spreadsheet from making a number of it, is taken off. */
  readonly apostrophe?: boolean;
  /**
   * Times with an offset from UTC are kept as the clock there showed them: one that is this many minutes ahead of UTC, or an
   * hour more or less, as summer has it. Without this they are turned into UTC.
   */
  readonly clock?: number;
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
