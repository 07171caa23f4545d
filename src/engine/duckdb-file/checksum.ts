const SEED = 5381n;
const FACTOR = 0xbf58476d1ce4e5b9n;

/** The checksum that DuckDB keeps before a block: its 64-bit words, each times a constant, joined by exclusive or. */
export function wordsChecksum(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = SEED;
  for (let at = 0; at < bytes.byteLength; at += 8) sum ^= BigInt.asUintN(64, view.getBigUint64(at, true) * FACTOR);
  return sum;
}
