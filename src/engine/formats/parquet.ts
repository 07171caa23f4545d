import init, { ParquetFile, type RecordBatch } from 'parquet-wasm/esm';
import { BATCH_ROWS } from './batch-rows';

let ready: Promise<unknown> | undefined;

/** How the module's address begins in a page that is one file, where it is its own content, packed by gzip. */
const PACKED = 'data:application/gzip;';

/** Fetches the Parquet library's module, once. */
export const startParquet = (wasm: string): Promise<unknown> =>
  (ready ??= init({ module_or_path: wasm.startsWith(PACKED) ? unpacked(wasm) : wasm }));

async function unpacked(address: string): Promise<Response> {
  const { body } = await fetch(address);
  const headers = { 'content-type': 'application/wasm' };
  return new Response(body!.pipeThrough(new DecompressionStream('gzip')), { headers });
}

export interface ParquetLook {
  /** The schema, as an Arrow IPC stream without rows. */
  readonly schema: Uint8Array;
  readonly rows: number;
}

/** A Parquet file that is open for reading. */
export interface OpenParquet {
  readonly look: ParquetLook;
  /** The next rows as an Arrow IPC stream, or null at the end. */
  next(): Promise<Uint8Array | null>;
}

/** Opens a Parquet file; its rows are read from disk as they are asked for. */
export async function openParquet(wasm: string, file: Blob): Promise<OpenParquet> {
  await startParquet(wasm);
  const parquet = await ParquetFile.fromFile(file);
  const look = { schema: parquet.schema().intoIPCStream(), rows: parquet.metadata().fileMetadata().numRows() };
  let reader: ReadableStreamDefaultReader<RecordBatch> | undefined;
  return {
    look,
    async next() {
      reader ??= ((await parquet.stream({ batchSize: BATCH_ROWS })) as ReadableStream<RecordBatch>).getReader();
      const { done, value } = await reader.read();
      return done ? null : value.intoIPCStream();
    },
  };
}
