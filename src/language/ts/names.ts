/**
 * The names that the code of a cell shares with the kernel that runs it. The kernel puts {@link SCOPE_NAMES} and
 * {@link MODULE_FUNCTION} in the scope *around* the async function whose inside is the cell's code, so that a cell may declare a name
 * of its own again.
 */

/** `levain$module("arquero")` gives the bundled copy of a module: what `import … from "arquero"` becomes. */
export const MODULE_FUNCTION = 'levain$module';

/** The final expression of a cell is assigned to this, so that what was declared can still be read after it. */
export const VALUE_NAME = 'levain$value';

/** The modules that a cell may import, as they are written. */
export const MODULES: readonly string[] = ['arquero', '@observablehq/plot', '@uwdata/flechette', 'levain'];

/** What every cell has in scope without an import. */
export const SCOPE_NAMES: readonly string[] = ['sql', 'input', 'display', 'progress', 'Plot', 'aq', 'levain'];

/** Names of the language and of the worker in which cells run: never names of other cells. */
export const GLOBAL_NAMES: ReadonlySet<string> = new Set(
  `undefined NaN Infinity globalThis self console eval isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent
  encodeURI encodeURIComponent escape unescape Object Function Boolean Symbol Error AggregateError EvalError RangeError
  ReferenceError SyntaxError TypeError URIError SuppressedError Number BigInt Math Date Temporal String RegExp Array
  Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array
  Float64Array BigInt64Array BigUint64Array Map Set WeakMap WeakSet WeakRef FinalizationRegistry ArrayBuffer
  SharedArrayBuffer DataView Atomics JSON Promise Reflect Proxy Intl Iterator AsyncIterator DisposableStack
  AsyncDisposableStack WebAssembly setTimeout clearTimeout setInterval clearInterval queueMicrotask structuredClone
  requestAnimationFrame cancelAnimationFrame performance crypto atob btoa fetch postMessage importScripts
  XMLHttpRequest WebSocket EventSource WebTransport Worker SharedWorker MessageChannel MessagePort MessageEvent
  BroadcastChannel Event EventTarget CustomEvent AbortController AbortSignal DOMException URL URLSearchParams Blob File
  FileReader FormData Headers Request Response ReadableStream WritableStream TransformStream CompressionStream
  DecompressionStream TextEncoder TextDecoder TextDecoderStream TextEncoderStream ImageData ImageBitmap createImageBitmap
  OffscreenCanvas Path2D navigator location indexedDB caches document window`.split(/\s+/),
);
