import { BoundedBlob } from './bounded-blob';

/** Text as DEFLATE of its UTF-8 in zlib's envelope, whose checksum finds damage. */
export async function deflate(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** The text of {@link deflate}; rejects when it is damaged, is no UTF-8, or has more than `most` bytes. */
export async function inflate(packed: Uint8Array<ArrayBuffer>, most: number): Promise<string> {
  const content = new BoundedBlob(most);
  await new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate')).pipeTo(content.sink);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await content.blob.arrayBuffer());
}
