import { LevainError, problemOf, type Problem } from '../../base/problem';
import { Autosave, textOf, type SaveState, type Written } from './autosave';
import { Database, type NotebookRow, type VersionEntry } from './database';
import { claimNotebook, markRemoved, purgeRemoved, readNotebook, readVersion, writeVersion } from './notebook-rows';
import { Ownership } from './ownership';
import { damagedNotebook, damagedVersion, openElsewhere, storageCleared, storageProblem, takenOver } from './problems';
import { isWhole, sealVersion, thinVersions } from './versions';

/** Whether this tab may write the notebook: `reading` when another tab held it on opening, `lost` when one took it over. */
export type Hold = 'writing' | 'reading' | 'lost';

export interface NotebookStatus {
  readonly id: string;
  readonly hold: Hold;
  readonly save: SaveState;
  /** Why it is not saved, or what the reader should know about what was opened. */
  readonly problem?: Problem;
}

export interface OpenedNotebook {
  readonly row: NotebookRow;
  readonly text: string;
  readonly status: NotebookStatus;
}

export type StoreChange =
  | { readonly kind: 'status'; readonly status: NotebookStatus }
  /** Notebooks were added, removed or renamed, here or in another tab. */
  | { readonly kind: 'list' }
  /** Another tab saved the notebook: a tab that only reads it may open it again. */
  | { readonly kind: 'saved-elsewhere'; readonly id: string };

export interface NotebookStoreOptions {
  /** What the list shows of a text. Called at each write, so it must not throw on a broken notebook. */
  readonly describe: (text: string) => { readonly title: string; readonly files: readonly string[] };
  /** Name of the database, the locks and the channel. */
  readonly name?: string;
  readonly locks?: LockManager | undefined;
  readonly now?: () => number;
}

interface Held {
  row: NotebookRow;
  text: Written;
  hold: Hold;
  notice: Problem | undefined;
  readonly autosave: Autosave;
}

const DAY = 86_400_000;
const REMOVED_STAYS = 30 * DAY;
const FENCE_STAYS = 365 * DAY;

/**
 * The notebooks kept in the browser. A notebook is its `.nb.md` text in versions, of which several are kept; one tab at
 * a time writes it; each text given to `save` is written within 300 ms. Where the browser refuses to keep anything the
 * notebooks live on in memory, with status `unsaved` and the problem.
 */
export class NotebookStore {
  readonly #options: Required<Omit<NotebookStoreOptions, 'locks'>>;
  readonly #database: Database;
  readonly #ownership: Ownership;
  readonly #held = new Map<string, Held>();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #leaving = new AbortController();

  constructor(options: NotebookStoreOptions) {
    this.#options = { name: 'levain', now: Date.now, ...options };
    this.#database = new Database(this.#options.name, () => this.#saveAllAgain());
    this.#ownership = new Ownership({
      name: this.#options.name,
      locks: 'locks' in options ? options.locks : globalThis.navigator?.locks,
      onYield: (id) => this.#yield(id),
      onStolen: (id) => this.#lose(id),
      onElsewhere: (id) => this.#tell(id === undefined ? { kind: 'list' } : { kind: 'saved-elsewhere', id }),
    });
    const { signal } = this.#leaving;
    globalThis.addEventListener('pagehide', () => void this.flush(), { signal });
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') void this.flush();
    };
    globalThis.document?.addEventListener('visibilitychange', onVisibility, { signal });
  }

  /** The connection, for what is kept beside the notebooks (data files). */
  get database(): Database {
    return this.#database;
  }

  /** Opens the storage and deletes what was removed more than 30 days ago; gives the problem where storage is denied. */
  async start(): Promise<Problem | undefined> {
    try {
      await this.purge(REMOVED_STAYS);
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  /** The notebooks, last opened first; `removed` gives those that can be restored. In memory only, the open ones. */
  async list(which: 'kept' | 'removed' = 'kept'): Promise<NotebookRow[]> {
    const rows = new Map<string, NotebookRow>();
    try {
      for (const row of await (await this.#database.connect()).getAll('notebooks')) rows.set(row.id, row);
    } catch (error) {
      if (problemOf(error).code !== 'storage-denied') throw reading(error);
    }
    for (const { row, hold } of this.#held.values()) if (hold === 'writing') rows.set(row.id, row);
    return [...rows.values()]
      .filter((row) => (row.removed === undefined) === (which === 'kept'))
      .sort((a, b) => b.opened - a.opened);
  }

  /** A new notebook, held by this tab and written before this resolves (or with status `unsaved` and the problem). */
  async create(text: string, id = newNotebookId()): Promise<OpenedNotebook> {
    const now = this.#options.now();
    await this.#ownership.hold(id);
    const held = this.#hold(
      {
        ...this.#options.describe(text),
        id,
        created: now,
        updated: now,
        opened: now,
        size: text.length,
        revision: 0,
        writer: randomName(24),
        history: [],
      },
      text,
      'writing',
    );
    this.save(id, text);
    await held.autosave.flush();
    this.#announceList();
    return this.#opened(held);
  }

  /**
   * Opens a notebook for writing, or for reading when another tab writes it (status `reading`, problem
   * `open-elsewhere`). Opens the newest version that is whole; a damaged one is told as the status' problem.
   * Throws `notebook-missing`, `storage-denied`.
   */
  async open(id: string): Promise<OpenedNotebook> {
    const held = this.#held.get(id);
    if (held?.hold === 'writing') return this.#opened(held);
    return this.#read(id, await this.#ownership.hold(id));
  }

  /** Opens a notebook for writing and leaves the tab that wrote it (having saved what it could) without it. */
  async takeOver(id: string): Promise<OpenedNotebook> {
    await this.#ownership.take(id);
    return this.#read(id, true);
  }

  /** Takes the newest text of a notebook held for writing; does nothing (but the status says so) when it is not. */
  save(id: string, text: Written): void {
    const held = this.#held.get(id);
    if (!held) throw new Error(`Notebook ${id} is not open`);
    held.text = text;
    if (held.hold === 'writing') held.autosave.save(text);
    else this.#report(held);
  }

  /** Starts writing what is pending at once; resolves when it is written or has failed (see the status). */
  async flush(): Promise<void> {
    await Promise.all([...this.#held.values()].map(({ autosave }) => autosave.flush()));
  }

  /** Writes what is pending and lets the notebook go. */
  async close(id: string): Promise<void> {
    const held = this.#held.get(id);
    if (!held) return;
    await held.autosave.flush();
    held.autosave.stop();
    this.#held.delete(id);
    this.#ownership.release(id);
  }

  /** Removes a notebook; `restore` brings it back until it is purged. Throws `open-elsewhere` when another tab writes it. */
  async remove(id: string): Promise<void> {
    const database = await this.#database.connect();
    if (!(await this.#ownership.hold(id))) {
      const row = await database.get('notebooks', id);
      throw new LevainError(openElsewhere(row?.title ?? id));
    }
    await this.close(id);
    await markRemoved(database, id, randomName(24), this.#options.now(), this.#options.now());
    this.#ownership.release(id);
    this.#announceList();
  }

  async restore(id: string): Promise<void> {
    await markRemoved(await this.#database.connect(), id, randomName(24), undefined, this.#options.now());
    this.#announceList();
  }

  /** Deletes for good what was removed at least `age` milliseconds ago; gives how many notebooks. */
  async purge(age = 0): Promise<number> {
    const now = this.#options.now();
    const count = await purgeRemoved(await this.#database.connect(), now - age, now - FENCE_STAYS);
    if (count > 0) this.#announceList();
    return count;
  }

  /** The versions that are kept of a notebook, newest first, what is pending written. */
  async versions(id: string): Promise<readonly VersionEntry[]> {
    const held = this.#held.get(id);
    await held?.autosave.flush();
    if (held?.hold === 'writing') return held.row.history;
    return (await (await this.#database.connect()).get('notebooks', id))?.history ?? [];
  }

  /** The text of an earlier version (see `versions`); undefined when it is gone or damaged. */
  async version(id: string, revision: number): Promise<string | undefined> {
    const row = await readVersion(await this.#database.connect(), [id, revision]);
    return row && isWhole(row) ? row.text : undefined;
  }

  status(id: string): NotebookStatus | undefined {
    const held = this.#held.get(id);
    return held && statusOf(held);
  }

  /** Calls the listener at each change until the function it returns is called. */
  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes what is pending and lets everything go. */
  async stop(): Promise<void> {
    this.#leaving.abort();
    for (const id of [...this.#held.keys()]) await this.close(id);
    this.#ownership.close();
    this.#database.close();
  }

  async #read(id: string, owned: boolean): Promise<OpenedNotebook> {
    try {
      const database = await this.#database.connect();
      const claimed = owned ? await claimNotebook(database, id, randomName(24), this.#options.now()) : undefined;
      const read = await readNotebook(database, id);
      const row = claimed ?? read.row;
      this.#held.get(id)?.autosave.stop();
      const held = this.#hold(row, read.text, owned ? 'writing' : 'reading');
      if (read.saved === undefined) held.notice = damagedNotebook(row.title);
      else if (read.skipped > 0) held.notice = damagedVersion(row.title, read.skipped, read.saved);
      return this.#opened(held);
    } catch (error) {
      if (owned) this.#ownership.release(id);
      throw reading(error, id);
    }
  }

  #hold(row: NotebookRow, text: string, hold: Hold): Held {
    const held: Held = {
      row,
      text,
      hold,
      notice: hold === 'reading' ? openElsewhere(row.title) : undefined,
      autosave: new Autosave({ write: (newest) => this.#write(held, newest), onChange: () => this.#report(held) }),
    };
    this.#held.set(row.id, held);
    return held;
  }

  /** Issues the write before it first yields, when the database is connected. */
  async #write(held: Held, text: string): Promise<void> {
    const database = this.#database.connected ?? (await this.#database.connect());
    const saved = this.#options.now();
    const revision = held.row.revision + 1;
    const all = [{ revision, saved, size: text.length }, ...held.row.history];
    const history = thinVersions(all);
    const titled = held.row.title;
    held.row = { ...held.row, ...this.#options.describe(text), updated: saved, size: text.length, revision, history };
    const dropped = all.filter((entry) => !history.includes(entry)).map((entry) => entry.revision);
    try {
      await writeVersion(database, held.row, sealVersion(held.row.id, revision, saved, text), dropped);
    } catch (error) {
      if (problemOf(error).code === 'taken-over') this.#lose(held.row.id);
      throw error instanceof LevainError ? error : new LevainError(storageProblem(error, 'save'), { cause: error });
    }
    if (held.notice?.code !== 'storage-cleared') held.notice = undefined;
    this.#ownership.announce(held.row.id);
    if (held.row.title !== titled) this.#announceList();
  }

  async #yield(id: string): Promise<void> {
    await this.#held.get(id)?.autosave.flush();
    this.#lose(id);
  }

  #lose(id: string): void {
    const held = this.#held.get(id);
    if (!held || held.hold === 'lost') return;
    held.autosave.stop();
    held.hold = 'lost';
    held.notice = takenOver(held.row.title);
    this.#ownership.release(id);
    this.#report(held);
  }

  /** The browser cleared the site's storage under us: what is open here is written anew, as a first version. */
  #saveAllAgain(): void {
    for (const held of this.#held.values()) {
      if (held.hold !== 'writing') continue;
      held.row = { ...held.row, history: [] };
      held.notice = storageCleared();
      held.autosave.save(held.text);
    }
    this.#tell({ kind: 'list' });
  }

  #announceList(): void {
    this.#ownership.announce();
    this.#tell({ kind: 'list' });
  }

  #opened(held: Held): OpenedNotebook {
    return { row: held.row, text: textOf(held.text), status: statusOf(held) };
  }

  #report(held: Held): void {
    this.#tell({ kind: 'status', status: statusOf(held) });
  }

  #tell(change: StoreChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

function statusOf({ row, hold, notice, autosave }: Held): NotebookStatus {
  const problem = autosave.problem ?? notice;
  const save = hold === 'lost' ? 'unsaved' : autosave.state;
  return { id: row.id, hold, save, ...(problem && { problem }) };
}

function reading(error: unknown, subject?: string): LevainError {
  return error instanceof LevainError
    ? error
    : new LevainError(storageProblem(error, 'read', subject), { cause: error });
}

/** An id that no notebook has, in any browser. */
export const newNotebookId = (): string => randomName(12);

/** Random letters and digits, from a source that is there without a secure context too. */
function randomName(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('');
}
