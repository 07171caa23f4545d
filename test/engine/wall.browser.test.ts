import { describe, expect, it } from 'vitest';
import { startWorker } from '../../src/base/worker';
import { assets } from '../../src/engine/assets';
import { duckdbWorkerSource } from '../../src/engine/duckdb-wall';

/** What DuckDB's worker could reach, asked from inside it. */
const ASK = `addEventListener('message', (event) => {
  if (event.data !== 'what is there') return;
  const names = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'importScripts', 'Worker',
    'BroadcastChannel', 'indexedDB', 'caches'];
  const reachable = names.filter((name) => {
    const inherited = Object.getPrototypeOf(globalThis);
    return globalThis[name] !== undefined || inherited[name] !== undefined || self[name] !== undefined;
  });
  if (navigator.storage) reachable.push('navigator.storage');
  postMessage({ reachable });
});`;

function reachable(worker: Worker): Promise<string[]> {
  return new Promise((resolve) => {
    worker.addEventListener('message', (event: MessageEvent<{ reachable?: string[] }>) => {
      if (event.data.reachable) resolve(event.data.reachable);
    });
    worker.postMessage('what is there');
  });
}

describe("the wall around DuckDB's worker", () => {
  it('stands once the module is instantiated, and not before', async () => {
    const { worker: script, wasm } = assets();
    const worker = startWorker(`${duckdbWorkerSource(script)}\n${ASK}`, 'walled');
    expect(await reachable(worker)).toContain('fetch');
    expect(await reachable(worker)).toContain('XMLHttpRequest');
    await new Promise<void>((resolve, reject) => {
      worker.addEventListener('message', (event: MessageEvent<{ requestId?: number; type: string }>) => {
        if (event.data.requestId !== 1 || event.data.type === 'INSTANTIATE_PROGRESS') return;
        if (event.data.type === 'OK') resolve();
        else reject(new Error(event.data.type));
      });
      worker.postMessage({ messageId: 1, type: 'INSTANTIATE', data: [wasm, null] });
      // Nothing was compiled for it: it fetches the module itself.
      worker.postMessage({ type: 'levain:module' });
    });
    expect(await reachable(worker)).toEqual([]);
    worker.terminate();
  });
});
