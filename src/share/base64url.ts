import { fromBase64, toBase64 } from './base64';

/**
 * Bytes in the letters that stand in an address as they are (RFC 4648, section 5), without padding.
 *
 * @example toBase64Url(new Uint8Array([251, 255])) // => '-_8'
 */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** The bytes of {@link toBase64Url}; throws on any other character. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new RangeError('there is a character that does not belong there');
  return fromBase64(text.replace(/-/g, '+').replace(/_/g, '/'));
}
