import { uniqueName } from '../engine/csv/names';
import { fileFromPaste } from '../engine/csv/paste';

/** A table pasted as text, as a file with a name that none of `files` has. */
export function pastedFile(text: string, files: readonly string[]): File {
  const taken = new Set(files.map((name) => name.replace(/\.[^.]*$/, '').toLowerCase()));
  return fileFromPaste(text, uniqueName('pasted', taken));
}
