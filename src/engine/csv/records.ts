import { ESCAPED, Tokenizer, type Flaw, type RecordView } from './tokenizer';

/** A record as text, for looking at samples. */
export interface TextRecord {
  readonly fields: readonly string[];
  readonly line: number;
  readonly flaw: Flaw;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of field `i`, its doubled quotes made single. */
export function fieldText(record: RecordView, i: number, quote: string): string {
  return cellText(record.bytes, record.starts[i]!, record.ends[i]!, record.marks[i]!, quote);
}

/** The text of a field between its bounds. */
export function cellText(bytes: Uint8Array, from: number, to: number, marks: number, quote: string): string {
  return unescaped(decoder.decode(bytes.subarray(from, to)), marks, quote);
}

const unescaped = (text: string, marks: number, quote: string): string =>
  marks & ESCAPED ? text.replaceAll(quote + quote, quote) : text;

/** The record as it stands in the file, at most `limit` bytes of it. */
export function recordText(record: RecordView, limit = 400): string {
  const end = Math.min(record.end, record.start + limit);
  const text = decoder.decode(record.bytes.subarray(record.start, end));
  return end < record.end ? `${text}…` : text;
}

/** The byte of a delimiter or quote, −1 for none. */
export const byteOf = (character: string): number => (character === '' ? -1 : character.charCodeAt(0));

/** The records of a whole text. */
export function parseRecords(text: string, delimiter: string, quote: string, limit = Infinity): TextRecord[] {
  const records: TextRecord[] = [];
  const bytes = new TextEncoder().encode(text);
  // Where each character is one byte, fields are cut from the text, which is quicker than decoding each.
  const cut = ({ bytes: ending, starts, ends, marks }: RecordView, i: number): string => {
    const from = bytes.length - ending.length;
    return unescaped(text.slice(from + starts[i]!, from + ends[i]!), marks[i]!, quote);
  };
  const fieldOf = bytes.length === text.length ? cut : fieldText;
  const tokenizer = new Tokenizer({ delimiter: byteOf(delimiter), quote: byteOf(quote) }, (record) => {
    if (records.length >= limit) return;
    const fields = Array.from({ length: record.fields }, (_, i) => fieldOf(record, i, quote));
    records.push({ fields, line: record.line, flaw: record.flaw });
  });
  tokenizer.push(bytes);
  tokenizer.finish();
  return records;
}
