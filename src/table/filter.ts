/** What a row must be like to pass; by the column's name. */
export type Filter =
  | { readonly column: string; readonly op: 'contains'; readonly value: string }
  | { readonly column: string; readonly op: 'begins'; readonly value: string }
  | {
      readonly column: string;
      readonly op: 'range';
      readonly min?: number | string;
      readonly max?: number | string;
      /** An upper bound that is not itself in the range. */
      readonly below?: number | string;
    }
  | { readonly column: string; readonly op: 'is'; readonly value: string | null }
  | { readonly column: string; readonly op: 'other'; readonly values: readonly string[] }
  | { readonly column: string; readonly op: 'any'; readonly of: readonly Filter[] };
