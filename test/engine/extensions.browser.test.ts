import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { startWorker } from '../../src/base/worker';
import { assets, type Extension } from '../../src/engine/assets';
import { DuckDbEngine } from '../../src/engine/duckdb-engine';
import { duckdbWorkerSource, MESSAGES } from '../../src/engine/duckdb-wall';
import { decodeTable } from '../../src/table/decode';
import { problem } from './engine-page';
import { probeExtension } from './probe-extension';

/** As it stands beside the page, with the digest that the build wrote down. */
async function standing(name: string, bytes = probeExtension(name), digested = bytes): Promise<Extension> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', digested));
  const integrity = `sha256-${btoa(String.fromCharCode(...digest))}`;
  return { name, address: URL.createObjectURL(new Blob([bytes])), integrity };
}

const engines: DuckDbEngine[] = [];
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

function engineWith(...extensions: Extension[]): DuckDbEngine {
  const engine = new DuckDbEngine({ ...assets(), extensions });
  engines.push(engine);
  return engine;
}

const one = { text: 'SELECT 42 AS n', parameters: [] };

describe('extensions beside the page', () => {
  it('are asked of nobody where there are none', async () => {
    const engine = engineWith();
    expect((await engine.open()).extensions).toEqual([]);
  });

  it('are not loaded without DuckDB’s signature, which is told, and the database stands', async () => {
    const engine = engineWith(await standing('probe'));
    const [probe] = (await engine.open()).extensions;
    expect(probe).toMatchObject({ name: 'probe', problem: { message: expect.stringMatching(/signature/) as string } });
    expect(decodeTable(await engine.query('r', one)).toArray()).toEqual([{ n: 42 }]);
  });

  it('are not loaded when the file is gone, or is another than was placed', async () => {
    const other = await standing('probe', probeExtension(), probeExtension('other'));
    const gone = { ...(await standing('gone')), address: new URL('/nowhere.wasm', location.href).href };
    const engine = engineWith(other, gone);
    const { extensions } = await engine.open();
    expect(extensions.map(({ name }) => name)).toEqual(['probe', 'gone']);
    for (const { problem } of extensions) {
      expect(problem?.message).toBeTruthy();
      expect(problem?.message).not.toMatch(/signature/);
    }
    expect(decodeTable(await engine.query('r', one)).toArray()).toEqual([{ n: 42 }]);
  });

  it('cannot be loaded by a statement', async () => {
    const engine = engineWith(await standing('probe'));
    const load = engine.execute('r', { text: 'LOAD probe', parameters: [] });
    expect((await problem(load)).code).toBe('missing-extension');
  });

  it('link with the database, from what the page brought and with no way to fetch, where unsigned ones are taken', async () => {
    const { worker: script, wasm } = assets();
    // Before the library's script, so that the library hears nothing of it.
    const ask = `addEventListener('message', (event) => {
      if (event.data !== 'reach') return;
      event.stopImmediatePropagation();
      event.ports[0].postMessage([typeof fetch, Function.prototype.toString.call(XMLHttpRequest)]);
    });`;
    const load = async (names: readonly string[]): Promise<{ loaded: string[]; reach: string[] }> => {
      const worker = startWorker(`${ask}\n${duckdbWorkerSource(script)}`, 'linking');
      const module = await WebAssembly.compileStreaming(fetch(wasm));
      const extensions = names.map((name) => ({ name, bytes: probeExtension(name).buffer }));
      worker.postMessage({ type: MESSAGES.module, module, extensions });
      const duckdb = new AsyncDuckDB(new VoidLogger(), worker);
      await duckdb.instantiate(wasm, null);
      await duckdb.open({ path: ':memory:', allowUnsignedExtensions: true });
      const connection = await duckdb.connect();
      await connection.query('LOAD probe').catch(() => undefined);
      await connection.query('LOAD absent').catch(() => undefined);
      const rows = await connection.query(
        "SELECT extension_name AS name FROM duckdb_extensions() WHERE loaded AND install_mode = 'REPOSITORY'",
      );
      const { port1, port2 } = new MessageChannel();
      const reach = new Promise<string[]>((resolve) => {
        port1.onmessage = ({ data }: MessageEvent<string[]>) => resolve(data);
      });
      worker.postMessage('reach', [port2]);
      const found = { loaded: rows.toArray().map((row) => String((row as { name: string }).name)), reach: await reach };
      await duckdb.terminate();
      return found;
    };
    const { loaded, reach } = await load(['probe']);
    expect(loaded).toEqual(['probe']);
    expect(reach[0]).toBe('undefined');
    expect(reach[1]).not.toContain('[native code]');
    expect((await load(['other'])).loaded).toEqual([]);
  });
});
