import {
  BlobReader,
  BlobWriter,
  configure,
  ZipReader,
  ZipWriter,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { fileName } from '../base/file-name';
import { LevainError } from '../base/problem';
import { BoundedBlob } from './bounded-blob';
import { refusal } from './refusal';

// Its own workers would start from an address and escape the page's policy; the browser inflates off the thread anyway.
configure({ useWebWorkers: false });

/** A file within an archive, by its path there. */
export interface PackedFile {
  readonly path: string;
  readonly content: Blob;
}

/** What an archive holds. */
export interface Archive {
  /** The notebook as `.nb.md`; absent in an archive of data files alone. */
  readonly text?: string;
  readonly data: readonly File[];
  /** What the cells showed when it was packed: for people, never read as data. */
  readonly results: readonly PackedFile[];
}

export interface ArchiveLimits {
  /** Most files. */
  readonly files: number;
  /** Most bytes of the notebook's text. */
  readonly text: number;
  /** Most bytes of all files together, unpacked. */
  readonly total: number;
  /** How many times its packed size a file may unpack to, and below how many bytes that does not matter. */
  readonly ratio: number;
  readonly small: number;
}

/** Exports pack to a tenth or a thirtieth; DEFLATE at its utmost, a file of zeros, to a thousandth. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  files: 1_000,
  text: 32e6,
  total: 4e9,
  ratio: 250,
  small: 10e6,
};

const DATA = 'data/';
const RESULTS = 'results/';
const NOTEBOOK = /\.nb\.md$/i;
/** Files that packing again would only slow down. */
const PACKED = /\.(gz|zip|parquet|xlsx|png|jpe?g|webp|duckdb)$/i;
/** What systems put beside the files of a person. */
const LITTER = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Packs a notebook with its data files, as they were given, and its results: `<title>.nb.md`, `data/…`, `results/…`.
 * Large files are read and packed piece by piece.
 *
 * @param packed when, for the times within the archive
 */
export async function packArchive(
  title: string,
  { text, data, results }: Required<Archive>,
  packed = new Date(),
): Promise<Blob> {
  const zip = new ZipWriter(new BlobWriter('application/zip'), { lastModDate: packed, extendedTimestamp: false });
  await zip.add(`${fileName(title, 'Notebook')}.nb.md`, new BlobReader(new Blob([text])));
  for (const file of data) {
    await zip.add(`${DATA}${file.name}`, new BlobReader(file), PACKED.test(file.name) ? { level: 0 } : {});
  }
  for (const { path, content } of results) await zip.add(`${RESULTS}${path}`, new BlobReader(content));
  return zip.close();
}

/**
 * Unpacks an archive made by {@link packArchive}, or one of data files alone. Every file is checked against its checksum
 * and its size. Rejects with `archive-damaged`, `archive-too-large` (also where a small archive would unpack to a vast
 * one), `archive-locked` or `archive-ambiguous`; nothing of a refused archive is given.
 */
export async function openArchive(zip: Blob, limits: ArchiveLimits = ARCHIVE_LIMITS): Promise<Archive> {
  const entries = await entriesOf(zip, limits);
  const ours = entries.filter(({ filename }) => NOTEBOOK.test(filename) && !filename.startsWith(DATA));
  const [notebook, second] = ours;
  if (second) throw ambiguous(`holds ${ours.length} notebooks`, 'Unpack it and drop the one you want.');

  const unpack = unpacker(limits);
  const text = notebook && (await unpack(notebook, limits.text).then((content) => content.text()));
  const data: File[] = [];
  const results: PackedFile[] = [];
  for (const entry of entries) {
    if (entry === notebook) continue;
    const content = await unpack(entry, limits.total);
    if (notebook && entry.filename.startsWith(RESULTS)) {
      results.push({ path: entry.filename.slice(RESULTS.length), content });
    } else data.push(new File([content], baseName(entry.filename), { lastModified: entry.lastModDate.getTime() }));
  }
  refuseTwins(data);
  return { ...(text !== undefined && { text }), data, results };
}

async function entriesOf(zip: Blob, limits: ArchiveLimits): Promise<FileEntry[]> {
  // Strict: what two programs could read in two ways is not read.
  const options = { strictness: 'strict', checkSignature: true, checkOverlappingEntry: true } as const;
  const reader = new ZipReader(new BlobReader(zip), options);
  const entries: FileEntry[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory || LITTER.test(entry.filename)) continue;
      if (entry.encrypted) {
        throw new LevainError({
          code: 'archive-locked',
          message: `${entry.filename} in the archive is locked with a password of the archive's own.`,
          hint: 'Unpack it with the program that made it, and drop the files.',
        });
      }
      entries.push(entry);
      if (entries.length > limits.files) throw tooLarge(`holds more than ${limits.files.toLocaleString('en')} files`);
    }
  } catch (error) {
    throw damaged(error);
  }
  const declared = entries.reduce((total, entry) => total + entry.uncompressedSize, 0);
  if (declared > limits.total) throw tooLarge(`unpacks to ${gigabytes(declared)}, more than is opened here`);
  return entries;
}

/** Unpacks entry after entry within limits: by what comes out, whatever the archive says of it. */
function unpacker(limits: ArchiveLimits): (entry: FileEntry, most: number) => Promise<Blob> {
  let left = limits.total;
  return async (entry, most) => {
    const bound = Math.min(most, left, Math.max(limits.small, limits.ratio * entry.compressedSize));
    const content = new BoundedBlob(bound);
    if (entry.uncompressedSize > bound) throw bomb(entry, entry.uncompressedSize);
    try {
      await entry.getData(content.sink);
    } catch (error) {
      throw content.full ? bomb(entry, content.size) : damaged(error);
    }
    left -= content.size;
    return content.blob;
  };
}

const baseName = (path: string): string => path.split(/[/\\]/).at(-1)!;

function refuseTwins(files: readonly File[]): void {
  const names = new Set<string>();
  for (const { name } of files) {
    if (names.has(name.toLowerCase())) {
      throw ambiguous(`holds two files called ${name}`, 'Unpack it and drop the one you want.');
    }
    names.add(name.toLowerCase());
  }
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

const ambiguous = (what: string, hint: string): LevainError =>
  new LevainError({ code: 'archive-ambiguous', message: `The archive ${what}.`, hint });

const tooLarge = (what: string): LevainError =>
  new LevainError({
    code: 'archive-too-large',
    message: `The archive ${what}.`,
    hint: 'Unpack it and drop the files that you want.',
  });

const bomb = (entry: FileEntry, bytes: number): LevainError =>
  tooLarge(
    `was not opened: ${entry.filename} has ${entry.compressedSize.toLocaleString('en')} bytes and unpacks to ` +
      `${bytes.toLocaleString('en')} or more, as files do that are made to fill a computer's memory`,
  );

const damaged = (error: unknown): LevainError =>
  refusal(error, 'archive-damaged', 'The archive is damaged, was changed, or was cut short', 'Ask for it again.');
