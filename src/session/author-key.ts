import { openDB, type DBSchema } from 'idb';

interface AuthorSchema extends DBSchema {
  keys: { key: string; value: { readonly name: string; readonly pair: CryptoKeyPair } };
}

export interface Author {
  readonly name: string;
  readonly pair: CryptoKeyPair;
}

/** Who signs in this browser: the name last used, and the key, which the browser keeps and lets nobody take out. */
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

  async #with<T>(work: (database: Awaited<ReturnType<typeof openAuthors>>) => Promise<T>): Promise<T> {
    const database = await openAuthors(this.#database);
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }
}

const openAuthors = (name: string) =>
  openDB<AuthorSchema>(name, 1, { upgrade: (database) => void database.createObjectStore('keys') });
