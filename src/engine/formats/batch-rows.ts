/** Rows that travel together: DuckDB keeps them in groups of so many. */
export const BATCH_ROWS = 122_880;
