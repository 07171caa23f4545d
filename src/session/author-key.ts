import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

interface AuthorSchema extends DBSchema {
  keys: { key: string; value: Author };
  /** Names of others by the fingerprints of their keys. */
  known: { key: string; value: string };
}

export interface Author {
  readonly name: string;
  readonly pair: CryptoKeyPair;
}

/** What the reader has said of a signer's key. */
export interface Acquaintance {
  /** The name under which the reader knows the key. */
  readonly name?: string;
  /** The reader knows somebody of the signer's name by another key. */
  readonly otherKey: boolean;
}

/**
 * Who signs in this browser (the name last used, and a key that the browser lets nobody take out), and whose keys the
 * reader has said to know.
 */
export class AuthorKey {
  readonly #database: string;

  constructor(database = 'levain-author') {
    this.#database = database;
  }

  async get(): Promise<Author | undefined> {
    return this.#with((database) => database.get('keys', 'author'));
  }

  /** The key under a name, made by `make` where there is none yet. */
  async as(name: string, make: () => Promise<CryptoKeyPair>): Promise<Author> {
    const made = (await this.get())?.pair ?? (await make());
    return this.#with(async (database) => {
      const transaction = database.transaction('keys', 'readwrite');
      // Another tab may have made one meanwhile: there is one key in a browser.
      const author = { name, pair: (await transaction.store.get('author'))?.pair ?? made };
      await transaction.store.put(author, 'author');
      await transaction.done;
      return author;
    });
  }

  /** Whether the reader knows a key, and whether they know another of the same name. */
  async acquaintance(fingerprint: string, name: string): Promise<Acquaintance> {
    return this.#with(async (database) => {
      const known = await database.get('known', fingerprint);
      const others = known === undefined && (await database.getAll('known')).some((other) => sameName(other, name));
      return { ...(known !== undefined && { name: known }), otherKey: others };
    });
  }

  /** The reader says whose key it is. */
  async know(fingerprint: string, name: string): Promise<void> {
    await this.#with((database) => database.put('known', name, fingerprint));
  }

  async #with<T>(work: (database: IDBPDatabase<AuthorSchema>) => Promise<T>): Promise<T> {
    const database = await openDB<AuthorSchema>(this.#database, 1, {
      upgrade(created) {
        created.createObjectStore('keys');
        created.createObjectStore('known');
      },
    });
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }
}

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
