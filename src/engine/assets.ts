import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';

/** Absolute addresses of DuckDB's two files, and of the folder where extensions would be (there are none). */
export interface Assets {
  readonly worker: string;
  readonly wasm: string;
  readonly extensions: string;
}

/** The addresses as the page knows them. On the UI thread only: a blob worker has no address to resolve against. */
export function assets(base: string = document.baseURI): Assets {
  return {
    worker: new URL(workerUrl, base).href,
    wasm: new URL(wasmUrl, base).href,
    extensions: new URL('ext', base).href,
  };
}
