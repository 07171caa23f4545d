import type { Ran, RunData, RunRecord } from '../run-record';
import type { Database } from './database';

/** Of each notebook the newest runs are kept. */
const MOST_RUNS = 2_000;

export interface RunLogOptions {
  /** The SHA-256 of a file's or a text's bytes. */
  readonly sha256: (content: Blob) => Promise<string>;
  readonly most?: number;
  /** Resolves when nothing works for the reader: a large file's hash takes a processor for a while, and waits so long. */
  readonly atRest?: () => Promise<unknown>;
}

/** A hash waits no longer than this, in milliseconds. */
const PATIENCE = 20_000;
/** A file of this size, in bytes, is hashed at once. */
const SMALL = 5_000_000;

/**
 * What was run in each notebook, with which data, when and for how long. It is kept in the browser beside the notebooks;
 * where the browser keeps nothing, the runs of this visit are known until the page goes.
 */
export class RunLog {
  readonly #database: Database;
  readonly #sha256: RunLogOptions['sha256'];
  readonly #most: number;
  readonly #atRest: () => Promise<unknown>;
  /** Ends what waits: the runs are asked for. */
  #hurry: () => void = () => undefined;
  #hurried: Promise<void>;
  /** A file is read once for its hash, however many runs rest on it. */
  readonly #hashes = new WeakMap<File, Promise<string | undefined>>();
  readonly #texts = new Map<string, Promise<string>>();
  /** Runs that the browser did not keep. */
  readonly #unkept: { readonly notebook: string; readonly run: RunRecord }[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(database: Database, { sha256, most = MOST_RUNS, atRest = () => Promise.resolve() }: RunLogOptions) {
    this.#database = database;
    this.#sha256 = sha256;
    this.#most = most;
    this.#atRest = atRest;
    this.#hurried = this.#patience();
  }

  /** Notes a run; one after the other, in the order in which they ended. Never rejects. */
  add(notebook: string, ran: Ran): void {
    this.#writing = this.#writing.then(async () => {
      const run = await this.#record(ran);
      try {
        await this.#keep(notebook, run);
      } catch {
        this.#unkept.push({ notebook, run });
      }
    });
  }

  /** The runs of a notebook, newest first, those that have just ended too. */
  async of(notebook: string): Promise<RunRecord[]> {
    this.#hurry();
    await this.#writing;
    this.#hurried = this.#patience();
    const unkept = this.#unkept.filter((row) => row.notebook === notebook);
    const database = await this.#database.connect().catch(() => undefined);
    const kept = database ? await database.getAllFromIndex('runs', 'notebook', notebook) : [];
    return [...kept, ...unkept].map(({ run }) => run).reverse();
  }

  async #keep(notebook: string, run: RunRecord): Promise<void> {
    const database = this.#database.connected ?? (await this.#database.connect());
    const transaction = database.transaction('runs', 'readwrite');
    await transaction.store.add({ notebook, run });
    const index = transaction.store.index('notebook');
    const beyond = (await index.count(notebook)) - this.#most;
    if (beyond > 0) for (const key of await index.getAllKeys(notebook, beyond)) await transaction.store.delete(key);
    await transaction.done;
  }

  async #record({ text, files, ...ran }: Ran): Promise<RunRecord> {
    const source = text === undefined ? undefined : await this.#hashOfText(text);
    const data = await Promise.all(files.map((file) => this.#data(file)));
    return { ...ran, ...(source !== undefined && { source }), data };
  }

  async #data({ name, table, file, rows }: Ran['files'][number]): Promise<RunData> {
    let hash = this.#hashes.get(file);
    if (!hash) this.#hashes.set(file, (hash = this.#hashOfFile(file).catch(() => undefined)));
    const sha256 = await hash;
    return { file: name, table, ...(sha256 !== undefined && { sha256 }), ...(rows !== undefined && { rows }) };
  }

  async #hashOfFile(file: File): Promise<string> {
    if (file.size > SMALL) {
      const timeout = new Promise((resolve) => setTimeout(resolve, PATIENCE));
      await Promise.race([this.#atRest(), this.#hurried, timeout]);
    }
    return this.#sha256(file);
  }

  #patience(): Promise<void> {
    return new Promise((resolve) => (this.#hurry = resolve));
  }

  /** A cell is run many times over with the same text. */
  #hashOfText(text: string): Promise<string | undefined> {
    let hash = this.#texts.get(text);
    if (!hash) {
      hash = this.#sha256(new Blob([text]));
      if (this.#texts.size > 500) this.#texts.clear();
      this.#texts.set(text, hash);
    }
    return hash.catch(() => undefined);
  }
}
