/** What DuckDB's absent `icu` extension would bring, as macros, in UTC. */
export const shims: readonly string[] = [];
