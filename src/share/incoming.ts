import { LevainError } from '../base/problem';
import { printNotebook } from '../notebook/print';
import { isLocked, unlock } from './lock';
import { isMarimo, readMarimo } from './marimo';
import { isObservable, readObservable } from './observable';
import { readIpynb, type Imported } from './ipynb-read';
import { isPage, notebookOfPage } from './page/read';
import { isReport } from './report';

/** What came in a file: a notebook as `.nb.md`, data files, or both. Nothing of it has been run. */
export interface Incoming {
  readonly text?: string;
  readonly data: readonly File[];
  /** Sentences for the reader about what could not be taken over as it was. */
  readonly notes: readonly string[];
}

/** A text that is larger is no notebook. */
const MOST_TEXT = 64e6;

/**
 * Opens a file that holds a notebook: `.nb.md`, an archive, an encrypted file, a Jupyter notebook, a page that holds
 * Levain too, an Observable page, a marimo Markdown file. What it is, its bytes say before its name. `askPassphrase` is asked for as long as what it gives
 * does not fit, and gives undefined when the reader gives up; then undefined is given here.
 *
 * Rejects with the problem of the format that the file is taken for.
 */
export async function openIncoming(
  file: File,
  askPassphrase: (fileName: string, again: boolean) => Promise<string | undefined>,
): Promise<Incoming | undefined> {
  if (await isLocked(file)) {
    const content = await unlocked(file, askPassphrase);
    return content && openZip(content);
  }
  if (await isZip(file)) return openZip(file);
  if (await isPage(file)) return openIncoming(await notebookOfPage(file), askPassphrase);
  if (/\.(zip|levain)$/i.test(file.name)) {
    throw new LevainError({
      code: 'archive-damaged',
      message: `${file.name} is no archive: its first bytes are those of something else.`,
      hint: 'Perhaps it was cut short on its way. Ask for it again.',
    });
  }
  if (file.size > MOST_TEXT) {
    throw new LevainError({
      code: 'too-large',
      message: `${file.name} has ${Math.round(file.size / 1e6)} MB, more than a notebook can have.`,
      hint: 'If it holds data, save these as CSV and drop that.',
    });
  }
  const text = await file.text();
  if (/\.ipynb$/i.test(file.name)) return importedFrom(readIpynb(text));
  if (isReport(text)) {
    throw new LevainError({
      code: 'report',
      message: `${file.name} is a report: it holds results to read, not the notebook or its data, so nothing of it can be run.`,
      hint: 'Open it in a browser. To work on it, ask for the notebook.',
    });
  }
  if (/\.html?$/i.test(file.name) || isObservable(text)) return importedFrom(readObservable(text));
  if (isMarimo(text)) return importedFrom(readMarimo(text));
  return { text, data: [], notes: [] };
}

async function unlocked(
  file: File,
  askPassphrase: (fileName: string, again: boolean) => Promise<string | undefined>,
): Promise<Blob | undefined> {
  for (let again = false; ; again = true) {
    const passphrase = await askPassphrase(file.name, again);
    if (passphrase === undefined) return undefined;
    try {
      return await unlock(file, passphrase);
    } catch (error) {
      if (!(error instanceof LevainError) || error.problem.code !== 'lock-refused') throw error;
    }
  }
}

async function openZip(file: Blob): Promise<Incoming> {
  // Fetched with the first archive: opening a plain notebook does without.
  const { openArchive } = await import('./archive');
  const { text, data } = await openArchive(file);
  return { ...(text !== undefined && { text }), data, notes: [] };
}

const importedFrom = ({ notebook, notes }: Imported): Incoming => ({ text: printNotebook(notebook), data: [], notes });

/** The first bytes of an archive's first file, or of the end of an empty one. */
async function isZip(file: Blob): Promise<boolean> {
  const [p, k, a, b] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}
