import { parse } from 'yaml';
import { LevainError } from '../base/problem';
import { fromBase64Url, toBase64Url } from './base64url';

/** Who signed a notebook, and whether it is still what they signed. */
export interface Signature {
  /** The name the signer gave; anyone can give any name, so it is worth what the key is. */
  readonly by: string;
  /** The day of signing by the signer's clock, ISO. */
  readonly date: string;
  /** The signer's key in short, to compare by telephone: `3f2a 91bc 07de 5518`. */
  readonly fingerprint: string;
  readonly state: 'unchanged' | 'changed';
  /** The SHA-256, in hexadecimal, of the data files that were there when it was signed, by name. */
  readonly data: Readonly<Record<string, string>>;
}

/** A key to sign with: ECDSA over P-256, whose private half does not leave the browser. */
export type AuthorKey = Pick<CryptoKeyPair, 'privateKey' | 'publicKey'>;

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' };
/** Set before what is signed, so that a signature of something else never counts as one of a notebook. */
const CONTEXT = 'levain notebook signature 1';
/** Where data files are signed too. */
const CONTEXT_WITH_DATA = 'levain notebook signature 2';
const FENCE = /^---[ \t]*$/;
const LINE = /^signature:[ \t].*$/;

export function newAuthorKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
}

/**
 * A notebook's text with the author's signature as a line of its front matter; a former signature goes. Signed is every
 * other byte of the text, the name, the day, and the SHA-256 of each data file (by name, in hexadecimal). An edit leaves
 * the line where it is, and it no longer fits.
 */
export async function sign(
  text: string,
  by: string,
  key: AuthorKey,
  date: string,
  data: Signature['data'] = {},
): Promise<string> {
  const bare = withFrontMatter(withoutSignature(text));
  const value = await crypto.subtle.sign(ALGORITHM, key.privateKey, message(bare, { by, date, data }));
  const signature = {
    by,
    date,
    key: toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', key.publicKey))),
    value: toBase64Url(new Uint8Array(value)),
    ...(Object.keys(data).length > 0 && { data }),
  };
  const lines = bare.split('\n');
  return lines.toSpliced(frontMatterEnd(lines), 0, `signature: ${JSON.stringify(signature)}`).join('\n');
}

/** The text as it was before it was signed. */
export function withoutSignature(text: string): string {
  const lines = text.split('\n');
  const at = signatureLine(lines);
  return at < 0 ? text : lines.toSpliced(at, 1).join('\n');
}

/** Who signed a text, or undefined where nobody did. A signature that cannot be read counts as `changed`. */
export async function verify(text: string): Promise<Signature | undefined> {
  const lines = text.split('\n');
  const at = signatureLine(lines);
  if (at < 0) return undefined;
  const said = readLine(lines[at]!);
  const bare = lines.toSpliced(at, 1).join('\n');
  const fits = said.key !== undefined && (await isSignedBy(said.key, said.value, message(bare, said)));
  return {
    by: said.by,
    date: said.date,
    fingerprint: said.key ? await fingerprint(said.key) : '',
    state: fits ? 'unchanged' : 'changed',
    data: said.data,
  };
}

/** A public key in short: the first 8 bytes of its SHA-256, in fours. */
export async function fingerprint(key: CryptoKey | Uint8Array<ArrayBuffer>): Promise<string> {
  const raw = key instanceof Uint8Array ? key : await crypto.subtle.exportKey('raw', key);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', raw)).subarray(0, 8);
  const digits = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}

async function isSignedBy(
  key: Uint8Array<ArrayBuffer>,
  value: Uint8Array<ArrayBuffer>,
  content: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('raw', key, CURVE, false, ['verify']);
    return await crypto.subtle.verify(ALGORITHM, imported, value, content);
  } catch {
    // Bytes that are no point of the curve are no key.
    return false;
  }
}

function message(bare: string, { by, date, data }: Pick<Signature, 'by' | 'date' | 'data'>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = files.length > 0 ? [CONTEXT_WITH_DATA, by, date, bare, files] : [CONTEXT, by, date, bare];
  return new TextEncoder().encode(JSON.stringify(parts));
}

interface Said {
  readonly by: string;
  readonly date: string;
  readonly data: Signature['data'];
  readonly key: Uint8Array<ArrayBuffer> | undefined;
  readonly value: Uint8Array<ArrayBuffer>;
}

function readLine(line: string): Said {
  try {
    const said = (parse(line) as { signature: Record<string, unknown> }).signature;
    const text = (key: string): string => (typeof said[key] === 'string' ? said[key] : '');
    return {
      by: text('by').slice(0, 100),
      data: hashesOf(said.data),
      date: /^\d{4}-\d\d-\d\d$/.test(text('date')) ? text('date') : '',
      key: text('key') === '' ? undefined : fromBase64Url(text('key')),
      value: fromBase64Url(text('value')),
    };
  } catch {
    return { by: '', date: '', data: {}, key: undefined, value: new Uint8Array() };
  }
}

function hashesOf(data: unknown): Signature['data'] {
  const entries = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  return Object.fromEntries(entries.flatMap(([name, hash]) => (typeof hash === 'string' ? [[name, hash]] : [])));
}

function signatureLine(lines: readonly string[]): number {
  const end = frontMatterEnd(lines);
  const at = lines.findIndex((line) => LINE.test(line));
  return at > 0 && at < end ? at : -1;
}

/** The line that closes the front matter, or -1 where there is none. */
function frontMatterEnd(lines: readonly string[]): number {
  if (!FENCE.test(lines[0]!)) return -1;
  return lines.findIndex((line, at) => at > 0 && /^(---|\.\.\.)[ \t]*$/.test(line));
}

function withFrontMatter(text: string): string {
  const lines = text.split('\n');
  if (frontMatterEnd(lines) > 0) return text;
  if (FENCE.test(lines[0]!)) {
    throw new LevainError({
      code: 'unsigned',
      message: 'The notebook cannot be signed: its front matter has no end.',
      hint: 'Put a line with three dashes after it.',
    });
  }
  return `---\nnotebook: 1\n---\n${text}`;
}
