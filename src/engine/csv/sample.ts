import { LevainError } from '../../base/problem';
import { isGzip } from './encoding';

/** Parts of a file, enough to say how it is written. */
export interface Sample {
  readonly fileName: string;
  /** Bytes of the file (compressed ones, if it is). */
  readonly size: number;
  readonly compression: 'none' | 'gzip';
  /** The beginning; the whole file when `whole`. */
  readonly head: Uint8Array;
  readonly whole: boolean;
  /** Cut-outs from further on, the last one being the end of the file. */
  readonly further: readonly Uint8Array[];
}

const HEAD = 512 * 1024;
const PART = 32 * 1024;
const PARTS = 6;

/** Reads the parts of a file that `sniffCsv` looks at: at most a megabyte, however large the file is. */
export async function sampleFile(file: File): Promise<Sample> {
  const bytes = async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(from, to).arrayBuffer());
  const head = await bytes(0, HEAD);
  if (isGzip(head)) {
    const unpacked = await gunzipHead(file);
    return { fileName: file.name, size: file.size, compression: 'gzip', ...unpacked, further: [] };
  }
  const further: Uint8Array[] = [];
  const room = file.size - HEAD - PART;
  // Even positions, so that UTF-16 stays aligned.
  for (let i = 1; i < PARTS && room > 0; i++) {
    const at = HEAD + 2 * Math.floor((room * i) / PARTS / 2);
    further.push(await bytes(at, at + PART));
  }
  if (file.size > HEAD) {
    const at = Math.max(HEAD, file.size - PART);
    further.push(await bytes(at + (at % 2), file.size));
  }
  return { fileName: file.name, size: file.size, compression: 'none', head, whole: file.size <= HEAD, further };
}

async function gunzipHead(file: File): Promise<{ head: Uint8Array; whole: boolean }> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  let whole = false;
  try {
    while (size < HEAD && !whole) {
      const { done, value } = await reader.read();
      if (done) whole = true;
      else {
        parts.push(value);
        size += value.length;
      }
    }
    await reader.cancel();
  } catch (cause) {
    const message = `${file.name} cannot be unpacked: its gzip data is damaged or cut off.`;
    throw new LevainError(
      { code: 'csv-gzip', message, hint: 'Download or export the file again.', subject: file.name },
      { cause },
    );
  }
  const head = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    head.set(part, at);
    at += part.length;
  }
  return { head, whole };
}
