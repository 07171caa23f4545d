import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import parquetUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import { scriptAt } from '../base/worker';
import formatsUrl from './formats/worker?bundle-url';

/** DuckDB's two files, the folder where extensions would be, and what reads and writes other formats. */
export interface Assets {
  /** The source of DuckDB's worker script; the rest are absolute addresses, but for one other source. */
  readonly worker: string;
  readonly wasm: string;
  readonly extensions: string;
  /** Fetched when a file first needs it: the source of a thread, and the address of its Parquet reader. */
  readonly formats: string;
  readonly parquet: string;
}

/** As the page knows them. On the UI thread only: a blob worker has no address to resolve against. */
export function assets(base: string = document.baseURI): Assets {
  return {
    worker: scriptAt(new URL(workerUrl, base).href),
    wasm: new URL(wasmUrl, base).href,
    extensions: new URL('ext', base).href,
    formats: scriptAt(formatsUrl),
    parquet: new URL(parquetUrl, base).href,
  };
}
