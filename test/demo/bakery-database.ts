import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { filesOf } from '../../src/demo/files';
import { parameters } from '../../src/demo/parameters';
import { simulateBakery } from '../../src/demo/simulate';
import { database } from './native';

/** The bakery as it comes with the page; simulated once, whichever tests look at it. */
export const bakery = simulateBakery(parameters);

let made: Readonly<Record<string, string>> | undefined;
/** Its files, by name, as they come with the page. */
export const bakeryFiles = (): Readonly<Record<string, string>> => (made ??= filesOf(bakery));

export interface BakeryDatabase {
  readonly db: DuckDBConnection;
  /** Holds the files, and what a test puts beside them. */
  readonly folder: string;
  readonly close: () => void;
}

/** A database of one's own with files of the bakery as tables: those named, or all. */
export async function bakeryDatabase(names?: readonly string[]): Promise<BakeryDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'bakery-'));
  const db = await database();
  for (const name of names ?? Object.keys(bakeryFiles()).map((file) => file.replace('.csv', ''))) {
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, bakeryFiles()[`${name}.csv`]!);
    await db.run(`CREATE TABLE ${name} AS FROM read_csv('${path}')`);
  }
  const close = (): void => {
    db.closeSync();
    rmSync(folder, { recursive: true });
  };
  return { db, folder, close };
}
