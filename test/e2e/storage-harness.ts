/** A page that holds nothing but the storage, for storage.e2e.ts: the tests drive it as the session does. */
import { seededRandom } from '../../src/base/random';
import { KeptFiles, storageRoom } from '../../src/session/storage/kept-files';
import { openFromDisk, saveToDisk } from '../../src/session/storage/disk';
import { sha256OfFile } from '../../src/session/storage/hash';
import { NotebookStore } from '../../src/session/storage/notebook-store';
import { Settings } from '../../src/session/storage/settings';

const store = new NotebookStore({ describe: (text) => ({ title: text.slice(0, text.indexOf(' ')), files: [] }) });
const settings = new Settings();
const files = new KeptFiles(store.database, settings);

/** Letters without pattern: Chromium keeps a value that does not compress, and is large, in a file of its own. */
const random = seededRandom(7);
const letters = Array.from({ length: 400_000 }, () => random.integer(36).toString(36)).join('');

/** `length` letters that differ from one moment to the next. */
function filling(moment: number, length: number): string {
  const start = moment % letters.length;
  return letters.repeat(Math.ceil(length / letters.length) + 1).slice(start, start + length);
}

/** A text that says when it was typed, and that shows when a part of it is missing. */
function typed(title: string, length: number): string {
  const moment = Date.now();
  return `${title} ${moment} ${filling(moment, length)} ${moment}`;
}

/** When the text was typed; undefined when the text is not whole. */
function typedAt(text: string, length: number): number | undefined {
  const [, moment, middle, end, ...rest] = text.split(' ');
  const whole = moment === end && rest.length === 0 && (moment === '0' || middle === filling(Number(moment), length));
  return whole ? Number(moment) : undefined;
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

const harness = {
  store,
  settings,
  files,
  storageRoom,
  sha256OfFile,
  saveToDisk,
  openFromDisk,
  typed,
  typedAt,
  typeForEver,
};
export type Harness = typeof harness;
Object.assign(globalThis, { harness });
