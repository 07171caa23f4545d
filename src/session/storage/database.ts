import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { delay } from '../../base/delay';
import { LevainError } from '../../base/problem';
import type { RunRecord } from '../run-record';
import { storageProblem } from './problems';

/** A notebook without its text: what the list shows, and what its writer must know to write the next version. */
export interface NotebookRow {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970, as all times here. */
  readonly created: number;
  readonly updated: number;
  readonly opened: number;
  /** Length of the text in UTF-16 units. */
  readonly size: number;
  /** Names of the data files that the notebook reads. */
  readonly files: readonly string[];
  readonly revision: number;
  /** The tab that may write (see `fences`). */
  readonly writer: string;
  /** The versions that are kept, newest first. */
  readonly history: readonly VersionEntry[];
  /** When the reader removed it; it can be restored until it is purged. */
  readonly removed?: number;
}

export interface VersionEntry {
  readonly revision: number;
  readonly saved: number;
  readonly size: number;
}

export interface VersionRow {
  readonly id: string;
  readonly revision: number;
  readonly saved: number;
  readonly text: string;
  /** CRC-32 of id, revision and text. */
  readonly checksum: number;
}

export interface FileRow {
  readonly notebook: string;
  readonly name: string;
  readonly size: number;
  readonly kept: number;
  readonly sha256?: string;
  readonly file: File;
}

export interface RunRow {
  readonly notebook: string;
  readonly run: RunRecord;
}

export interface LevainSchema extends DBSchema {
  notebooks: { key: string; value: NotebookRow };
  versions: { key: [string, number]; value: VersionRow };
  /**
   * Writers that may write no more. Every write adds its own writer here and deletes it again in the same transaction:
   * when the writer is fenced the `add` fails and the whole write with it. A compare-and-set without a read, so that a
   * write can be issued in one go while the page is going away.
   */
  fences: { key: string; value: { readonly writer: string; readonly since: number } };
  files: { key: [string, string]; value: FileRow };
  /** What ran, in the order in which it ended: keys only grow. */
  runs: { key: number; value: RunRow; indexes: { notebook: string } };
}

export type LevainDatabase = IDBPDatabase<LevainSchema>;

/** While the browser still clears a site's storage it cuts off whoever opens it: the next attempts find it ready. */
const ATTEMPTS = 6;
const PAUSE_MILLISECONDS = 50;

/** The connection to the browser's storage, opened when it is first needed and again when the browser has cut it. */
export class Database {
  readonly #name: string;
  readonly #onCleared: () => void;
  #opening: Promise<LevainDatabase> | undefined;
  #connected: LevainDatabase | undefined;

  /** `onCleared` is called when the browser closes the connection by itself: the site's storage was cleared. */
  constructor(name: string, onCleared: () => void) {
    this.#name = name;
    this.#onCleared = onCleared;
  }

  /** The open connection, if there is one now. */
  get connected(): LevainDatabase | undefined {
    return this.#connected;
  }

  /** Opens the database; throws a {@link LevainError} `storage-denied` or `storage-newer` where that is impossible. */
  async connect(): Promise<LevainDatabase> {
    this.#opening ??= this.#open();
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  close(): void {
    this.#connected?.close();
    this.#forget();
  }

  async #open(): Promise<LevainDatabase> {
    for (let attempt = 1; ; attempt++) {
      try {
        return (this.#connected = await this.#openOnce());
      } catch (error) {
        if (!isAbort(error) || attempt === ATTEMPTS) {
          throw new LevainError(storageProblem(error, 'open'), { cause: error });
        }
        await delay(attempt * PAUSE_MILLISECONDS);
      }
    }
  }

  #openOnce(): Promise<LevainDatabase> {
    return openDB<LevainSchema>(this.#name, 2, {
      upgrade(database, from) {
        if (from < 1) {
          database.createObjectStore('notebooks', { keyPath: 'id' });
          database.createObjectStore('versions', { keyPath: ['id', 'revision'] });
          database.createObjectStore('fences', { keyPath: 'writer' });
          database.createObjectStore('files', { keyPath: ['notebook', 'name'] });
        }
        database.createObjectStore('runs', { autoIncrement: true }).createIndex('notebook', 'notebook');
      },
      blocking: () => this.close(),
      terminated: () => {
        this.#forget();
        this.#onCleared();
      },
    });
  }

  #forget(): void {
    this.#connected = undefined;
    this.#opening = undefined;
  }
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
