import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { auditCsv, auditJson } from '../../src/session/audit-record';
import type { Ran } from '../../src/session/run-record';
import { Database } from '../../src/session/storage/database';
import { sha256OfFile } from '../../src/session/storage/hash';
import { NotebookStore } from '../../src/session/storage/notebook-store';
import { RunLog } from '../../src/session/storage/run-log';

let count = 0;
const freshName = (): string => `levain-runs-${Date.now()}-${++count}`;
const ORDERS = new File(['day,revenue\n2026-01-01,10\n'], 'orders.csv');

const ran = (id: string, more: Partial<Ran> = {}): Ran => ({
  kind: 'sql',
  id,
  started: Date.UTC(2026, 2, 1) + count++,
  milliseconds: 12.4,
  outcome: 'ok',
  text: 'SELECT 1',
  files: [{ name: 'orders.csv', table: 'orders', file: ORDERS, rows: 1 }],
  ...more,
});

it('keeps what ran with the hashes of text and data, over visits, and only the newest', async () => {
  const database = new Database(freshName(), () => undefined);
  let read = 0;
  const sha256 = (content: Blob): Promise<string> => {
    read += content === ORDERS ? 1 : 0;
    return sha256OfFile(content);
  };
  const first = new RunLog(database, { sha256, most: 3 });
  for (const id of ['a', 'b', 'c', 'd']) first.add('one', ran(id));
  first.add('other', ran('x'));
  first.add('one', ran('e', { outcome: 'error', message: '=1+1', files: [] }));
  await first.of('one');
  expect(read, 'a file is read once').toBe(1);

  const runs = await new RunLog(database, { sha256 }).of('one');
  expect(runs.map(({ id }) => id)).toEqual(['e', 'd', 'c']);
  const digest = async (text: string): Promise<string> =>
    [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
  expect(runs[1]).toMatchObject({
    source: await digest('SELECT 1'),
    data: [{ file: 'orders.csv', table: 'orders', rows: 1, sha256: await digest(await ORDERS.text()) }],
  });

  const [header, ...lines] = auditCsv(runs).trimEnd().split('\r\n');
  expect(header).toMatch(/^started,milliseconds,kind,id,name,outcome/);
  expect(lines.map((line) => line.split(',')[3])).toEqual(['c', 'd', 'e']);
  expect(lines[2]).toContain(",error,,'=1+1,");
  const json = JSON.parse(auditJson({ title: 'One' }, runs, 0)) as { runs: { id: string }[] };
  expect(json.runs.map(({ id }) => id)).toEqual(['c', 'd', 'e']);
});

it('hashes a large file once nothing works for the reader, and at once when the runs are asked for', async () => {
  const large = new File([new Uint8Array(6_000_000)], 'large.csv');
  const about = { files: [{ name: 'large.csv', table: 'large', file: large, rows: 1 }] };
  const seen: string[] = [];
  const sha256 = (content: Blob): Promise<string> => {
    if (content === large) seen.push('hashed');
    return sha256OfFile(content);
  };
  let rest = (): void => undefined;
  const resting = new Promise<void>((resolve) => (rest = resolve));
  const log = new RunLog(new Database(freshName(), () => undefined), { sha256, atRest: () => resting });
  log.add('one', ran('a', about));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(seen).toEqual([]);
  rest();
  await expect.poll(() => seen).toEqual(['hashed']);

  const busy = new RunLog(new Database(freshName(), () => undefined), { sha256, atRest: () => new Promise(() => {}) });
  busy.add('one', ran('b', about));
  const [run] = await busy.of('one');
  expect(run?.data[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(seen).toEqual(['hashed', 'hashed']);
});

it('knows the runs of this visit where the browser keeps nothing', async () => {
  const denied = new Database(freshName(), () => undefined);
  denied.connect = () => Promise.reject(new Error('denied'));
  const log = new RunLog(denied, { sha256: sha256OfFile });
  log.add('one', ran('a'));
  expect((await log.of('one')).map(({ id }) => id)).toEqual(['a']);
});

it('opens what the first version of the storage kept, and gives its versions newest first', async () => {
  const name = freshName();
  const old = await openDB(name, 1, {
    upgrade(database) {
      database.createObjectStore('notebooks', { keyPath: 'id' });
      database.createObjectStore('versions', { keyPath: ['id', 'revision'] });
      database.createObjectStore('fences', { keyPath: 'writer' });
      database.createObjectStore('files', { keyPath: ['notebook', 'name'] });
    },
  });
  await old.put('notebooks', { id: 'n', title: 'Kept', opened: 1, revision: 0, writer: 'w', history: [], files: [] });
  old.close();
  const store = new NotebookStore({ describe: (text) => ({ title: text, files: [] }), name });
  expect((await store.list()).map(({ title }) => title)).toEqual(['Kept']);
  const { row } = await store.create('one');
  store.save(row.id, 'two');
  const versions = await store.versions(row.id);
  expect(versions.map(({ revision }) => revision)).toEqual([2, 1]);
  expect(await store.version(row.id, 1)).toBe('one');
  await store.stop();
});
