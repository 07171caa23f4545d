import { scriptAt } from '../base/worker';

/**
 * The script of DuckDB's worker: the library's own worker script, then two additions around its message handler.
 *
 * 1. The library drops the promise of a failed instantiation, so it would hang: an unhandled rejection before the
 *    first answer is sent back as that request's error.
 * 2. Once the WebAssembly module stands, the worker needs nothing from outside any more: what could fetch, connect,
 *    load or read the browser's storage is taken away (behind the page's policy and DuckDB's own lock).
 */
export function duckdbWorkerSource(workerUrl: string): string {
  return `${scriptAt(workerUrl)}\n(${wall.toString()})();`;
}

/** Runs inside DuckDB's worker; must not refer to anything outside itself. */
function wall(): void {
  const scope = globalThis as unknown as Record<string, unknown> & {
    onmessage: (event: MessageEvent) => Promise<void>;
    postMessage(message: unknown): void;
    addEventListener: typeof addEventListener;
    navigator: object;
  };
  const handle = scope.onmessage;
  let instantiating: number | undefined;

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

  scope.addEventListener('unhandledrejection', (event) => {
    if (instantiating === undefined) return;
    const data = { name: 'Error', message: String((event as PromiseRejectionEvent).reason), stack: '' };
    scope.postMessage({ messageId: 0, requestId: instantiating, type: 'ERROR', data });
  });
  scope.onmessage = async (event: MessageEvent) => {
    const request = event.data as { type: string; messageId: number };
    if (request.type !== 'INSTANTIATE') return handle(event);
    instantiating = request.messageId;
    await handle(event);
    instantiating = undefined;
    close();
  };
}
