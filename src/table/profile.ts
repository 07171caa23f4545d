/** What a table holds, column by column. */
export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

export interface ColumnProfile {
  readonly name: string;
  readonly type: string;
  readonly nulls: number;
  /** Exact up to 200,000 rows and for text of few values, otherwise by HyperLogLog (about 10 % off): see `approximate`. */
  readonly distinct: number;
  readonly approximate: boolean;
  /** As text in the engine's form; absent when all values are null. */
  readonly min?: string;
  readonly max?: string;
  readonly mean?: number;
  /** Numbers of an explored table; quartiles are about right where `approximate`. */
  readonly deviation?: number;
  readonly quartiles?: readonly [number, number, number];
  /** Numbers and times: equal-width bins from min to max, or between {@link edges}. */
  readonly histogram?: readonly number[];
  /** Where each bin begins, and where the last ends without being in it; times as seconds since 1970. */
  readonly edges?: readonly number[];
  /** Other types: the most frequent values. */
  readonly top?: readonly { readonly value: string; readonly count: number }[];
  /** They were looked for roughly (a view, or more than a million values): counted right, others may be as frequent. */
  readonly topApproximate?: true;
}

/** Texts among the most frequent values are cut to this length. */
export const LONGEST_TEXT = 200;
