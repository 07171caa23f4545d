import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from '@duckdb/duckdb-wasm';
import { concat } from '../base/concat';
import { LevainError, problemOf } from '../base/problem';
import type { Assets } from './assets';
import { hear, MESSAGES } from './duckdb-wall';
import { startDuckdb } from './duckdb-worker';
import type { LoadedExtension } from './engine';
import { engineError } from './errors';
import { shims } from './shims';
import { SpareMemory } from './spare-memory';

/** Files given to DuckDB stand in this folder, the only one it may read. */
export const USER_FOLDER = 'user/';

/** How long the WebAssembly module may take to stand before the start counts as failed. */
const START_LIMIT = 60_000;

/** Statements that may be under way at once; further ones wait for their turn. */
const CONNECTIONS = 8;

/** A statement works this long before it looks whether it was cancelled, in milliseconds. */
const POLLING_INTERVAL = 50;

/** How far a statement has come is told of those that take longer, in milliseconds. */
const PROGRESS_AFTER = 1_000;

const END_OF_STREAM = new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0]);

/** Takes the messages of a result one after the other: the schema first, then a batch each. */
export type OnMessage = (message: Uint8Array) => void | Promise<void>;

/**
 * One DuckDB in its own worker, locked. Results come as Arrow IPC messages (schema first).
 *
 * Rows are never taken by `conn.query()`: that cuts a result short, without an error, when a late row fails. A pending
 * query is computed whole before its first row is fetched, and a failure anywhere rejects. Each statement has a
 * connection of its own, since a second statement on a connection truncates the first one's result.
 */
export class Database {
  /** What rows that were appended travelled in, for those that follow. */
  readonly memory = new SpareMemory();
  /** What was loaded of what stands beside the page, and why the rest was not. */
  readonly extensions: LoadedExtension[] = [];
  /** Told how far a long statement has come, 0 to 1, as far as DuckDB knows; the signal is the one it was begun with. */
  onProgress: (signal: AbortSignal, share: number) => void = () => {};
  readonly #duckdb: AsyncDuckDB;
  readonly #worker: Worker;
  readonly #free: number[] = [];
  readonly #waiting: ((connection: number) => void)[] = [];
  /** The signals of the statements under way, by connection. */
  readonly #signals = new Map<number, AbortSignal>();
  readonly #died: Promise<never>;
  #die: (error: LevainError) => void = () => {};
  #dead: LevainError | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#died = new Promise((_, reject) => (this.#die = reject));
    this.#died.catch(() => {});
    hear(worker, (said) => {
      if (said.type === MESSAGES.memory) return this.memory.giveBack(said.memory);
      const signal = this.#signals.get(said.connection);
      if (signal && said.share > 0) this.onProgress(signal, Math.min(1, said.share));
    });
    this.#duckdb = new AsyncDuckDB(new VoidLogger(), worker);
    worker.addEventListener('error', (event) => {
      this.terminate(new LevainError({ code: 'engine-start', message: `The database stopped: ${event.message}` }));
    });
  }

  /** Starts the worker, instantiates, locks. Rejects with `engine-start`. */
  static async open(assets: Assets): Promise<Database> {
    requireWebAssembly();
    const database = new Database(startDuckdb(assets));
    const timer = setTimeout(() => {
      const message = `The database did not start within ${START_LIMIT / 1000} seconds.`;
      database.terminate(new LevainError({ code: 'engine-start', message, hint: 'Reload the page.' }));
    }, START_LIMIT);
    try {
      await database.#alive(database.#duckdb.instantiate(assets.wasm, null));
      await database.#alive(
        database.#duckdb.open({
          path: ':memory:',
          maximumThreads: 1,
          query: { queryPollingInterval: POLLING_INTERVAL, castBigIntToDouble: false, castTimestampToDate: false },
        }),
      );
      await database.#prepare(assets.extensions.map(({ name }) => name));
      return database;
    } catch (error) {
      database.terminate(database.#dead ?? startError(error));
      throw database.#dead ?? startError(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async #prepare(extensions: readonly string[]): Promise<void> {
    // Sent all at once, and statements in one text: each answer waited for would delay the first query.
    const connecting = Array.from({ length: CONNECTIONS }, async () => {
      const connection = await this.#alive(this.#duckdb.connectInternal());
      await this.runOn(connection, OF_CONNECTION.join(';\n'));
      this.#free.push(connection);
    });
    await Promise.all(connecting);
    for (const name of extensions) {
      const problem = await this.run(`LOAD ${name}`).then(() => undefined, problemOf);
      this.extensions.push({ name, ...(problem && { problem }) });
    }
    const has = (name: string): boolean => this.extensions.some((loaded) => loaded.name === name && !loaded.problem);
    await this.run([...shims(has), PLANNING, ...LOCK].join(';\n'));
  }

  /** All rows of the last statement of `text`, as Arrow IPC messages: the schema first, then the batches. */
  async run(text: string, signal?: AbortSignal): Promise<Uint8Array[]> {
    const messages: Uint8Array[] = [];
    await this.stream(text, (message) => void messages.push(message), signal);
    return messages;
  }

  /** As `run`, but hands each message over and keeps none. */
  stream(text: string, onMessage: OnMessage, signal?: AbortSignal): Promise<void> {
    return this.session((connection) => this.#pending(connection, text, onMessage, signal));
  }

  /** Runs `work` on one connection, for statements that share a transaction: a failure rolls it back. */
  async session<T>(work: (connection: number) => Promise<T>): Promise<T> {
    const connection = await this.#take();
    try {
      return await work(connection);
    } catch (error) {
      // Ends what may be open on it: a transaction, a result that was not read to its end.
      if (!this.#dead) await this.#pending(connection, 'ROLLBACK', () => {}).catch(() => {});
      throw error;
    } finally {
      this.#release(connection);
    }
  }

  /** A statement on a connection of `session`. */
  async runOn(connection: number, text: string, signal?: AbortSignal): Promise<Uint8Array[]> {
    const messages: Uint8Array[] = [];
    await this.#pending(connection, text, (message) => void messages.push(message), signal);
    return messages;
  }

  /**
   * Inserts Arrow IPC stream bytes into the new table `name`. The end of the stream is written behind them here: without
   * it DuckDB-WASM waits for more and makes no table, and given in a second call it reads bytes it has already freed.
   */
  insertArrow(name: string, bytes: Uint8Array): Promise<void> {
    const whole = concat([bytes, END_OF_STREAM]);
    return this.session(async (connection) => {
      try {
        await this.#alive(this.#duckdb.insertArrowFromIPCStream(connection, whole, { name, create: true }));
      } catch (error) {
        throw this.#dead ?? engineError(error);
      }
    });
  }

  /**
   * Appends the rows of a whole Arrow IPC stream, its end included, to the table `name`, by position. The bytes are moved,
   * not copied, and come back to `memory`.
   */
  appendArrow(name: string, bytes: Uint8Array): Promise<void> {
    return this.session(async (connection) => {
      try {
        await this.#alive(this.#duckdb.insertArrowFromIPCStream(connection, bytes, { name, create: false }));
      } catch (error) {
        throw this.#dead ?? engineError(error);
      }
    });
  }

  /** Says that a table of about so many bytes is about to be appended: memory for it is made ready while nothing else is asked. */
  expect(bytes: number): void {
    this.#worker.postMessage({ type: MESSAGES.room, bytes });
  }

  /** Makes a file readable for SQL under `user/<name>`, streamed through its handle. */
  async registerFile(name: string, file: File): Promise<string> {
    const path = `${USER_FOLDER}${name}`;
    const protocol = DuckDBDataProtocol.BROWSER_FILEREADER;
    await this.#alive(this.#duckdb.registerFileHandle(path, file, protocol, true));
    return path;
  }

  /** Makes bytes readable for SQL under `user/<name>`. The bytes are moved, not copied. */
  async registerBytes(name: string, bytes: Uint8Array): Promise<string> {
    const path = `${USER_FOLDER}${name}`;
    await this.#alive(this.#duckdb.registerFileBuffer(path, bytes));
    return path;
  }

  /** Forgets a registered file. */
  async dropFile(path: string): Promise<void> {
    await this.#alive(this.#duckdb.dropFile(path));
  }

  version(): Promise<string> {
    return this.#alive(this.#duckdb.getVersion());
  }

  /** Ends the worker at once. Everything under way rejects with `reason`, since the library leaves it pending for ever. */
  terminate(reason: LevainError): void {
    if (this.#dead) return;
    this.#dead = reason;
    this.#worker.terminate();
    this.#duckdb.detach();
    this.#die(reason);
  }

  async #pending(connection: number, text: string, onMessage: OnMessage, signal?: AbortSignal): Promise<void> {
    if (signal) this.#signals.set(connection, signal);
    try {
      signal?.throwIfAborted();
      let header = await this.#alive(this.#duckdb.startPendingQuery(connection, text, false));
      while (header === null) {
        signal?.throwIfAborted();
        header = await this.#alive(this.#duckdb.pollPendingQuery(connection));
      }
      await onMessage(header);
      for (;;) {
        signal?.throwIfAborted();
        const message = await this.#alive(this.#duckdb.fetchQueryResults(connection));
        if (message === null) continue;
        if (message.length === 0) return;
        await onMessage(message);
      }
    } catch (error) {
      if (this.#dead) throw this.#dead;
      if (signal?.aborted) {
        await this.#alive(this.#duckdb.cancelPendingQuery(connection)).catch(() => {});
        throw cancelledError();
      }
      throw error instanceof LevainError ? error : engineError(error, text);
    } finally {
      this.#signals.delete(connection);
    }
  }

  async #take(): Promise<number> {
    if (this.#dead) throw this.#dead;
    return this.#free.pop() ?? this.#alive(new Promise<number>((resolve) => this.#waiting.push(resolve)));
  }

  #release(connection: number): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#free.push(connection);
  }

  #alive<T>(work: Promise<T>): Promise<T> {
    if (this.#dead) return Promise.reject(this.#dead);
    return Promise.race([work, this.#died]);
  }
}

/** Settings that each connection has of its own, but for the last; once the settings are locked they cannot be set. */
const OF_CONNECTION: readonly string[] = [
  'SET errors_as_json=true',
  'SET enable_progress_bar=true',
  `SET progress_bar_time=${PROGRESS_AFTER}`,
  // Extensions are looked for beside the page, and not where DuckDB offers them.
  "SET custom_extension_repository='ext'",
];

/**
 * DuckDB packs texts and numbers into the fewest bytes before it sorts and groups them. In WebAssembly the packing of
 * texts into 128 bits takes longer than it saves: without it rows are sorted by a text in a third to a half of the time,
 * and a join grouped by one takes four fifths; by whole numbers alone they are sorted in 1.8 times the time.
 */
const PLANNING = "SET disabled_optimizers='compressed_materialization'";

/** DuckDB's own wall: no network, no extensions, no files but those registered, and no way to change that. */
const LOCK: readonly string[] = [
  'SET autoload_known_extensions=false',
  'SET autoinstall_known_extensions=false',
  'SET allow_community_extensions=false',
  `SET allowed_directories=['${USER_FOLDER}']`,
  'SET enable_external_access=false',
  'SET lock_configuration=true',
];

export function cancelledError(): LevainError {
  return new LevainError({ code: 'cancelled', message: 'The run was cancelled.' });
}

function startError(cause: unknown): LevainError {
  const message = `The database could not start: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new LevainError(
    { code: 'engine-start', message, hint: 'Reload the page, or try another browser.' },
    { cause },
  );
}

/** Instantiation hangs, rather than fails, where the policy forbids WebAssembly: ask with the smallest module. */
function requireWebAssembly(): void {
  try {
    new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  } catch (cause) {
    const message = 'This browser, or a policy of this site, does not allow WebAssembly, which the database needs.';
    throw new LevainError({ code: 'engine-start', message, hint: 'Open the page in another browser.' }, { cause });
  }
}
