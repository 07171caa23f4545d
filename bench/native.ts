import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** The rival for everything that runs in the database: DuckDB itself, on one thread, in memory. */
export interface Native {
  /** Runs a statement and takes all of its rows. Returns the milliseconds it took. */
  run(text: string): Promise<{ milliseconds: number; rows: unknown[][] }>;
  close(): void;
}

export async function openNative(): Promise<Native> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection: DuckDBConnection = await instance.connect();
  return {
    run: async (text) => {
      const begun = performance.now();
      const reader = await connection.runAndReadAll(text);
      return { milliseconds: performance.now() - begun, rows: reader.getRowsJS() as unknown[][] };
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
