import { sameName, type DataEntry } from '../session/data-files';

/** Whether the data files are those that a signature was given for, and which are not. */
export interface SignedData {
  /** `none`: the notebook has no data files. `awaited`: a signed file is not here, so nobody can tell yet. */
  readonly state: 'none' | 'same' | 'awaited' | 'unsigned' | 'other';
  /** The files that it is so of. */
  readonly names: readonly string[];
}

/** Compares data files with what a signature says of them, by their SHA-256; the worst that is found counts. */
export async function signedData(
  signed: Readonly<Record<string, string>>,
  entries: readonly DataEntry[],
  hashOf: (file: File) => Promise<string>,
): Promise<SignedData> {
  const found: Record<'other' | 'unsigned' | 'awaited' | 'same', string[]> = {
    other: [],
    unsigned: [],
    awaited: [],
    same: [],
  };
  for (const { fileName, file } of entries) {
    const hash = Object.entries(signed).find(([name]) => sameName(name, fileName))?.[1];
    // A file that cannot be read is asked for anew, which is told elsewhere.
    const now = hash !== undefined && file ? await hashOf(file).catch(() => undefined) : undefined;
    if (hash === undefined) found.unsigned.push(fileName);
    else if (now === undefined) found.awaited.push(fileName);
    else found[now === hash ? 'same' : 'other'].push(fileName);
  }
  const states = ['other', 'unsigned', 'awaited', 'same'] as const;
  const state = states.find((each) => found[each].length > 0);
  return state ? { state, names: found[state] } : { state: 'none', names: [] };
}
