import {
  Compression,
  Table,
  transformParquetStream,
  WriterPropertiesBuilder,
  writeParquet,
  type RecordBatch,
  type WriterProperties,
} from 'parquet-wasm/esm';
import { BATCH_ROWS } from './batch-rows';
import { startParquet } from './parquet';

/** Writes Arrow IPC streams of one schema as one Parquet file, a row group after the other. */
export class ParquetWriter {
  readonly #batches = new TransformStream<RecordBatch, RecordBatch>(undefined, { highWaterMark: 1 });
  readonly #in = this.#batches.writable.getWriter();
  #file: Promise<Blob> | undefined;
  #empty: Table | undefined;

  static async begin(wasm: string): Promise<ParquetWriter> {
    await startParquet(wasm);
    return new ParquetWriter();
  }

  async add(stream: Uint8Array): Promise<void> {
    const table = Table.fromIPCStream(stream);
    const batches = table.recordBatches();
    if (batches.length === 0) {
      this.#empty = table;
      return;
    }
    this.#file ??= this.#written();
    // What the writer cannot take ends the stream: it is told by whichever comes first.
    for (const batch of batches) await Promise.race([this.#in.write(batch), this.#file]);
  }

  async end(): Promise<Blob> {
    if (!this.#file) return blob([writeParquet(this.#empty!, properties()) as Uint8Array<ArrayBuffer>]);
    await this.#in.close();
    return this.#file;
  }

  async #written(): Promise<Blob> {
    const parts: Blob[] = [];
    const reader = ((await transformParquetStream(this.#batches.readable, properties())) as ReadableStream).getReader();
    for (;;) {
      const { done, value } = (await reader.read()) as ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
      if (done) return blob(parts);
      parts.push(blob([value]));
    }
  }
}

const properties = (): WriterProperties =>
  new WriterPropertiesBuilder()
    .setCompression(Compression.SNAPPY)
    .setMaxRowGroupSize(BATCH_ROWS)
    .setCreatedBy('Levain')
    .build();

const blob = (parts: BlobPart[]): Blob => new Blob(parts, { type: 'application/vnd.apache.parquet' });
