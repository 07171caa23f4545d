/** What travels between an engine and what is added to DuckDB's worker, beside the library's own messages. */
export const MESSAGES = {
  /** To the worker: a compiled module, or none where it could not be compiled, and extensions. */
  module: 'levain:module',
  /** From the worker: the memory of rows that were inserted. */
  memory: 'levain:memory',
  /** To the worker: so many bytes of rows are about to come. */
  room: 'levain:room',
  /** From the worker: how far the statement on a connection has come. */
  progress: 'levain:progress',
} as const;

/** What the worker is given before it instantiates. */
export interface Brought {
  readonly type: typeof MESSAGES.module;
  readonly module?: WebAssembly.Module | undefined;
  readonly extensions?: readonly { readonly name: string; readonly bytes: ArrayBuffer }[];
}

/** What the worker says by itself. */
export type Said =
  | { readonly type: typeof MESSAGES.memory; readonly memory: ArrayBuffer }
  | { readonly type: typeof MESSAGES.progress; readonly connection: number; readonly share: number };

/**
 * The source of DuckDB's worker: the source of the library's own worker script, then seven additions around its message handler.
 *
 * 1. The library drops the promise of a failed instantiation, so it would hang: an unhandled rejection before the
 *    first answer is sent back as that request's error.
 * 2. A module that was compiled elsewhere is taken, and nothing fetched.
 * 3. Once the WebAssembly module stands, the worker needs nothing from outside any more: what could fetch, connect,
 *    load or read the browser's storage is taken away (behind the page's policy and DuckDB's own lock).
 * 4. The memory of rows that were inserted is given back.
 * 5. What DuckDB fetches to load an extension is answered from the files that were brought, and with nothing else.
 * 6. How far a statement has come is told with its connection, which the library leaves out.
 * 7. While the file of a table is looked at, memory is made ready for its rows.
 */
export function duckdbWorkerSource(script: string): string {
  return `${script}\n(${wall.toString()})(${JSON.stringify(MESSAGES)});`;
}

/** Hands on what the worker says by itself. To be called before the library listens, to which it means nothing. */
export function hear(worker: Worker, onSaid: (said: Said) => void): void {
  const types: readonly unknown[] = [MESSAGES.memory, MESSAGES.progress];
  worker.addEventListener('message', (event: MessageEvent<Said>) => {
    if (!types.includes(event.data.type)) return;
    event.stopImmediatePropagation();
    onSaid(event.data);
  });
}

/** Runs inside DuckDB's worker; must not refer to anything outside itself. */
function wall(messages: typeof MESSAGES): void {
  const scope = globalThis as unknown as Record<string, unknown> & {
    onmessage: (event: MessageEvent) => Promise<void>;
    postMessage(message: unknown, transfer?: Transferable[]): void;
    addEventListener: typeof addEventListener;
    navigator: object;
  };
  const handle = scope.onmessage;
  let instantiating: number | undefined;
  /** The connection whose statement is worked on. */
  let working: number | undefined;
  /** Memory that is being made ready, and how far that has come. */
  let room: { readonly address: number; at: number; readonly end: number } | undefined;
  let heap: WebAssembly.Memory | undefined;
  let module: { malloc(bytes: number): number; free(address: number): void } | undefined;
  const turns = new MessageChannel();
  let bring: (brought: Brought) => void;
  const bringing = new Promise<Brought>((resolve) => (bring = resolve));

  const remove = (target: object, name: string, standIn?: unknown): void => {
    for (let owner: object | null = target; owner; owner = Object.getPrototypeOf(owner) as object | null) {
      if (Object.hasOwn(owner, name)) Reflect.deleteProperty(owner, name);
    }
    Object.defineProperty(target, name, { value: standIn, writable: false, configurable: false });
  };

  /** What DuckDB asks for an extension's file, by the file's name; it knows no other way. */
  const answering = (extensions: NonNullable<Brought['extensions']>): unknown =>
    class {
      status = 0;
      response: ArrayBuffer | undefined;
      #name = '';
      open(_method: string, address: string): void {
        this.#name = address.slice(address.lastIndexOf('/') + 1);
      }
      send(): void {
        this.response = extensions.find(({ name }) => this.#name === `${name}.duckdb_extension.wasm`)?.bytes;
        this.status = this.response ? 200 : 404;
      }
    };

  const close = (extensions: NonNullable<Brought['extensions']>): void => {
    const names = ['fetch', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport', 'Request'];
    const more = ['importScripts', 'Worker', 'SharedWorker', 'BroadcastChannel', 'indexedDB', 'caches', 'cookieStore'];
    for (const name of [...names, ...more, 'RTCPeerConnection', 'Notification']) remove(scope, name);
    for (const name of ['storage', 'serviceWorker', 'sendBeacon', 'locks']) remove(scope.navigator, name);
    remove(scope, 'XMLHttpRequest', extensions.length > 0 ? answering(extensions) : undefined);
  };

  /**
   * DuckDB says how far it has come in a call that Embind would make by writing a function as text, which the page's
   * policy forbids: its numbers are read here, and nothing else in the module is called so.
   */
  const heard = (imports: WebAssembly.Imports): WebAssembly.Imports => {
    const env = imports.env!;
    heap = env.memory as WebAssembly.Memory;
    const call = (_caller: number, _object: number, _method: number, _destructors: number, numbers: number): number => {
      const [done, percent] = new Float64Array(heap!.buffer, numbers >>> 0, 2);
      if (!done && working !== undefined)
        scope.postMessage({ type: messages.progress, connection: working, share: percent! / 100 });
      return 0;
    };
    return { ...imports, env: { ...env, _emval_get_method_caller: () => 0, _emval_call_method: call } };
  };

  /**
   * The library fetches the module and gives the response to `instantiateStreaming`: both are answered here. Of the 75,000
   * exports, all but 2,700 are C++ symbols for extensions to link with; where there are none they are left out, since the
   * library's script takes half of its starting time to enter each into its tables.
   */
  const use = (compiled: WebAssembly.Module, linking: boolean): void => {
    scope.fetch = () => new Promise(() => {});
    WebAssembly.instantiateStreaming = async (_response, imports) => {
      const instance = await WebAssembly.instantiate(compiled, heard(imports!));
      module = instance.exports as unknown as typeof module;
      if (linking) return { module: compiled, instance };
      const { exports } = instance;
      const names = Object.keys(exports).filter((name) => !name.startsWith('_Z') && !name.startsWith('orig$'));
      return {
        module: compiled,
        instance: { exports: Object.fromEntries(names.map((name) => [name, exports[name]!])) },
      };
    };
  };

  /** Where no module was brought, the library fetches it as it would. */
  const useOwn = (): void => {
    const { instantiateStreaming, instantiate } = WebAssembly;
    WebAssembly.instantiateStreaming = (response, imports) => instantiateStreaming(response, heard(imports!));
    WebAssembly.instantiate = ((bytes: BufferSource, imports: WebAssembly.Imports) =>
      instantiate(bytes, heard(imports))) as typeof instantiate;
  };

  const instantiate = async (event: MessageEvent): Promise<void> => {
    const { module: compiled, extensions = [] } = await bringing;
    if (compiled) use(compiled, extensions.length > 0);
    else useOwn();
    instantiating = (event.data as { messageId: number }).messageId;
    await handle(event);
    instantiating = undefined;
    close(extensions);
  };

  /**
   * The machine hands out memory that was never touched page by page, at several times the cost of what is written into
   * it. What is taken here is touched a piece at a time, between other messages, and then left to the module for rows.
   */
  const makeRoom = (bytes: number): void => {
    const address = room || !module ? 0 : module.malloc(bytes) >>> 0;
    if (address === 0) return;
    room = { address, at: address, end: address + bytes };
    turns.port2.postMessage(null);
  };
  const leaveRoom = (): void => {
    if (room) module!.free(room.address);
    room = undefined;
  };
  turns.port1.onmessage = () => {
    if (!room) return;
    const touched = new Uint8Array(heap!.buffer);
    const stop = Math.min(room.end, room.at + 4 * 1024 * 1024);
    for (; room.at < stop; room.at += 4096) touched[room.at] = 0;
    if (stop < room.end) turns.port2.postMessage(null);
    else leaveRoom();
  };

  const insert = async (event: MessageEvent): Promise<void> => {
    leaveRoom();
    const memory = (event.data as { data: [number, Uint8Array<ArrayBuffer>] }).data[1].buffer;
    await handle(event);
    scope.postMessage({ type: messages.memory, memory }, [memory]);
  };

  /** The database works, and says how far it has come, before `handle` returns. */
  const work = (event: MessageEvent): Promise<void> => {
    const { data: about } = event.data as { data: number | readonly [number, string] };
    working = typeof about === 'number' ? about : about[0];
    try {
      return handle(event);
    } finally {
      working = undefined;
    }
  };

  scope.addEventListener('unhandledrejection', (event) => {
    if (instantiating === undefined) return;
    const data = { name: 'Error', message: String((event as PromiseRejectionEvent).reason), stack: '' };
    scope.postMessage({ messageId: 0, requestId: instantiating, type: 'ERROR', data });
  });
  scope.onmessage = (event: MessageEvent) => {
    switch ((event.data as { type: string }).type) {
      case messages.module:
        return Promise.resolve(bring(event.data as Brought));
      case messages.room:
        return Promise.resolve(makeRoom((event.data as { bytes: number }).bytes));
      case 'INSTANTIATE':
        return instantiate(event);
      case 'INSERT_ARROW_FROM_IPC_STREAM':
        return insert(event);
      case 'START_PENDING_QUERY':
      case 'POLL_PENDING_QUERY':
        return work(event);
      default:
        return handle(event);
    }
  };
}
