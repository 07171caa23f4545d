import { ownPage } from '../base/own-page';
import { startWorker } from '../base/worker';
import type { Assets } from './assets';

const NAME = 'levain-duckdb';

/**
 * The message that brings a compiled module: to DuckDB's worker, or nothing where it could not be compiled; from the first
 * engine's worker to the page, and from there to the engines that follow.
 */
const MODULE_MESSAGE = 'levain:module';

/** The message that brings back the memory of rows that were inserted. */
const BACK_MESSAGE = 'levain:back';

/** The global in which the prelude leaves what it began. */
const BEGUN_KEY = 'levainBegun';

interface Begun {
  readonly module: Promise<WebAssembly.Module>;
  readonly worker?: Worker | undefined;
}

interface BackMessage {
  readonly type: typeof BACK_MESSAGE;
  readonly memory: ArrayBuffer;
}

interface ModuleMessage {
  readonly type: typeof MODULE_MESSAGE;
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
  const given = [BEGUN_KEY, MODULE_MESSAGE, duckdbWorkerSource(assets.worker), NAME, assets.wasm]
    .map((text) => JSON.stringify(text))
    .join();
  const worker = startWorker(`(${begin.toString()})(${given});\n${source}`, name);
  if (module) {
    // Where it cannot be compiled, the library says why when it finds none.
    const bring = (module?: WebAssembly.Module): void => worker.postMessage({ type: MODULE_MESSAGE, module });
    void Promise.resolve(module).then(bring, () => bring());
  } else {
    worker.addEventListener('message', ({ data }: MessageEvent<Partial<ModuleMessage> | null>) => {
      if (data?.type === MODULE_MESSAGE && data.module) compiled.set(assets.wasm, data.module);
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
  module.then(
    (compiled) => worker.postMessage({ type: MODULE_MESSAGE, module: compiled }),
    () => {
      // The library then fetches it itself, and says what is wrong.
      scope[BEGUN_KEY] = undefined;
      worker.postMessage({ type: MODULE_MESSAGE });
    },
  );
  return worker;
}

/** Hands on the memory of rows that a worker inserted. To be called before the library listens, to which it means nothing. */
export function takeBack(worker: Worker, back: (memory: ArrayBuffer) => void): void {
  worker.addEventListener('message', (event: MessageEvent<Partial<BackMessage>>) => {
    if (event.data.type !== BACK_MESSAGE) return;
    event.stopImmediatePropagation();
    back(event.data.memory!);
  });
}

/**
 * The source of DuckDB's worker: the source of the library's own worker script, then four additions around its message handler.
 *
 * 1. The library drops the promise of a failed instantiation, so it would hang: an unhandled rejection before the
 *    first answer is sent back as that request's error.
 * 2. A module that was compiled elsewhere is taken, and nothing fetched.
 * 3. Once the WebAssembly module stands, the worker needs nothing from outside any more: what could fetch, connect,
 *    load or read the browser's storage is taken away (behind the page's policy and DuckDB's own lock).
 * 4. The memory of rows that were inserted is given back.
 */
export function duckdbWorkerSource(script: string): string {
  return `${script}\n(${wall.toString()})(${JSON.stringify(MODULE_MESSAGE)}, ${JSON.stringify(BACK_MESSAGE)});`;
}

/** Runs inside DuckDB's worker; must not refer to anything outside itself. */
function wall(moduleMessage: string, backMessage: string): void {
  const scope = globalThis as unknown as Record<string, unknown> & {
    onmessage: (event: MessageEvent) => Promise<void>;
    postMessage(message: unknown, transfer?: Transferable[]): void;
    addEventListener: typeof addEventListener;
    navigator: object;
  };
  const handle = scope.onmessage;
  let instantiating: number | undefined;
  let bring: (module: WebAssembly.Module | undefined) => void;
  const brought = new Promise<WebAssembly.Module | undefined>((resolve) => (bring = resolve));

  const remove = (target: object, name: string): void => {
    for (let owner: object | null = target; owner; owner = Object.getPrototypeOf(owner) as object | null) {
      if (Object.hasOwn(owner, name)) Reflect.deleteProperty(owner, name);
    }
    Object.defineProperty(target, name, { value: undefined, writable: false, configurable: false });
  };

  const close = (): void => {
    const names = ['fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport', 'Request'];
    const more = ['importScripts', 'Worker', 'SharedWorker', 'BroadcastChannel', 'indexedDB', 'caches', 'cookieStore'];
    for (const name of [...names, ...more, 'RTCPeerConnection', 'Notification']) remove(scope, name);
    for (const name of ['storage', 'serviceWorker', 'sendBeacon', 'locks']) remove(scope.navigator, name);
  };

  /**
   * The library fetches the module and gives the response to `instantiateStreaming`: both are answered here. Of the 75,000
   * exports, all but 2,700 are C++ symbols for extensions to link with; there are none here, and the library's script
   * takes half of its starting time to enter each into its tables.
   */
  const use = (module: WebAssembly.Module): void => {
    scope.fetch = () => new Promise(() => {});
    WebAssembly.instantiateStreaming = async (_response, imports) => {
      const { exports } = await WebAssembly.instantiate(module, imports);
      const names = Object.keys(exports).filter((name) => !name.startsWith('_Z') && !name.startsWith('orig$'));
      return { module, instance: { exports: Object.fromEntries(names.map((name) => [name, exports[name]!])) } };
    };
  };

  scope.addEventListener('unhandledrejection', (event) => {
    if (instantiating === undefined) return;
    const data = { name: 'Error', message: String((event as PromiseRejectionEvent).reason), stack: '' };
    scope.postMessage({ messageId: 0, requestId: instantiating, type: 'ERROR', data });
  });
  scope.onmessage = async (event: MessageEvent) => {
    const request = event.data as {
      type: string;
      messageId: number;
      module?: WebAssembly.Module;
      data?: unknown;
    };
    if (request.type === moduleMessage) return bring(request.module);
    if (request.type === 'INSERT_ARROW_FROM_IPC_STREAM') {
      const memory = (request.data as [number, Uint8Array<ArrayBuffer>])[1].buffer;
      await handle(event);
      return scope.postMessage({ type: backMessage, memory }, [memory]);
    }
    if (request.type !== 'INSTANTIATE') return handle(event);
    const module = await brought;
    if (module) use(module);
    instantiating = request.messageId;
    await handle(event);
    instantiating = undefined;
    close();
  };
}
