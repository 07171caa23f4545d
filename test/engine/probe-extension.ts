/** A whole number as WebAssembly writes lengths: seven bits a byte. */
function leb(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

const text = (value: string): number[] => [...leb(value.length), ...new TextEncoder().encode(value)];
const section = (id: number, content: number[]): number[] => [id, ...leb(content.length), ...content];
const custom = (name: string, content: number[]): number[] => section(0, [...text(name), ...content]);

const I32 = 0x7f;
const field = (value: string): number[] => [...new TextEncoder().encode(value.padEnd(32, '\0'))];

/**
 * The smallest DuckDB extension, written by hand: when it is loaded it calls a C++ function of DuckDB's (`DuckDB::LibraryVersion`)
 * and does nothing else. It has what the file of an extension has at its end, but 256 zeros for the signature.
 */
export function probeExtension(name = 'probe'): Uint8Array<ArrayBuffer> {
  const noMemory = [1, 4, 0, 0, 0, 0];
  const takesOne = [0x60, 1, I32, 0];
  const givesOne = [0x60, 0, 1, I32];
  const libraryVersion = [...text('env'), ...text('_ZN6duckdb6DuckDB14LibraryVersionEv'), 0, 1];
  const callAndDrop = [0, 0x10, 0, 0x1a, 0x0b];
  const about = ['', '', '', 'CPP', '0.0.1', 'v1.4.3', 'wasm_eh', '4'].flatMap(field);
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...custom('dylink.0', noMemory),
    ...section(1, [2, ...takesOne, ...givesOne]),
    ...section(2, [1, ...libraryVersion]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text(`${name}_duckdb_cpp_init`), 0, 1]),
    ...section(10, [1, ...leb(callAndDrop.length), ...callAndDrop]),
    ...custom('duckdb_signature', [...about, ...new Array<number>(256).fill(0)]),
  ]);
}
