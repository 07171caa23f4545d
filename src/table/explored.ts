/** How two columns of numbers go together, over the rows that have both. */
export interface Correlation {
  readonly a: string;
  readonly b: string;
  /** Pearson's r. */
  readonly r: number;
  /** What r would be in 95 of 100 such tables, if rows come each on its own. */
  readonly lower: number;
  readonly upper: number;
  readonly rows: number;
}

export interface Correlations {
  /** The columns that were looked at, and of all those that could have been, how many were not. */
  readonly columns: readonly string[];
  readonly left: number;
  /** Absent where a column is the same in every row, or there are fewer than four. */
  readonly pairs: readonly Correlation[];
}

/** Rows that agree in all columns that were asked for. */
export interface Duplicates {
  /** How many rows are there beside the first of each kind. */
  readonly surplus: number;
  /** How many kinds of rows occur more than once. */
  readonly kinds: number;
  /** The kinds that occur most often, by the first columns. */
  readonly examples: readonly { readonly values: readonly (string | null)[]; readonly times: number }[];
  /** The columns of the examples. */
  readonly columns: readonly string[];
}
