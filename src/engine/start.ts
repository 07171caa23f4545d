import { proxy, transfer, wrap, type Remote } from 'comlink';
import { assets as assetsOfPage, type Assets } from './assets';
import type { Engine } from './engine';
import { startBesideDuckdb } from './duckdb-worker';
import { ASSETS_KEY } from './expose-key';
import type { ServedEngine } from './expose';
import { transferProblems } from './problem-transfer';
import type { Walls } from './walls';

export interface StartedEngine {
  readonly engine: Engine;
  readonly worker: Worker;
  /** Closes the engine and ends its worker. */
  stop(): void;
}

/**
 * Starts an engine in a worker of its own. `source` is the text of a worker script (`./worker?bundle`, or one of the
 * session's that hosts more) which calls `exposeEngine`; workbooks are read within `walls`. On the UI thread only.
 */
export function startEngine(source: string, walls?: Walls, assets: Assets = assetsOfPage()): StartedEngine {
  transferProblems();
  const addresses = `globalThis.${ASSETS_KEY} = ${JSON.stringify(assets)};`;
  const worker = startBesideDuckdb(`${addresses}\n${source}`, 'levain-engine', assets);
  const remote = wrap<ServedEngine>(worker);
  if (walls) {
    const open: Walls['open'] = async (onDead) => {
      const port = await walls.open(onDead);
      return transfer(port, [port]);
    };
    void remote.within(proxy({ open, close: () => walls.close() }));
  }
  const engine = client(remote);
  const stop = (): void => {
    // The database's worker is a child of this one and ends with it.
    worker.terminate();
  };
  return { engine, worker, stop };
}

/** The engine as seen from here. Callbacks cannot be copied to a worker: they go as proxies. */
function client(remote: Remote<ServedEngine>): Engine {
  return {
    open: () => remote.open(),
    sniff: (file, taken) => remote.sniff(file, taken),
    refine: (file, plan, change) => remote.refine(file, plan, change),
    ingest: (run, file, plan, onProgress) => remote.ingest(run, file, plan, proxy(onProgress)),
    profile: (run, relation, options) => remote.profile(run, relation, options),
    rename: (from, to) => remote.rename(from, to),
    drop: (relation) => remote.drop(relation),
    catalog: () => remote.catalog(),
    execute: (run, statement) => remote.execute(run, statement),
    define: (run, name, statement, options) => remote.define(run, name, statement, options),
    insert: (name, bytes) => remote.insert(name, bytes),
    query: (run, statement, options) => remote.query(run, statement, options),
    page: (relation, request) => remote.page(relation, request),
    count: (relation, filters) => remote.count(relation, filters),
    export: (run, tables, options) => remote.export(run, tables, options),
    check: (text, parameters) => remote.check(text, parameters),
    cancel: (run) => remote.cancel(run),
    watch: (onRestart) => remote.watch(proxy(onRestart)),
    watchRuns: (onProgress) => remote.watchRuns(proxy(onProgress)),
    close: () => remote.close(),
  };
}
