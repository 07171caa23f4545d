/** What the engine knows a cell's run by, with all that the cell asks of the database: it is stopped, and told of, as one. */
export const runName = (cell: string, version: number): string => `${cell}:${version}`;
