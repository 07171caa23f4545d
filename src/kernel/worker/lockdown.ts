/**
 * The second wall. The first is the frame's content security policy, under which nothing here could reach a network
 * anyway; this takes away what user code has no use for, so that a cell fails with a plain "not defined" and cannot
 * speak to the frame or be heard in the protocol. Imported before anything else in the worker.
 */

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

/** What the kernel itself needs of what is taken away, and natives that user code may not stand in for. */
export const own = {
  importScripts: scope.importScripts.bind(scope),
  createUrl: URL.createObjectURL.bind(URL),
  revokeUrl: URL.revokeObjectURL.bind(URL),
  Blob: globalThis.Blob,
  Worker: globalThis.Worker,
  processors: scope.navigator.hardwareConcurrency || 1,
  parse: JSON.parse,
  stringify: JSON.stringify,
  apply: Reflect.apply,
  dataOf: Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!.get!,
  portsOf: Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'ports')!.get!,
  post: MessagePort.prototype.postMessage,
  setTimeout: scope.setTimeout.bind(scope),
  clearTimeout: scope.clearTimeout.bind(scope),
  addEventListener: scope.addEventListener.bind(scope),
};

const TAKEN = `
  fetch XMLHttpRequest WebSocket WebSocketStream EventSource WebTransport RTCPeerConnection RTCDataChannel importScripts
  Worker SharedWorker ServiceWorker BroadcastChannel MessageChannel MessagePort MessageEvent postMessage onmessage close
  indexedDB caches CacheStorage Cache IDBFactory navigator WorkerNavigator storage cookieStore Notification PushManager
  FileReaderSync webkitRequestFileSystem webkitRequestFileSystemSync
  webkitResolveLocalFileSystemURL webkitResolveLocalFileSystemSyncURL createImageBitmap OffscreenCanvas FontFace fonts
  Request Response reportError queryLocalFonts crashReport serial hid usb scheduler trustedTypes
`;

for (const name of TAKEN.trim().split(/\s+/)) {
  for (
    let holder: object | null = scope;
    holder !== null && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder)
  ) {
    Reflect.deleteProperty(holder, name);
  }
  Object.defineProperty(scope, name, { value: undefined, writable: false, configurable: false, enumerable: false });
}

// A hidden frame is never painted: what waits for a frame waits for a turn.
Object.assign(scope, {
  requestAnimationFrame: (callback: FrameRequestCallback) => own.setTimeout(callback, 0, performance.now()),
  cancelAnimationFrame: own.clearTimeout,
});

// No `toJSON`, no `then` on everything: what is sent cannot be listened to on the way.
for (const shared of [Object.prototype, Array.prototype, Function.prototype]) Object.preventExtensions(shared);

// What user code throws outside of a run is no news for the frame.
own.addEventListener('error', (event) => event.preventDefault());
own.addEventListener('unhandledrejection', (event) => event.preventDefault());

// Enough frames that a cell's own line is among those of Plot and Arquero.
(Error as { stackTraceLimit?: number }).stackTraceLimit = 60;

/**
 * Compiling from text is forbidden by the policy, and Arquero compiles its expressions. A script in a blob is not.
 */
let compiled: unknown;
Object.defineProperty(scope, 'levain$compiled', {
  set(value: unknown) {
    compiled = value;
  },
});

function compile(...parts: unknown[]): unknown {
  const body = parts.length > 0 ? String(parts[parts.length - 1]) : '';
  const parameters = parts.slice(0, -1).map(String).join(',');
  const url = own.createUrl(
    new own.Blob([`levain$compiled = function anonymous(${parameters}\n) {\n${body}\n};`], { type: 'text/javascript' }),
  );
  try {
    own.importScripts(url);
    return compiled;
  } finally {
    own.revokeUrl(url);
  }
}
compile.prototype = Function.prototype;
Object.defineProperty(scope, 'Function', { value: compile, writable: false, configurable: false });
