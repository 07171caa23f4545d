import { expose, proxy, transfer, type Endpoint } from 'comlink';
import type { Assets } from './assets';
import { DuckDbEngine } from './duckdb-engine';
import type { Engine } from './engine';
import { ASSETS_KEY } from './expose-key';
import { transferProblems } from './problem-transfer';
import type { Walls } from './walls';

/** The engine as the page reaches it, which gives it the walls that only a page can make. */
export interface ServedEngine extends Engine {
  within(walls: Walls): void;
}

/** Runs the engine in this worker and answers the page. The engine is returned for what else the worker hosts. */
export function exposeEngine(endpoint?: Endpoint): Engine {
  const assets = (globalThis as unknown as Record<string, Assets>)[ASSETS_KEY]!;
  const engine = new DuckDbEngine(assets);
  transferProblems();
  // The database starts while the page is still busy; whoever asks first is told if it cannot.
  engine.open().catch(() => undefined);
  expose(served(engine), endpoint);
  return engine;
}

/** The engine with its results moved rather than copied to the other side. */
function served(engine: DuckDbEngine): ServedEngine {
  const move = (bytes: Uint8Array): Uint8Array => transfer(bytes, [bytes.buffer as ArrayBuffer]);
  return {
    open: () => engine.open(),
    sniff: (file, taken) => engine.sniff(file, taken),
    refine: (file, plan, change) => engine.refine(file, plan, change),
    ingest: (run, file, plan, onProgress) => engine.ingest(run, file, plan, onProgress),
    profile: (run, relation, options) => engine.profile(run, relation, options),
    rename: (from, to) => engine.rename(from, to),
    drop: (relation) => engine.drop(relation),
    catalog: () => engine.catalog(),
    execute: (run, statement) => engine.execute(run, statement),
    define: (run, name, statement, options) => engine.define(run, name, statement, options),
    insert: (name, bytes) => engine.insert(name, bytes),
    query: async (run, statement, options) => move(await engine.query(run, statement, options)),
    page: async (relation, request) => move(await engine.page(relation, request)),
    count: (relation, filters) => engine.count(relation, filters),
    export: (run, tables, options) => engine.export(run, tables, options),
    check: (text, parameters) => engine.check(text, parameters),
    cancel: (run) => engine.cancel(run),
    watch: (onRestart) => engine.watch(onRestart),
    watchRuns: (onProgress) => engine.watchRuns(onProgress),
    close: () => engine.close(),
    within: (walls) => engine.within({ open: (onDead) => walls.open(proxy(onDead)), close: () => walls.close() }),
  };
}
