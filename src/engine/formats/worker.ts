import { expose, transfer } from 'comlink';
import { openParquet, type OpenParquet, type ParquetLook } from './parquet';
import { ParquetWriter } from './parquet-writer';
import { TextZip } from './zip-writer';

/** What a thread that reads and writes files of other programs can be asked. One file at a time. */
export interface FormatsThread {
  openParquet(wasm: string, file: Blob): Promise<ParquetLook>;
  nextBatch(): Promise<Uint8Array | null>;
  beginParquet(wasm: string): Promise<void>;
  /** Adds the rows of an Arrow IPC stream; all streams have one schema. */
  addToParquet(stream: Uint8Array): Promise<void>;
  endParquet(): Promise<Blob>;
  beginZip(): void;
  beginPart(path: string): void;
  addToPart(text: string): Promise<void>;
  endPart(): Promise<void>;
  endZip(type: string): Promise<Blob>;
}

let parquet: OpenParquet | undefined;
let writer: ParquetWriter | undefined;
let zip: TextZip | undefined;

const thread: FormatsThread = {
  async openParquet(wasm, file) {
    parquet = await openParquet(wasm, file);
    return parquet.look;
  },
  async nextBatch() {
    const bytes = (await parquet?.next()) ?? null;
    return bytes && transfer(bytes, [bytes.buffer as ArrayBuffer]);
  },
  async beginParquet(wasm) {
    writer = await ParquetWriter.begin(wasm);
  },
  addToParquet: (stream) => writer!.add(stream),
  endParquet: () => writer!.end(),
  beginZip() {
    zip = new TextZip();
  },
  beginPart: (path) => zip!.begin(path),
  addToPart: (text) => zip!.add(text),
  endPart: () => zip!.end(),
  endZip: (type) => zip!.close(type),
};
expose(thread);
