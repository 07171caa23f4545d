import { LevainError, problemOf } from '../../base/problem';
import { decodeTable } from '../../table/decode';
import type { Assets } from '../assets';
import { cancelledError, Database } from '../database';
import { identifier, text } from '../literal';
import { checkHeader, damaged } from './header';

/** Under this name the file's database stands in the one made for it. */
export const ATTACHED = 'levain_file';

/** How long the database may take to open the file and to say what is in it, in milliseconds. */
const OPENING_LIMIT = 60_000;

/** The database that holds nothing but the file, as {@link ATTACHED}. */
export interface Attached {
  /** As that of `Database`; what fails for changed bytes rejects with `duckdb-damaged`. */
  readonly run: (text: string) => Promise<Uint8Array[]>;
  /** It has said what is in the file: from here on it may take its time. */
  readonly opened: () => void;
}

/**
 * Opens a database file, to read only, in a database of its own that ends with `work`: nothing else is in that one, neither
 * tables nor files, and it has the same lock, so that a view of the file can reach only the file. What a damaged file does
 * to it (it may wait for ever, or fall) the notebook's own does not feel.
 *
 * Rejects with the problems of `checkHeader`, with `duckdb-damaged` for what the database finds, or with `cancelled`.
 */
export async function withAttached<T>(
  assets: Assets,
  file: File,
  signal: AbortSignal,
  work: (attached: Attached) => Promise<T>,
): Promise<T> {
  await checkHeader(file);
  if (signal.aborted) throw cancelledError();
  const database = await Database.open(assets);
  const stop = (): void => database.terminate(cancelledError());
  signal.addEventListener('abort', stop, { once: true });
  const late = (): void =>
    database.terminate(damaged(file, `the database did not open it within ${OPENING_LIMIT / 1000} seconds`));
  const timer = setTimeout(late, OPENING_LIMIT);
  try {
    if (signal.aborted) throw cancelledError();
    const run = (sql: string): Promise<Uint8Array[]> =>
      database.run(sql).catch((error: unknown) => {
        throw asOfFile(error, file);
      });
    const path = await database.registerFile('attached.duckdb', file);
    await run(`ATTACH ${text(path)} AS ${identifier(ATTACHED)} (READ_ONLY)`);
    return await work({ run, opened: () => clearTimeout(timer) });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    database.terminate(new LevainError({ code: 'engine-closed', message: `${file.name} was closed.` }));
  }
}

/** What the database says of bytes that were changed is said of the file. */
function asOfFile(error: unknown, file: File): unknown {
  const { code, message } = problemOf(error);
  if (/^(?:io|serialization|internal|fatal|crashed|invalid|invalid-input|engine)$/.test(code)) {
    return damaged(
      file,
      message.replace(/\s*\n[\s\S]*$|\.$/g, '').replace(/^\w/, (letter) => letter.toLowerCase()),
      error,
    );
  }
  return error;
}

/** The rows of a statement as plain objects. */
export async function rowsOf(attached: Pick<Attached, 'run'>, sql: string): Promise<Record<string, unknown>[]> {
  return decodeTable(await attached.run(sql)).toArray() as Record<string, unknown>[];
}
