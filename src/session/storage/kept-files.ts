import { LevainError } from '../../base/problem';
import type { Database, LevainDatabase } from './database';
import { storageFull, storageProblem } from './problems';
import type { Settings } from './settings';

/** A data file that is kept in the browser. */
export interface KeptFile {
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly kept: number;
  readonly sha256?: string;
}

/**
 * The data files that the reader agreed to keep, by notebook and name. The browser copies a `File` from disk to disk:
 * its bytes never pass through the page.
 */
export class KeptFiles {
  readonly #database: Database;
  readonly #settings: Settings;

  constructor(database: Database, settings: Settings) {
    this.#database = database;
    this.#settings = settings;
  }

  /**
   * Keeps a file under the name by which the notebook knows it, in place of an earlier one. The first time it asks the
   * browser not to clear the site's storage by itself. Throws `storage-full` (before copying, where the browser says
   * how much room there is), `storage-denied`, `file-not-kept`.
   */
  async keep(notebook: string, file: File, about: { name?: string; sha256?: string } = {}): Promise<void> {
    const name = about.name ?? file.name;
    this.#askOnceToPersist();
    const { free } = await storageRoom();
    if (free !== undefined && file.size > free) throw new LevainError({ ...storageFull('file'), subject: name });
    const { sha256 } = about;
    const row = {
      notebook,
      name,
      size: file.size,
      kept: Date.now(),
      file,
      ...(sha256 === undefined ? {} : { sha256 }),
    };
    await this.#with('keep-file', name, async (database) => {
      const transaction = database.transaction('files', 'readwrite', { durability: 'strict' });
      // The request fails with the transaction, and the transaction says why.
      transaction.store.put(row).catch(() => {});
      await transaction.done;
    });
  }

  /** The kept file, or undefined where there is none; throws `storage-unreadable` when the browser has lost its bytes. */
  async fileFor(notebook: string, name: string): Promise<File | undefined> {
    return this.#with('read', name, async (database) => {
      const row = await database.get('files', [notebook, name]);
      if (!row) return undefined;
      await row.file.slice(0, 1).arrayBuffer();
      return new File([row.file], name, { type: row.file.type, lastModified: row.file.lastModified });
    });
  }

  /** What is kept for a notebook. */
  async kept(notebook: string): Promise<KeptFile[]> {
    return this.#with('read', undefined, async (database) => {
      const rows = await database.getAll('files', allOf(notebook));
      return rows.map(({ name, size, kept, sha256 }) => ({
        name,
        size,
        kept,
        ...(sha256 === undefined ? {} : { sha256 }),
      }));
    });
  }

  /** Forgets one file of a notebook, or all. */
  async forget(notebook: string, name?: string): Promise<void> {
    await this.#with('save', name, (database) =>
      database.delete('files', name === undefined ? allOf(notebook) : IDBKeyRange.only([notebook, name])),
    );
  }

  /** The answer is not waited for: Firefox puts the question to the reader, who may leave it open. */
  #askOnceToPersist(): void {
    if (this.#settings.get('askedToPersist')) return;
    this.#settings.set('askedToPersist', true);
    navigator.storage?.persist?.().catch(() => false);
  }

  async #with<T>(
    during: 'save' | 'read' | 'keep-file',
    subject: string | undefined,
    use: (database: LevainDatabase) => Promise<T>,
  ): Promise<T> {
    try {
      return await use(await this.#database.connect());
    } catch (error) {
      throw error instanceof LevainError
        ? error
        : new LevainError(storageProblem(error, during, subject), { cause: error });
    }
  }
}

/** Bytes used and free in the site's storage, as far as the browser tells. */
export async function storageRoom(): Promise<{ used?: number; free?: number }> {
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  if (estimate?.usage === undefined || estimate.quota === undefined) return {};
  return { used: estimate.usage, free: Math.max(0, estimate.quota - estimate.usage) };
}

const allOf = (notebook: string): IDBKeyRange => IDBKeyRange.bound([notebook], [notebook, []]);
