/** What a table holds, column by column (the same shape as `Profile` of the engine). */
export interface TableProfile {
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
}

export interface ColumnSummary {
  readonly name: string;
  readonly type: string;
  readonly nulls: number;
  readonly distinct: number;
  readonly approximate: boolean;
  readonly min?: string;
  readonly max?: string;
  readonly mean?: number;
  readonly histogram?: readonly number[];
  readonly top?: readonly { readonly value: string; readonly count: number }[];
}
