import { LevainError } from '../../base/problem';
import type { LevainDatabase, NotebookRow, VersionRow } from './database';
import { notebookMissing, takenOver } from './problems';
import { isWhole } from './versions';

/** What was read of a notebook: the newest version that is whole. */
export interface ReadNotebook {
  readonly row: NotebookRow;
  readonly text: string;
  /** How many newer versions could not be read. */
  readonly skipped: number;
  /** When the version was saved; absent when none is whole and `text` is what is left of the newest. */
  readonly saved?: number;
}

/**
 * Writes a version: every request is issued before the function first yields, so that a write begun while the page is
 * going away still arrives. Throws `taken-over` when another tab has become the notebook's writer.
 *
 * @param dropped revisions that are no longer kept
 */
export async function writeVersion(
  database: LevainDatabase,
  row: NotebookRow,
  version: VersionRow,
  dropped: readonly number[],
): Promise<void> {
  const transaction = database.transaction(['fences', 'notebooks', 'versions'], 'readwrite', { durability: 'strict' });
  let fenced = false;
  const note = (error: unknown): void => {
    fenced ||= error instanceof DOMException && error.name === 'ConstraintError';
  };
  const requests = [
    transaction.objectStore('fences').add({ writer: row.writer, since: 0 }),
    transaction.objectStore('fences').delete(row.writer),
    transaction.objectStore('versions').put(version),
    transaction.objectStore('notebooks').put(row),
    ...dropped.map((revision) => transaction.objectStore('versions').delete([row.id, revision])),
  ];
  // Only the transaction is waited for: waiting for its requests too hung about one time in five when storage was full.
  for (const request of requests) request.catch(note);
  transaction.commit();
  try {
    await transaction.done;
  } catch (error) {
    if (fenced) throw new LevainError(takenOver(row.title), { cause: error });
    throw error;
  }
}

/** Makes `writer` the only one that may write the notebook, and gives its row; throws `notebook-missing`. */
export async function claimNotebook(
  database: LevainDatabase,
  id: string,
  writer: string,
  now: number,
): Promise<NotebookRow> {
  return changeNotebook(database, id, (row) => ({ ...row, writer, opened: now }), now);
}

/** Marks the notebook removed (or, with `undefined`, not removed); whoever wrote it may write it no more. */
export async function markRemoved(
  database: LevainDatabase,
  id: string,
  writer: string,
  removed: number | undefined,
  now: number,
): Promise<void> {
  await changeNotebook(
    database,
    id,
    ({ removed: _, ...row }) => ({ ...row, writer, ...(removed === undefined ? {} : { removed }) }),
    now,
  );
}

async function changeNotebook(
  database: LevainDatabase,
  id: string,
  change: (row: NotebookRow) => NotebookRow,
  now: number,
): Promise<NotebookRow> {
  const transaction = database.transaction(['fences', 'notebooks'], 'readwrite', { durability: 'strict' });
  const row = await transaction.objectStore('notebooks').get(id);
  if (!row) throw new LevainError(notebookMissing(id));
  const changed = change(row);
  await transaction.objectStore('fences').put({ writer: row.writer, since: now });
  await transaction.objectStore('notebooks').put(changed);
  await transaction.done;
  return changed;
}

/** Reads the newest whole version; throws `notebook-missing` when there is nothing to read. */
export async function readNotebook(database: LevainDatabase, id: string): Promise<ReadNotebook> {
  const row = await database.get('notebooks', id);
  const keys = await database.getAllKeys('versions', IDBKeyRange.bound([id, 0], [id, Infinity]));
  let skipped = 0;
  let remains: string | undefined;
  for (const key of keys.reverse()) {
    const version = await readVersion(database, key);
    if (row && version && isWhole(version)) return { row, text: version.text, skipped, saved: version.saved };
    skipped += 1;
    if (typeof version?.text === 'string') remains ??= version.text;
  }
  if (!row || remains === undefined) throw new LevainError(notebookMissing(id));
  return { row, text: remains, skipped };
}

/** One version, or undefined where the browser cannot read it (its value is gone from the disk) or has none. */
export async function readVersion(database: LevainDatabase, key: [string, number]): Promise<VersionRow | undefined> {
  try {
    return await database.get('versions', key);
  } catch {
    return undefined;
  }
}

/** Deletes for good the notebooks removed before a time, with their versions, data files and runs, and fences of long ago. */
export async function purgeRemoved(
  database: LevainDatabase,
  removedBefore: number,
  fencedBefore: number,
): Promise<number> {
  const transaction = database.transaction(['notebooks', 'versions', 'files', 'runs', 'fences'], 'readwrite');
  const rows = await transaction.objectStore('notebooks').getAll();
  const gone = rows.filter((row) => row.removed !== undefined && row.removed <= removedBefore);
  for (const { id } of gone) {
    await transaction.objectStore('notebooks').delete(id);
    await transaction.objectStore('versions').delete(IDBKeyRange.bound([id, 0], [id, Infinity]));
    await transaction.objectStore('files').delete(IDBKeyRange.bound([id], [id, []]));
    for (const key of await transaction.objectStore('runs').index('notebook').getAllKeys(id)) {
      await transaction.objectStore('runs').delete(key);
    }
  }
  const fences = await transaction.objectStore('fences').getAll();
  for (const fence of fences) {
    if (fence.since < fencedBefore) await transaction.objectStore('fences').delete(fence.writer);
  }
  await transaction.done;
  return gone.length;
}
