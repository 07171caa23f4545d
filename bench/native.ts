import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
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

/** Milliseconds that a statement takes as the first one of a process, the start of the process and the database not counted. */
export async function inNewProcess(statement: string): Promise<number> {
  const script = `
    import { DuckDBInstance } from '@duckdb/node-api';
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    const begun = performance.now();
    await connection.runAndReadAll(${JSON.stringify(statement)});
    console.log(performance.now() - begun);`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
  return Number(stdout);
}
