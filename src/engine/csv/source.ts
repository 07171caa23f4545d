import { concat } from '../../base/concat';
import { LevainError } from '../../base/problem';
import type { CsvPlan } from '../engine';
import { bomLength, cutLength, utf8Sequences } from './encoding';

/** Where a part of a file stands in it, in bytes. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** What was met and taken out on the way. */
export interface SourceCounts {
  nuls: number;
  /** Bytes that are no valid UTF-8, and how many characters beyond ASCII there are. */
  invalid: number;
  wide: number;
}

/** Large enough that asking for a chunk costs little beside reading it, small enough that this thread answers others in time. */
const CHUNK = 4 * 1024 * 1024;
/** A read that is not answered by then never will be, in milliseconds. */
const PATIENCE = 5_000;
/** Of chunks in one piece of memory: this much stays in the processor's own. */
const OVERWRITTEN_CHUNK = 1024 * 1024;

export interface ChunkOptions {
  /** Of a file that is not packed: a part that begins and ends with a character. Absent: the whole. */
  readonly part?: Part;
  /**
   * Each chunk takes the place of the one before in memory. Memory that was never touched costs several times as much as
   * reading a file into it.
   */
  readonly overwrite?: boolean;
}

/** Whether DuckDB can read the file's own bytes. */
export const isPlain = (plan: CsvPlan): boolean => plan.encoding === 'utf-8' && plan.compression === 'none';

/**
 * The file as UTF-8 bytes without byte-order mark and NULs, chunk by chunk. Only UTF-8 files can yield invalid bytes:
 * they are counted in `counts` before their chunk is handed out. `onBytes` hears how much of the file has been read.
 */
export async function* utf8Chunks(
  file: Blob,
  plan: Pick<CsvPlan, 'encoding' | 'compression'>,
  counts: SourceCounts,
  onBytes: (bytes: number) => void,
  { part = { from: 0, to: file.size }, overwrite = false }: ChunkOptions = {},
): AsyncGenerator<Uint8Array> {
  const read = overwrite ? overwritten : slices;
  const raw = plan.compression === 'gzip' ? unpacked(file, onBytes) : read(file.slice(part.from, part.to), onBytes);
  const checker = new Checker(counts);
  const decoder = plan.encoding === 'utf-8' ? null : new TextDecoder(plan.encoding, { ignoreBOM: true });
  const encoder = new TextEncoder();
  let first = part.from === 0;
  for await (const bytes of raw) {
    let chunk = first ? bytes.subarray(bomLength(bytes, plan.encoding)) : bytes;
    first = false;
    if (decoder) chunk = encoder.encode(decoder.decode(chunk, { stream: true }));
    const plain = isPlainAscii(chunk);
    if (!decoder) checker.check(chunk, plain);
    yield plain ? chunk : withoutNuls(chunk, counts);
  }
  checker.finish();
  const rest = decoder?.decode();
  if (rest) yield encoder.encode(rest);
}

/** Reads ahead by one slice, so that the disk works while a chunk is cut. */
async function* slices(file: Blob, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const read = (at: number): Promise<ArrayBuffer> | null =>
    at < file.size ? file.slice(at, Math.min(at + CHUNK, file.size)).arrayBuffer() : null;
  let next = read(0);
  for (let at = 0; next;) {
    const bytes = new Uint8Array(await next);
    at += bytes.length;
    next = read(at);
    next?.catch(() => {});
    yield bytes;
    onBytes(at);
  }
}

/**
 * The file in one piece of memory that is filled again and again, where the browser can fill memory it is given. Chromium 156
 * leaves such a read unanswered now and then, near a file's end on a busy machine: what is not answered in time is read the
 * other way, from the last chunk on, and the end is known by the file's size.
 */
async function* overwritten(file: Blob, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const reader = filler(file);
  if (!reader) return yield* slices(file, onBytes);
  let memory = new ArrayBuffer(OVERWRITTEN_CHUNK);
  let at = 0;
  try {
    while (at < file.size) {
      const wanted = Math.min(OVERWRITTEN_CHUNK, file.size - at);
      for (let filled = 0; filled < wanted;) {
        const answer = await inTime(reader.read(new Uint8Array(memory, filled, wanted - filled)));
        if (!answer?.value?.length) return yield* slices(file.slice(at), (bytes) => onBytes(at + bytes));
        memory = answer.value.buffer;
        filled += answer.value.length;
      }
      at += wanted;
      yield new Uint8Array(memory, 0, wanted);
      onBytes(at);
    }
  } finally {
    // Not waited for: nor is this answered where a read was not.
    reader.cancel().catch(() => {});
  }
}

/** What comes within the patience, or nothing. */
function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, PATIENCE, undefined);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function filler(file: Blob): ReadableStreamBYOBReader | null {
  try {
    return file.stream().getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}

async function* unpacked(file: Blob, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let seen = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      seen += chunk.length;
      controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    },
  });
  const reader = file.stream().pipeThrough(counter).pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
      onBytes(seen);
    }
  } catch (cause) {
    if (cause instanceof LevainError) throw cause;
    const message = 'The file cannot be unpacked: its gzip data is damaged or cut off.';
    throw new LevainError({ code: 'csv-gzip', message, hint: 'Download or export the file again.' }, { cause });
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Counts, chunk after chunk, the bytes that are no valid UTF-8: the same wherever the chunks are cut. */
class Checker {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #counts: SourceCounts;
  /** The beginning of a character whose end is in the next chunk. */
  #cut = new Uint8Array(0);

  constructor(counts: SourceCounts) {
    this.#counts = counts;
  }

  /** `ascii` when the chunk is known to hold nothing else. */
  check(chunk: Uint8Array, ascii: boolean): void {
    const joined = this.#cut.length > 0 ? concat([this.#cut, chunk]) : chunk;
    const whole = ascii ? joined : joined.subarray(0, joined.length - cutLength(joined));
    this.#cut = joined.slice(whole.length);
    if (ascii && joined === chunk) return;
    try {
      this.#decoder.decode(whole);
      this.#counts.wide += wideCharacters(whole);
    } catch {
      const { valid, invalid } = utf8Sequences(whole, true);
      this.#counts.wide += valid;
      this.#counts.invalid += invalid;
    }
  }

  /** A character may be cut off at the end of the file. */
  finish(): void {
    this.#counts.invalid += this.#cut.length;
  }
}

/** Characters beyond ASCII in valid UTF-8: the bytes that begin with two set bits. Four at a time. */
function wideCharacters(bytes: Uint8Array): number {
  const lead = Math.min(-bytes.byteOffset & 3, bytes.length);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    const firsts = words[i]! & (words[i]! << 1) & 0x80808080;
    if (firsts !== 0) count += Math.imul(firsts >>> 7, 0x01010101) >>> 24;
  }
  for (let i = 0; i < lead; i++) if (bytes[i]! >= 0xc0) count++;
  for (let i = lead + 4 * words.length; i < bytes.length; i++) if (bytes[i]! >= 0xc0) count++;
  return count;
}

/** Whether the bytes are all ASCII and none is NUL. Four at a time, which is several times faster than decoding them. */
function isPlainAscii(bytes: Uint8Array): boolean {
  const lead = Math.min(-bytes.byteOffset & 3, bytes.length);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  // The top bit of a byte stands where it is over 127, or where taking 1 from it borrows: where it is 0.
  let odd = 0;
  for (let i = 0; i < words.length; i++) odd |= words[i]! | ((words[i]! - 0x01010101) & ~words[i]!);
  if (odd & 0x80808080) return false;
  const rest = lead + 4 * words.length;
  return bytes.subarray(0, lead).every(isPlainByte) && bytes.subarray(rest).every(isPlainByte);
}

const isPlainByte = (byte: number): boolean => byte > 0 && byte < 128;

function withoutNuls(chunk: Uint8Array, counts: SourceCounts): Uint8Array {
  if (!chunk.includes(0)) return chunk;
  const kept = chunk.filter((byte) => byte !== 0);
  counts.nuls += chunk.length - kept.length;
  return kept;
}
