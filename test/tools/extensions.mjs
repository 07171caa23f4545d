// npm run extensions [-- json icu … --from <address>]: DuckDB's own extensions beside the page, for a build that follows.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { install, ROOT } from './install.mjs';

const DUCKDB = 'https://extensions.duckdb.org';
const PLATFORM = 'wasm_eh';
/** What a notebook has most use for: JSON in columns, time zones and collations. */
const USUAL = ['json', 'icu'];
/** These reach the network or other databases, which nothing in the page may. */
const REFUSED =
  /^(aws|azure|delta|ducklake|httpfs|iceberg|motherduck|mysql\w*|postgres\w*|sqlite\w*|ui|unity_catalog)$/;

/** The DuckDB that the page has, run here. */
export async function openDuckdb(config = {}) {
  const require = createRequire(import.meta.url);
  const duckdb = require('@duckdb/duckdb-wasm/blocking');
  const mainModule = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  const bundle = { mainModule, mainWorker: '' };
  const opened = await duckdb.createDuckDB({ mvp: bundle, eh: bundle }, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await opened.instantiate(() => {});
  opened.open({ path: ':memory:', ...config });
  const connection = opened.connect();
  const version = String(connection.query('SELECT version() AS v').get(0).v);
  return {
    version,
    /** Loads an extension from its bytes: throws where it is not DuckDB's own, for this version. */
    load(name, bytes) {
      // DuckDB asks for the file by this class alone.
      globalThis.XMLHttpRequest = class {
        open() {}
        send() {
          this.status = 200;
          this.response = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
        }
      };
      try {
        connection.query("SET custom_extension_repository='ext'");
        connection.query(`LOAD ${name}`);
      } finally {
        delete globalThis.XMLHttpRequest;
      }
    },
  };
}

/**
 * Fetches extensions, loads each into the page's own DuckDB, which checks its signature, and writes them and their list to
 * `folder`, in place of what was there. Nothing is written unless all of them load.
 */
export async function place(names, { from, folder, duckdb }) {
  const files = [];
  for (const name of names) {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is no name of an extension.`);
    if (REFUSED.test(name)) throw new Error(`${name} is of no use here: nothing in the page reaches the network.`);
    const path = `${duckdb.version}/${PLATFORM}/${name}.duckdb_extension.wasm`;
    files.push({ name, path, bytes: await fetched(`${from}/${path}`) });
  }
  // After all of them are here: it holds the process up, and a connection that is kept for the next file might be closed.
  for (const { name, bytes } of files) {
    try {
      duckdb.load(name, bytes);
    } catch (error) {
      throw new Error(`DuckDB ${duckdb.version} does not take ${name} from ${from}: ${error.message}`, {
        cause: error,
      });
    }
  }
  rmSync(folder, { recursive: true, force: true });
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const list = files.map(({ name, path, bytes }) => {
    return { name, path, integrity: `sha256-${createHash('sha256').update(bytes).digest('base64')}` };
  });
  writeFileSync(join(folder, 'extensions.json'), `${JSON.stringify(list, undefined, 2)}\n`);
  return files;
}

async function fetched(address) {
  let response;
  try {
    response = await fetch(address);
  } catch (error) {
    const why = error.cause?.message ?? error.message;
    throw new Error(`${address} cannot be reached (${why}). Is there a network? A mirror is given with --from.`, {
      cause: error,
    });
  }
  if (!response.ok) throw new Error(`${address} is not there (${response.status}). Is the extension's name right?`);
  return new Uint8Array(await response.arrayBuffer());
}

async function main() {
  install();
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { from: { type: 'string' } } });
  const names = positionals.length > 0 ? positionals : USUAL;
  const folder = join(ROOT, 'public/ext');
  const files = await place(names, { from: values.from ?? DUCKDB, folder, duckdb: await openDuckdb() });
  for (const { name, path, bytes } of files)
    console.log(
      `${name}: ${(bytes.length / 1e6).toFixed(1)} MB in public/ext/${path}, its signature checked by DuckDB.`,
    );
  console.log(
    'Build the page anew to have them: npm run build. To be without them again, delete public/ext and build.',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // The database's threads would keep the process.
  main().then(
    () => process.exit(0),
    (error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
}
