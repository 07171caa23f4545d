import { afterEach, describe, expect, it } from 'vitest';
import { NotebookStore, type NotebookStoreOptions, type StoreChange } from '../../src/session/storage/notebook-store';
import type { LevainSchema } from '../../src/session/storage/database';
import { deleteDB, openDB } from 'idb';

const describeText = (text: string) => ({
  title: text.split('\n')[0]!,
  files: [...text.matchAll(/\w+\.csv/g)].map(String),
});
const stores: NotebookStore[] = [];
let count = 0;
const freshName = (): string => `levain-test-${Date.now()}-${++count}`;

/** A store as a tab has it: two over one name are two tabs. */
function tab(name: string, options: Partial<NotebookStoreOptions> = {}): NotebookStore & { changes: StoreChange[] } {
  const store = new NotebookStore({ describe: describeText, name, ...options });
  stores.push(store);
  const changes: StoreChange[] = [];
  store.subscribe((change) => changes.push(change));
  return Object.assign(store, { changes });
}

async function eventually(check: () => boolean | undefined): Promise<void> {
  for (let waited = 0; !check(); waited += 10) {
    if (waited > 5000) throw new Error(`Waited in vain for ${String(check)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const raw = (name: string) => openDB<LevainSchema>(name);

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.stop()));
});

describe('the notebook store', () => {
  it('gives back what was saved, after the tab is gone', async () => {
    const name = freshName();
    const first = tab(name);
    const { row } = await first.create('# One\n\nŒuf 🥚 \ud800 lone surrogate\r\n');
    first.save(row.id, '# Two\nads.csv');
    await first.stop();

    const second = tab(name);
    expect(await second.list()).toMatchObject([
      { id: row.id, title: '# Two', files: ['ads.csv'], size: 13, revision: 2 },
    ]);
    const opened = await second.open(row.id);
    expect(opened.text).toBe('# Two\nads.csv');
    expect(opened.status).toEqual({ id: row.id, hold: 'writing', save: 'saved' });
    expect(await second.version(row.id, 1)).toBe('# One\n\nŒuf 🥚 \ud800 lone surrogate\r\n');
  });

  it('writes the last of many edits, not each, and says so', async () => {
    const store = tab(freshName());
    const { row } = await store.create('a');
    for (let n = 0; n < 20; n++) {
      store.save(row.id, `edit ${n}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    store.save(row.id, 'edit 20');
    expect(store.status(row.id)!.save).toBe('saving');
    await eventually(() => store.status(row.id)!.save === 'saved');
    expect((await store.list())[0]!.revision).toBeLessThan(20);
    expect(await store.version(row.id, (await store.list())[0]!.revision)).toBe('edit 20');
  });

  it('lists the last opened first, removes with a way back, and purges', async () => {
    let clock = 1000;
    const store = tab(freshName(), { now: () => clock });
    const a = (await store.create('a')).row.id;
    clock = 2000;
    const b = (await store.create('b')).row.id;
    expect((await store.list()).map((row) => row.title)).toEqual(['b', 'a']);
    clock = 3000;
    await store.remove(b);
    expect((await store.list()).map((row) => row.title)).toEqual(['a']);
    expect((await store.list('removed')).map((row) => row.title)).toEqual(['b']);
    await store.restore(b);
    expect((await store.open(b)).text).toBe('b');
    await store.remove(b);
    clock = 4000;
    expect(await store.purge(5000)).toBe(0);
    expect(await store.purge()).toBe(1);
    await expect(store.open(b)).rejects.toMatchObject({ problem: { code: 'notebook-missing' } });
    expect((await store.open(a)).text).toBe('a');
  });

  it('falls back on the version before when the newest is damaged, and tells', async () => {
    const name = freshName();
    const first = tab(name);
    const { row } = await first.create('good');
    first.save(row.id, 'newest');
    await first.stop();
    const database = await raw(name);
    const newest = (await database.get('versions', [row.id, 2]))!;
    await database.put('versions', { ...newest, text: 'new\0st' });

    const opened = await tab(name).open(row.id);
    expect(opened.text).toBe('good');
    expect(opened.status.problem).toMatchObject({ code: 'damaged-version' });

    await database.delete('versions', [row.id, 1]);
    const second = tab(name);
    expect(await second.takeOver(row.id)).toMatchObject({
      text: 'new\0st',
      status: { problem: { code: 'damaged-notebook' } },
    });
    second.save(row.id, 'mended');
    await second.flush();
    expect(second.status(row.id)).toEqual({ id: row.id, hold: 'writing', save: 'saved' });
    database.close();
  });

  it('says that a notebook it does not have is missing', async () => {
    await expect(tab(freshName()).open('nowhere')).rejects.toMatchObject({ problem: { code: 'notebook-missing' } });
  });
});

for (const locks of [navigator.locks, undefined]) {
  describe(`two tabs on one notebook, ${locks ? 'with' : 'without'} Web Locks`, () => {
    it('let the second read, follow, and take over; the first is told and loses nothing', async () => {
      const name = freshName();
      const [first, second] = [tab(name, { locks }), tab(name, { locks })];
      const { row } = await first.create('v1');
      const read = await second.open(row.id);
      expect(read).toMatchObject({ text: 'v1', status: { hold: 'reading', problem: { code: 'open-elsewhere' } } });

      first.save(row.id, 'v2');
      await first.flush();
      await eventually(() => second.changes.some((change) => change.kind === 'saved-elsewhere'));
      expect((await second.open(row.id)).text).toBe('v2');
      second.save(row.id, 'typed while reading');
      await second.flush();

      first.save(row.id, 'v3, pending');
      expect(await second.takeOver(row.id)).toMatchObject({ text: 'v3, pending', status: { hold: 'writing' } });
      expect(first.status(row.id)).toMatchObject({ hold: 'lost', save: 'unsaved', problem: { code: 'taken-over' } });
      first.save(row.id, 'too late');
      second.save(row.id, 'v4');
      await Promise.all([first.flush(), second.flush()]);
      expect((await tab(name, { locks }).open(row.id)).text).toBe('v4');

      await second.close(row.id);
      expect((await first.open(row.id)).status).toMatchObject({ hold: 'writing', save: 'saved' });
    });

    it('do not remove a notebook that the other edits', async () => {
      const name = freshName();
      const [first, second] = [tab(name, { locks }), tab(name, { locks })];
      const { row } = await first.create('mine');
      await expect(second.remove(row.id)).rejects.toMatchObject({ problem: { code: 'open-elsewhere' } });
      await first.close(row.id);
      await second.remove(row.id);
      expect(await second.list()).toEqual([]);
    });
  });
}

it('a writer that missed its taking over is refused by the storage itself and is told', async () => {
  const name = freshName();
  // Separate lock managers stand for tabs that hear nothing of one another: only the fence is left.
  const deaf = { request: async (_: string, __: unknown, granted: (lock: object) => unknown) => granted({}) };
  const [stale, fresh] = [
    tab(name, { locks: deaf as unknown as LockManager }),
    tab(name, { locks: deaf as unknown as LockManager }),
  ];
  const { row } = await stale.create('v1');
  await fresh.open(row.id);
  for (let n = 0; n < 40; n++) {
    fresh.save(row.id, `fresh ${n}`);
    await fresh.flush();
  }
  stale.save(row.id, 'stale');
  await stale.flush();
  expect(stale.status(row.id)).toMatchObject({ hold: 'lost', problem: { code: 'taken-over' } });
  fresh.save(row.id, 'fresh, at last');
  await fresh.stop();
  expect((await tab(name).open(row.id)).text).toBe('fresh, at last');
});

it('when the storage is cleared under an open notebook it is saved again, and the reader is told', async () => {
  const name = freshName();
  const store = tab(name);
  const { row } = await store.create('v1');
  store.save(row.id, 'v2');
  await store.flush();
  const kept = store.database.connected!;
  kept.close();
  await deleteDB(name);
  // The browser reports a connection it has cut by this event; e2e/storage clears the site's data for real.
  kept.dispatchEvent?.(new Event('close'));
  await eventually(() => store.status(row.id)!.save === 'saved' && store.status(row.id)!.problem !== undefined);
  expect(store.status(row.id)!.problem!.code).toBe('storage-cleared');
  await store.stop();
  expect((await tab(name).open(row.id)).text).toBe('v2');
});
