/**
 * What of a browser's worker a cell can use, as declarations: the language's own are TypeScript's, and what the kernel
 * takes away (`worker/lockdown.ts`) is not here, so that `fetch` is an unknown name before it is run. The elements are as
 * the drawing surface makes them.
 */
export const WORKER_GLOBALS = `
interface Console {
  log(...values: any[]): void;
  info(...values: any[]): void;
  debug(...values: any[]): void;
  dir(...values: any[]): void;
  table(...values: any[]): void;
  trace(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
}
/** Writes lines under the cell. */
declare const console: Console;

declare function setTimeout(work: (...values: any[]) => void, milliseconds?: number, ...values: any[]): number;
declare function clearTimeout(timer?: number): void;
declare function setInterval(work: (...values: any[]) => void, milliseconds?: number, ...values: any[]): number;
declare function clearInterval(timer?: number): void;
declare function requestAnimationFrame(work: (time: number) => void): number;
declare function cancelAnimationFrame(frame: number): void;
declare function queueMicrotask(work: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function atob(text: string): string;
declare function btoa(text: string): string;
declare const performance: { now(): number; readonly timeOrigin: number };
declare const crypto: { getRandomValues<T extends ArrayBufferView>(array: T): T };

declare class TextEncoder {
  encode(text?: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: ArrayBuffer | ArrayBufferView): string;
}
declare class URLSearchParams {
  constructor(init?: string | Record<string, string> | Iterable<[string, string]>);
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  delete(name: string): void;
  forEach(work: (value: string, name: string) => void): void;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
declare class URL {
  constructor(url: string, base?: string);
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
}
declare class Blob {
  constructor(parts?: readonly any[], options?: { type?: string });
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: any;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}

interface Document {
  createElement(name: string): HTMLElement;
  createElementNS(namespace: string, name: string): Element;
  createTextNode(text: string): Text;
}
interface Node {
  readonly ownerDocument: Document;
  readonly parentNode: Element | null;
  readonly nodeName: string;
  textContent: string;
  remove(): void;
  cloneNode(deep?: boolean): Node;
}
interface Text extends Node {}
interface Element extends Node {
  readonly tagName: string;
  readonly childNodes: readonly Node[];
  readonly children: readonly Element[];
  readonly style: any;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: any): void;
  removeAttribute(name: string): void;
  append(...nodes: (Node | string)[]): void;
  appendChild<T extends Node>(node: T): T;
  insertBefore<T extends Node>(node: T, before: Node | null): T;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): readonly Element[];
}
interface HTMLElement extends Element {}
interface SVGElement extends Element {}
interface SVGSVGElement extends SVGElement {}
interface SVGMarkerElement extends SVGElement {}
`;
