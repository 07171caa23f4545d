import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import parquetUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import { ownPage } from '../base/own-page';
import { scriptAt } from '../base/worker';
import formatsUrl from './formats/worker?bundle-url';

/** DuckDB's two files, its extensions beside the page, and what reads and writes other formats. */
export interface Assets {
  /** The source of DuckDB's worker script; the rest are absolute addresses, but for one other source. */
  readonly worker: string;
  readonly wasm: string;
  /** Loaded in this sequence when the database starts. */
  readonly extensions: readonly Extension[];
  /** Fetched when a file first needs it: the source of a thread, and the address of its Parquet reader. */
  readonly formats: string;
  readonly parquet: string;
}

export interface Extension {
  readonly name: string;
  readonly address: string;
  /** As the attribute of that name in HTML: another file at the address is not taken. */
  readonly integrity: string;
}

/** What `npm run extensions` writes down of the files it placed, their paths from `ext/` on. */
export type PlacedExtensions = readonly { readonly name: string; readonly path: string; readonly integrity: string }[];

/** As the page knows them. On the UI thread only: a blob worker has no address to resolve against. */
export function assets(base: string = document.baseURI): Assets {
  return {
    worker: scriptAt(new URL(workerUrl, base).href),
    wasm: new URL(wasmUrl, base).href,
    // A page that is one file has nothing beside it.
    extensions: ownPage()
      ? []
      : EXTENSIONS.map(({ path, ...rest }) => ({ ...rest, address: new URL(`ext/${path}`, base).href })),
    formats: scriptAt(formatsUrl),
    parquet: new URL(parquetUrl, base).href,
  };
}
