import { LevainError } from '../../base/problem';
import { wordsChecksum } from './checksum';

/** Bytes of each of the three headers at the beginning of a database file: the main one, and two that take turns. */
export const HEADER = 4096;
const HEADERS = 3 * HEADER;
const CHECKSUM = 8;

/** The formats that the database in the page reads; DuckDB 0.10 wrote the first of them, 1.4 the last. */
const FORMATS = { first: 64n, last: 67n };
/** The newest serialization (of DuckDB 1.4) that it reads. */
const SERIALIZATION = 6n;
const VECTOR_SIZE = 2048n;

const NONE = 0xffff_ffff_ffff_ffffn;
/** A metadata pointer names a block, and one of 64 parts of it in its highest byte. */
const PARTS = 64;
const PART_SHIFT = 56n;

const latin = new TextDecoder('latin1');

/** Whether a file says of itself that it is a DuckDB database. */
export async function isDuckdb(file: Blob): Promise<boolean> {
  return latin.decode(await file.slice(CHECKSUM, CHECKSUM + 4).arrayBuffer()) === 'DUCK';
}

/** Whether a file is a database of SQLite, which goes by the same `.db`. */
export async function isSqlite(file: Blob): Promise<boolean> {
  return latin.decode(await file.slice(0, 15).arrayBuffer()) === 'SQLite format 3';
}

/**
 * Looks at a database file's headers before the database does, which waits for ever for what a cut file lacks. Gives the
 * version of DuckDB that made it. Rejects with `duckdb-damaged` (cut short, changed bytes), `duckdb-encrypted`,
 * `duckdb-newer` or `duckdb-older`, and `duckdb-empty` where nothing was ever written.
 */
export async function checkHeader(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, HEADERS).arrayBuffer());
  if (bytes.length < HEADERS) throw damaged(file, 'it is cut short');
  const view = new DataView(bytes.buffer);
  const at = (header: number, word: number): bigint => view.getBigUint64(header * HEADER + CHECKSUM + word, true);
  const intact = (header: number): boolean =>
    view.getBigUint64(header * HEADER, true) ===
    wordsChecksum(bytes.subarray(header * HEADER + CHECKSUM, (header + 1) * HEADER));

  if (!intact(0)) throw damaged(file, 'its first bytes were changed');
  const format = at(0, 4);
  const made = latin.decode(bytes.subarray(CHECKSUM + 44, CHECKSUM + 76)).replace(/\0.*$/s, '');
  if ((at(0, 12) & 1n) === 1n) {
    throw new LevainError({
      code: 'duckdb-encrypted',
      message: `${file.name} is encrypted, and the database in the page cannot open encrypted files.`,
      hint: 'In DuckDB, attach it with its key and copy it into a database without one (COPY FROM DATABASE … TO …), or export its tables as Parquet.',
      subject: file.name,
    });
  }
  if (format < FORMATS.first) throw otherFormat(file, format, made, 'older');
  if (format > FORMATS.last) throw otherFormat(file, format, made, 'newer');
  if (!intact(1) || !intact(2)) throw damaged(file, 'its first bytes were changed');
  const current = at(1, 0) > at(2, 0) ? 1 : 2;
  const [metadata, freeList, blocks] = [at(current, 8), at(current, 16), at(current, 24)];
  const [blockSize, vector, serialization] = [at(current, 32) || 262_144n, at(current, 40), at(current, 48)];
  if (serialization > SERIALIZATION && format > FORMATS.first) throw otherFormat(file, format, made, 'newer');
  if ((vector !== 0n && vector !== VECTOR_SIZE) || blockSize < 16_384n || blockSize > 262_144n) {
    throw damaged(file, 'its blocks have a size that is not DuckDB’s own');
  }
  if (metadata === NONE) throw empty(file);
  const size = Number(blockSize);
  const free = await freeBlocks(file, freeList, size);
  // Free blocks at the end are cut off after the header was written.
  let needed = Number(blocks);
  while (free.has(needed - 1)) needed--;
  const length = HEADERS + needed * size;
  if (file.size < length) {
    throw damaged(
      file,
      `it is cut short: it has ${file.size.toLocaleString('en')} of ${length.toLocaleString('en')} bytes`,
    );
  }
  return made;
}

/** The blocks that hold nothing: a list along a chain of parts of blocks, each beginning with where the next one is. */
async function freeBlocks(file: File, first: bigint, blockSize: number): Promise<Set<number>> {
  const free = new Set<number>();
  const part = Math.floor((blockSize - CHECKSUM) / PARTS / 8) * 8;
  let left: number | undefined;
  const seen = new Set<bigint>();
  for (let pointer = first; pointer !== NONE && left !== 0;) {
    if (seen.has(pointer)) throw damaged(file, 'its list of free blocks goes round in a circle');
    seen.add(pointer);
    const block = Number(BigInt.asUintN(56, pointer));
    const from = HEADERS + block * blockSize + CHECKSUM + Number(pointer >> PART_SHIFT) * part;
    const bytes = await file.slice(from, from + part).arrayBuffer();
    if (bytes.byteLength < part) throw damaged(file, 'it is cut short');
    const words = new BigUint64Array(bytes);
    pointer = words[0]!;
    const listed = left === undefined ? 2 : 1;
    left ??= Number(words[1]!);
    for (const word of words.subarray(listed, listed + left)) free.add(Number(word));
    left -= Math.min(left, words.length - listed);
  }
  return free;
}

export function damaged(file: File, why: string, cause?: unknown): LevainError {
  return new LevainError(
    {
      code: 'duckdb-damaged',
      message: `${file.name} cannot be read as a DuckDB database: ${why}.`,
      hint: 'Copy it again when no program has it open.',
      subject: file.name,
    },
    { cause },
  );
}

export function empty(file: File): LevainError {
  return new LevainError({
    code: 'duckdb-empty',
    message: `${file.name} holds no tables.`,
    hint: 'If a program has it open, what was written last stands in a .wal file beside it: close the program or run CHECKPOINT there, then drop the file again.',
    subject: file.name,
  });
}

function otherFormat(file: File, format: bigint, made: string, which: 'older' | 'newer'): LevainError {
  const by = made ? `DuckDB ${made}` : 'DuckDB';
  return new LevainError({
    code: `duckdb-${which}`,
    message: `${file.name} was made by ${by} in storage format ${format}, which is ${which} than the page reads (${FORMATS.first} to ${FORMATS.last}).`,
    hint:
      which === 'newer'
        ? "In DuckDB, run ATTACH 'copy.duckdb' (STORAGE_VERSION 'v1.0.0') and COPY FROM DATABASE … TO copy, or export its tables as Parquet."
        : 'Export its tables as CSV or Parquet with the DuckDB that made it.',
    subject: file.name,
  });
}
