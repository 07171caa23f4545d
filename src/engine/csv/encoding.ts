import { LevainError } from '../../base/problem';
import type { CsvPlan } from '../engine';

type Encoding = CsvPlan['encoding'];

/** First bytes of formats that people give the name `.csv`, and what to say about each. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], name: string, hint: string])[] = [
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    'an old Excel workbook (.xls), or one behind a password',
    'Open it in a spreadsheet, save it as .xlsx without a password, and drop that file.',
  ],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture', 'Drop the CSV file itself.'],
  [[0xff, 0xd8, 0xff], 'a JPEG picture', 'Drop the CSV file itself.'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF picture', 'Drop the CSV file itself.'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document', 'Export the table as CSV and drop that file.'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file', 'Export the table as CSV and drop that file.'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive', 'Unpack it and drop the CSV file.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a Zstandard archive', 'Unpack it and drop the CSV file.'],
];

export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** Bytes of the byte-order mark that `encoding` shows at the start of a file. */
export function bomLength(head: Uint8Array, encoding: Encoding): number {
  if (encoding === 'utf-8') return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  if (encoding === 'utf-16le') return head[0] === 0xff && head[1] === 0xfe ? 2 : 0;
  if (encoding === 'utf-16be') return head[0] === 0xfe && head[1] === 0xff ? 2 : 0;
  return 0;
}

/** Rejects with `not-text` what is no text at all: a workbook, a picture, an archive. */
export function refuseBinary(head: Uint8Array, fileName: string): void {
  const known = SIGNATURES.find(([bytes]) => bytes.every((byte, i) => head[i] === byte));
  if (known) {
    const [, name, hint] = known;
    throw new LevainError({
      code: 'not-text',
      message: `${fileName} is ${name}, not a CSV file.`,
      hint,
      subject: fileName,
    });
  }
  const sample = head.subarray(0, 65536);
  if (utf16(sample)) return;
  let control = 0;
  let nuls = 0;
  for (const byte of sample) {
    if (byte === 0) nuls++;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) control++;
  }
  // A few NULs happen in the exports of old systems, and are taken out.
  if (nuls > sample.length * 0.2) control += nuls;
  if (control > sample.length * 0.05) {
    throw new LevainError({
      code: 'not-text',
      message: `${fileName} is not text: ${Math.round((100 * control) / sample.length)} % of its first bytes are control characters.`,
      hint: 'Export the table as CSV and drop that file.',
      subject: fileName,
    });
  }
}

/**
 * The encoding by byte-order mark, else by validity of every sample: UTF-16 shows its zeros at even or odd places;
 * bytes that are not valid UTF-8 make Windows-1252, unless far more are valid UTF-8 sequences, in which case a few
 * broken ones are the file's own fault and their rows will be rejected.
 */
export function detectEncoding(head: Uint8Array, samples: readonly Uint8Array[]): { encoding: Encoding; why: string } {
  if (bomLength(head, 'utf-8')) return { encoding: 'utf-8', why: 'UTF-8, as its byte-order mark says.' };
  if (bomLength(head, 'utf-16le'))
    return { encoding: 'utf-16le', why: 'UTF-16 (little-endian), as its byte-order mark says.' };
  if (bomLength(head, 'utf-16be'))
    return { encoding: 'utf-16be', why: 'UTF-16 (big-endian), as its byte-order mark says.' };
  const wide = utf16(head);
  if (wide)
    return { encoding: wide, why: `UTF-16 (${wide === 'utf-16le' ? 'little' : 'big'}-endian), by its zero bytes.` };
  let valid = 0;
  let invalid = 0;
  for (const sample of [head, ...samples]) {
    const counts = utf8Sequences(sample);
    valid += counts.valid;
    invalid += counts.invalid;
  }
  if (invalid === 0) return { encoding: 'utf-8', why: valid ? 'UTF-8.' : 'UTF-8 (plain ASCII so far).' };
  if (valid > 4 * invalid) return { encoding: 'utf-8', why: 'UTF-8, with a few broken characters.' };
  return { encoding: 'windows-1252', why: 'Windows-1252, since it holds bytes that are not valid UTF-8.' };
}

/** UTF-16 by its zeros: those of Latin text, digits and delimiters stand on one side of each pair. */
function utf16(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (sample.length < 4) return null;
  if ((sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff)) {
    return sample[0] === 0xff ? 'utf-16le' : 'utf-16be';
  }
  const zeros = [0, 0];
  const newlines = [0, 0];
  for (let i = 0; i + 1 < sample.length; i += 2) {
    const [low, high] = [sample[i]!, sample[i + 1]!];
    if (low === 0) zeros[0]!++;
    if (high === 0) zeros[1]!++;
    if (high === 0 && (low === 10 || low === 13)) newlines[1]!++;
    if (low === 0 && (high === 10 || high === 13)) newlines[0]!++;
  }
  const pairs = sample.length / 2;
  if (zeros[1]! > pairs * 0.1 && zeros[1]! > 20 * zeros[0]! && newlines[1]! > 0) return 'utf-16le';
  if (zeros[0]! > pairs * 0.1 && zeros[0]! > 20 * zeros[1]! && newlines[0]! > 0) return 'utf-16be';
  return null;
}

/**
 * Multi-byte UTF-8 sequences in a cut-out of a file, valid and not. Sequences cut off at either end do not count, unless
 * the bytes are `whole`.
 */
export function utf8Sequences(bytes: Uint8Array, whole = false): { valid: number; invalid: number } {
  let valid = 0;
  let invalid = 0;
  let i = 0;
  while (!whole && i < 3 && isContinuation(bytes[i]!)) i++;
  const end = whole ? bytes.length : bytes.length - cutLength(bytes);
  while (i < end) {
    const byte = bytes[i]!;
    if (byte < 0x80) {
      i++;
      continue;
    }
    const size = sequenceLength(byte);
    let good = size > 0 && i + size <= end && isSecond(byte, bytes[i + 1]!);
    for (let k = 2; good && k < size; k++) good = isContinuation(bytes[i + k]!);
    if (good) valid++;
    else invalid++;
    i += good ? size : 1;
  }
  return { valid, invalid };
}

/** Bytes at the end that begin a character and leave it unfinished. */
export function cutLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (isContinuation(byte)) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** Bytes of the sequence that begins with `byte`; 0 where none does. */
const sequenceLength = (byte: number): number =>
  byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;

/** Whether `byte` may follow `first`: longer forms than needed, surrogates and what lies beyond Unicode are no UTF-8. */
function isSecond(first: number, byte: number): boolean {
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  return byte >= low && byte <= high;
}
