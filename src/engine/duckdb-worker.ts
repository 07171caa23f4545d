import { ownPage } from '../base/own-page';
import { startWorker } from '../base/worker';
import type { Assets, Extension } from './assets';
import { duckdbWorkerSource, MESSAGES, type Brought } from './duckdb-wall';

const NAME = 'levain-duckdb';

/** The global in which the prelude leaves what it began. */
const BEGUN_KEY = 'levainBegun';

interface Begun {
  readonly module: Promise<WebAssembly.Module>;
  readonly worker?: Worker | undefined;
}

/** Brings a compiled module from the first engine's worker to the page, and from there to the engines that follow. */
interface ModuleMessage {
  readonly type: typeof MESSAGES.module;
  readonly module: WebAssembly.Module;
}

const scope = globalThis as unknown as Record<typeof BEGUN_KEY, Begun | undefined>;

/** On the UI thread: the module that an engine compiled, by its address. */
const compiled = new Map<string, WebAssembly.Module>();

/**
 * Starts an engine's worker. Before its own script is there DuckDB's worker starts, and the module is compiled meanwhile
 * and sent here: the next notebook's engine has it, with all that was made of it so far. On the UI thread only.
 */
export function startBesideDuckdb(source: string, name: string, assets: Assets): Worker {
  const module = compiled.get(assets.wasm) ?? ownPage()?.module(assets.wasm);
  const begin = module ? awaitModule : compileModule;
  const given = [BEGUN_KEY, MESSAGES.module, duckdbWorkerSource(assets.worker), NAME, assets.wasm]
    .map((text) => JSON.stringify(text))
    .join();
  const worker = startWorker(`(${begin.toString()})(${given});\n${source}`, name);
  if (module) {
    // Where it cannot be compiled, the library says why when it finds none.
    const bring = (module?: WebAssembly.Module): void => worker.postMessage({ type: MESSAGES.module, module });
    void Promise.resolve(module).then(bring, () => bring());
  } else {
    worker.addEventListener('message', ({ data }: MessageEvent<Partial<ModuleMessage> | null>) => {
      if (data?.type === MESSAGES.module && data.module) compiled.set(assets.wasm, data.module);
    });
  }
  return worker;
}

/** Runs in the engine's worker; must not refer to anything outside itself. */
function compileModule(key: string, type: string, source: string, name: string, wasm: string): void {
  // Not by an address from the page: in a page that is a file no other thread may start a worker from it.
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const module = WebAssembly.compileStreaming(fetch(wasm));
  (globalThis as unknown as Record<string, Begun>)[key] = { worker: new Worker(url, { name }), module };
  module.then(
    (done) => globalThis.postMessage({ type, module: done }),
    () => {},
  );
}

/** As `compileModule`, where the page has the module. */
function awaitModule(key: string, type: string, source: string, name: string): void {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const module = new Promise<WebAssembly.Module>((resolve) => {
    const take = (event: MessageEvent<ModuleMessage>): void => {
      if (event.data.type !== type) return;
      // Not for those who listen after this.
      event.stopImmediatePropagation();
      globalThis.removeEventListener('message', take);
      resolve(event.data.module);
    };
    globalThis.addEventListener('message', take);
  });
  (globalThis as unknown as Record<string, Begun>)[key] = { worker: new Worker(url, { name }), module };
}

/**
 * DuckDB's worker: the one that began before this one's script, or another. The module is compiled on this thread, while that worker
 * reads the library's script, and once for all workers started here. It is compiled straight from the network's response;
 * the library would pass its 34 MB through a stream of its own first.
 */
export function startDuckdb(assets: Assets): Worker {
  const { module, worker = startWorker(duckdbWorkerSource(assets.worker), NAME) } = scope[BEGUN_KEY] ?? {
    module: WebAssembly.compileStreaming(fetch(assets.wasm)),
  };
  scope[BEGUN_KEY] = { module };
  const standing = module.catch(() => {
    // The library then fetches it itself, and says what is wrong.
    scope[BEGUN_KEY] = undefined;
    return undefined;
  });
  void Promise.all([standing, fetched(assets.extensions)]).then(([module, extensions]) => {
    const brought: Brought = { type: MESSAGES.module, module, extensions };
    worker.postMessage(
      brought,
      extensions.map(({ bytes }) => bytes),
    );
  });
  return worker;
}

/** The files of extensions, without those that are not there or not what they were: loading them says so. */
async function fetched(extensions: readonly Extension[]): Promise<NonNullable<Brought['extensions']>> {
  const files = extensions.map(async ({ name, address, integrity }) => {
    try {
      const response = await fetch(address, { integrity });
      return response.ok ? [{ name, bytes: await response.arrayBuffer() }] : [];
    } catch {
      return [];
    }
  });
  return (await Promise.all(files)).flat();
}
