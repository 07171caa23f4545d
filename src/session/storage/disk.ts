import { fileName } from '../../base/file-name';
import { LevainError } from '../../base/problem';

/** What of the File System Access API is used here; Firefox and Safari have none of it. */
interface Pickers {
  showSaveFilePicker?: (options: object) => Promise<FileSystemFileHandle>;
  showOpenFilePicker?: (options: object) => Promise<FileSystemFileHandle[]>;
}

export interface DiskOptions {
  /** Absent functions are done without. */
  readonly pickers?: Pickers;
  readonly document?: Document;
}

export interface DiskFile {
  readonly file: File;
  /** `saveToDisk` writes to the same file again. */
  readonly handle: FileSystemFileHandle;
}

const EXTENSION = '.nb.md';
/** The pickers take the part after the last dot for the extension. */
const TYPES = [{ description: 'Notebook', accept: { 'text/markdown': ['.md'] } }];

/**
 * Saves a notebook's text as a file: to `handle` when there is one, to a file the reader chooses where the browser has
 * a picker, as a download elsewhere.
 *
 * @param name the file's name without `.nb.md`
 * @returns what was done, with the handle for the next time; `cancelled` when the reader chose no file
 */
export async function saveToDisk(
  text: string,
  name: string,
  handle?: FileSystemFileHandle,
  { pickers = globalThis as Pickers, document = globalThis.document }: DiskOptions = {},
): Promise<{ how: 'written'; handle: FileSystemFileHandle } | { how: 'downloaded' } | { how: 'cancelled' }> {
  const suggestedName = notebookFileName(name);
  if (!handle && !pickers.showSaveFilePicker) {
    download(text, suggestedName, document);
    return { how: 'downloaded' };
  }
  const target = handle ?? (await chosen(() => pickers.showSaveFilePicker!({ suggestedName, types: TYPES })));
  if (!target) return { how: 'cancelled' };
  try {
    // The browser writes beside the file and puts the new one in its place on closing.
    const stream = await target.createWritable();
    await stream.write(text);
    await stream.close();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = 'Save it under another name, or download it.';
    throw new LevainError(
      {
        code: 'file-not-written',
        message: `${target.name} could not be written: ${reason}`,
        hint,
        subject: target.name,
      },
      { cause: error },
    );
  }
  return { how: 'written', handle: target };
}

/** Whether the reader can be asked for files that can be written to again. */
export const canOpenFromDisk = (pickers: Pickers = globalThis as Pickers): boolean =>
  pickers.showOpenFilePicker !== undefined;

/** Asks the reader for files, each with the handle by which it can be written to; none when they chose none. */
export async function openFromDisk(pickers: Pickers = globalThis as Pickers): Promise<readonly DiskFile[]> {
  const handles = await chosen(() => pickers.showOpenFilePicker!({ multiple: true }));
  return Promise.all((handles ?? []).map(async (handle) => ({ file: await handle.getFile(), handle })));
}

/** Downloads a text as a file; it works without any permission, also when the storage is full or denied. */
export function download(text: string, name: string, document: Document = globalThis.document): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/markdown;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A title as a notebook file's name; one that already is such a name stays. */
function notebookFileName(title: string): string {
  const bare = title.endsWith(EXTENSION) ? title.slice(0, -EXTENSION.length) : title;
  return `${fileName(bare, 'Notebook')}${EXTENSION}`;
}

/** The pickers reject when the reader closes them: that is an answer, not an error. */
async function chosen<T>(pick: () => Promise<T>): Promise<T | undefined> {
  try {
    return await pick();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}
