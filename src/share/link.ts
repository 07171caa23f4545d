import { LevainError } from '../base/problem';
import { fromBase64Url, toBase64Url } from './base64url';
import { deflate, inflate } from './deflate';
import { refusal } from './refusal';

/** A longer address is cut by mail programs, chats and some servers' logs. */
export const LINK_LENGTH = 8192;

/** What a link may unpack to: many times what fits into one, and nothing that would hold the page up. */
const MOST_BYTES = 2e6;
/** More text than this never packs into a link. */
const WORTH_TRYING = 500_000;

const PREFIX = '#share=1.';

export interface Link {
  /** The part of the address from `#` on. Browsers keep it to themselves: it is not sent to the server. */
  readonly fragment: string;
  /** Whether the data files are in it too. */
  readonly withData: boolean;
}

export interface Linked {
  readonly text: string;
  readonly data: readonly File[];
}

/**
 * A notebook in the fragment of an address, with its data files where they fit. Undefined when even the notebook alone
 * makes the fragment longer than {@link LINK_LENGTH} characters.
 */
export async function makeLink(text: string, data: readonly File[]): Promise<Link | undefined> {
  const files = await textsOf(data);
  if (files) {
    const fragment = await pack(text, files);
    if (fragment.length <= LINK_LENGTH) return { fragment, withData: data.length > 0 };
  }
  const alone = await pack(text, []);
  return alone.length <= LINK_LENGTH ? { fragment: alone, withData: false } : undefined;
}

/** Whether the fragment of an address holds a notebook. */
export const isLink = (fragment: string): boolean => fragment.startsWith('#share=');

/** The notebook and the files in a fragment. Rejects with `link-damaged` or `link-newer`. */
export async function openLink(fragment: string): Promise<Linked> {
  if (!fragment.startsWith(PREFIX)) {
    throw new LevainError({
      code: 'link-newer',
      message: 'The link was made by a newer version of Levain.',
      hint: 'Reload the page, or ask for the notebook as a file.',
    });
  }
  try {
    const content: unknown = JSON.parse(await inflate(fromBase64Url(fragment.slice(PREFIX.length)), MOST_BYTES));
    if (!Array.isArray(content) || !content.every((part) => typeof part === 'string') || content.length % 2 === 0) {
      throw new RangeError('it does not hold a notebook');
    }
    const [text, ...named] = content as [string, ...string[]];
    const data: File[] = [];
    for (let at = 0; at < named.length; at += 2) data.push(new File([named[at + 1]!], named[at]!));
    return { text, data };
  } catch (error) {
    const what = 'The link is damaged: perhaps it was cut short where it was pasted';
    throw refusal(error, 'link-damaged', what, 'Copy it again as a whole, or ask for the notebook as a file.');
  }
}

/** The notebook's text, then name and text of each file, so that a small notebook carries few signs beside its own. */
async function pack(text: string, files: readonly (readonly [string, string])[]): Promise<string> {
  return PREFIX + toBase64Url(await deflate(JSON.stringify([text, ...files.flat()])));
}

/** The files as texts, or undefined where one is too long or no UTF-8, which a text would not give back byte for byte. */
async function textsOf(data: readonly File[]): Promise<(readonly [string, string])[] | undefined> {
  if (data.reduce((total, file) => total + file.size, 0) > WORTH_TRYING) return undefined;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return await Promise.all(data.map(async (file) => [file.name, decoder.decode(await file.arrayBuffer())] as const));
  } catch {
    return undefined;
  }
}
