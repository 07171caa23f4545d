/** The remainders of all bytes, for the polynomial of gzip and PNG (0xEDB88320, bits reversed). */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/**
 * The CRC-32 of a text's UTF-8 bytes, as in gzip (RFC 1952, section 8). It finds damage, not forgery, and it is
 * synchronous: a version is sealed while the page is going away, when WebCrypto's digest would come too late.
 *
 * @example crc32('123456789').toString(16) // => 'cbf43926'
 */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) crc = (crc >>> 8) ^ REMAINDERS[(crc ^ byte) & 0xff]!;
  return (crc ^ 0xffffffff) >>> 0;
}
