import { createSHA256 } from 'hash-wasm';

export type HashReply = { readonly done: number } | { readonly sha256: string } | { readonly failed: string };

const CHUNK = 4 << 20;

/** Hashes one file, chunk by chunk, reading the next chunk while it hashes the last. */
async function hash(file: Blob): Promise<void> {
  const state = await createSHA256();
  let next = read(file, 0);
  for (let at = 0; at < file.size; at += CHUNK) {
    const chunk = await next;
    next = read(file, at + CHUNK);
    state.update(chunk);
    reply({ done: Math.min(at + CHUNK, file.size) });
  }
  reply({ sha256: state.digest('hex') });
}

async function read(file: Blob, at: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
}

const reply = (message: HashReply): void => globalThis.postMessage(message);

globalThis.onmessage = (event: MessageEvent<Blob>) => {
  hash(event.data).catch((error: unknown) => reply({ failed: error instanceof Error ? error.message : String(error) }));
};
