import { expose, transfer } from 'comlink';
import { openParquet, type OpenParquet, type ParquetLook } from './parquet';

/** What a thread that reads files of other programs can be asked. One file at a time. */
export interface FormatsThread {
  openParquet(wasm: string, file: Blob): Promise<ParquetLook>;
  nextBatch(): Promise<Uint8Array | null>;
}

let parquet: OpenParquet | undefined;

const thread: FormatsThread = {
  async openParquet(wasm, file) {
    parquet = await openParquet(wasm, file);
    return parquet.look;
  },
  async nextBatch() {
    const bytes = (await parquet?.next()) ?? null;
    return bytes && transfer(bytes, [bytes.buffer as ArrayBuffer]);
  },
};
expose(thread);
