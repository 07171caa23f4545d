/** A page that holds nothing but the storage, for storage.e2e.ts: the tests drive it as the session does. */
import { DataFiles, storageRoom } from '../../src/session/storage/data-files';
import { sha256OfFile } from '../../src/session/storage/hash';
import { NotebookStore } from '../../src/session/storage/notebook-store';
import { Settings } from '../../src/session/storage/settings';

const store = new NotebookStore({ describe: (text) => ({ title: text.slice(0, text.indexOf(' ')), files: [] }) });
const settings = new Settings();
const files = new DataFiles(store.database, settings);

/** A text that says when it was typed, and that shows when a part of it is missing. */
function typed(title: string, length: number): string {
  const stamp = `${Date.now()}`;
  return `${title} ${stamp} ${'x'.repeat(length)} ${stamp}`;
}

/** When the text was typed; undefined when the text is not whole. */
function typedAt(text: string, length: number): number | undefined {
  const [, start, filling, end, ...rest] = text.split(' ');
  return start === end && filling?.length === length && rest.length === 0 ? Number(start) : undefined;
}

/** Types a new text every 10 ms, until the page is no more; without `save` only leaving the page saves. */
function typeForEver(id: string, title: string, length: number, save: boolean): void {
  let text = '';
  setInterval(() => {
    text = typed(title, length);
    if (save) store.save(id, text);
  }, 10);
  if (!save) addEventListener('pagehide', () => store.save(id, text));
}

const harness = { store, settings, files, storageRoom, sha256OfFile, typed, typedAt, typeForEver };
export type Harness = typeof harness;
Object.assign(globalThis, { harness });
