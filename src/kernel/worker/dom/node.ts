import { matches, parseSelector } from './selector';
import { Style } from './style';
import { boxOf, type Box } from './text-metrics';

export const SVG = 'http://www.w3.org/2000/svg';
export const XHTML = 'http://www.w3.org/1999/xhtml';
const XLINK = 'http://www.w3.org/1999/xlink';

/** What changes in a drawing that is being watched. */
export interface Watcher {
  /** `node` changed in itself or in its list of children. */
  touched(node: Node): void;
}

/** One for all: a drawing is watched while a pointer event is handled, and nothing runs beside it. */
export const watch: { watcher: Watcher | undefined } = { watcher: undefined };

/** The part of the DOM's `Node` that Observable Plot and d3-selection use. */
export abstract class Node {
  readonly ownerDocument: unknown;
  parentNode: Element | null = null;
  abstract readonly nodeType: number;
  abstract readonly nodeName: string;
  abstract textContent: string;
  abstract cloneNode(deep?: boolean): Node;

  constructor(ownerDocument: unknown) {
    this.ownerDocument = ownerDocument;
  }

  get parentElement(): Element | null {
    return this.parentNode;
  }

  get isConnected(): boolean {
    return true;
  }

  get nextSibling(): Node | null {
    const siblings = this.parentNode?.childNodes;
    return siblings?.[siblings.indexOf(this) + 1] ?? null;
  }

  get previousSibling(): Node | null {
    const siblings = this.parentNode?.childNodes;
    return siblings?.[siblings.indexOf(this) - 1] ?? null;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  replaceWith(...nodes: (Node | string)[]): void {
    const parent = this.parentNode;
    if (!parent) return;
    const [only] = nodes;
    if (nodes.length === 1 && only instanceof Node) {
      parent.replaceChild(only, this);
      return;
    }
    for (const node of nodes) parent.insertBefore(asNode(node, this.ownerDocument), this);
    this.remove();
  }

  contains(other: Node | null): boolean {
    for (let node: Node | null = other; node; node = node.parentNode) if (node === this) return true;
    return false;
  }

  /** 4 when `other` follows this node, 2 when it comes before (bits as in the DOM). */
  compareDocumentPosition(other: Node): number {
    const [mine, theirs] = [pathTo(this), pathTo(other)];
    for (let i = 0; i < Math.min(mine.length, theirs.length); i++) {
      if (mine[i] !== theirs[i]) return mine[i]! < theirs[i]! ? 4 : 2;
    }
    return mine.length === theirs.length ? 0 : mine.length < theirs.length ? 20 : 10;
  }
}

function pathTo(node: Node): number[] {
  const path: number[] = [];
  for (let at = node; at.parentNode; at = at.parentNode) path.unshift(at.parentNode.childNodes.indexOf(at));
  return path;
}

export class Text extends Node {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  #data: string;

  constructor(data: string, ownerDocument: unknown) {
    super(ownerDocument);
    this.#data = data;
  }

  get textContent(): string {
    return this.#data;
  }

  set textContent(data: string) {
    this.#data = String(data);
    watch.watcher?.touched(this);
  }

  get nodeValue(): string {
    return this.#data;
  }

  cloneNode(): Text {
    return new Text(this.#data, this.ownerDocument);
  }
}

export type Listener = ((event: unknown) => void) | { handleEvent(event: unknown): void };

/** The part of the DOM's `Element` that Observable Plot and d3-selection use. Attributes are kept as they are given. */
export class Element extends Node {
  readonly nodeType = 1;
  readonly namespaceURI: string;
  readonly localName: string;
  readonly attributes = new Map<string, string>();
  readonly childNodes: Node[] = [];
  readonly style: Style & Record<string, unknown>;
  readonly listeners = new Map<string, Set<Listener>>();
  readonly clientLeft = 0;
  readonly clientTop = 0;

  constructor(namespaceURI: string, localName: string, ownerDocument: unknown) {
    super(ownerDocument);
    this.namespaceURI = namespaceURI;
    this.localName = localName;
    this.style = Style.of(() => watch.watcher?.touched(this));
  }

  get tagName(): string {
    return this.namespaceURI === XHTML ? this.localName.toUpperCase() : this.localName;
  }

  get nodeName(): string {
    return this.tagName;
  }

  get children(): Element[] {
    return this.childNodes.filter((node) => node instanceof Element);
  }

  get firstChild(): Node | null {
    return this.childNodes[0] ?? null;
  }

  get lastChild(): Node | null {
    return this.childNodes[this.childNodes.length - 1] ?? null;
  }

  get firstElementChild(): Element | null {
    return this.children[0] ?? null;
  }

  get nextElementSibling(): Element | null {
    const siblings = this.parentNode?.children;
    return siblings?.[siblings.indexOf(this) + 1] ?? null;
  }

  get ownerSVGElement(): Element | null {
    for (let node = this.parentNode; node; node = node.parentNode) if (node.localName === 'svg') return node;
    return null;
  }

  get id(): string {
    return this.getAttribute('id') ?? '';
  }

  set id(value: string) {
    this.setAttribute('id', value);
  }

  get className(): string {
    return this.getAttribute('class') ?? '';
  }

  set className(value: string) {
    this.setAttribute('class', value);
  }

  get classList() {
    const names = (): string[] => this.className.split(/\s+/).filter(Boolean);
    return {
      contains: (name: string) => names().includes(name),
      add: (...added: string[]) => void (this.className = [...new Set([...names(), ...added])].join(' ')),
      remove: (...removed: string[]) =>
        void (this.className = names()
          .filter((name) => !removed.includes(name))
          .join(' ')),
    };
  }

  getAttribute(name: string): string | null {
    if (name === 'style') return this.style.cssText || null;
    return this.attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.getAttribute(name) !== null;
  }

  setAttribute(name: string, value: unknown): void {
    if (name === 'style') this.style.cssText = String(value);
    else this.attributes.set(name, String(value));
    watch.watcher?.touched(this);
  }

  removeAttribute(name: string): void {
    if (name === 'style') this.style.cssText = '';
    else this.attributes.delete(name);
    watch.watcher?.touched(this);
  }

  setAttributeNS(space: string | null, name: string, value: unknown): void {
    this.setAttribute(qualified(space, name), value);
  }

  getAttributeNS(space: string | null, name: string): string | null {
    return this.getAttribute(qualified(space, name));
  }

  removeAttributeNS(space: string | null, name: string): void {
    this.removeAttribute(qualified(space, name));
  }

  appendChild<T extends Node>(child: T): T {
    return this.insertBefore(child, null);
  }

  insertBefore<T extends Node>(child: T, next: Node | null): T {
    if (child.contains(this)) throw new Error('A part of a drawing cannot be put into itself.');
    child.parentNode?.removeChild(child);
    const at = next ? this.childNodes.indexOf(next) : -1;
    if (at < 0) this.childNodes.push(child);
    else this.childNodes.splice(at, 0, child);
    child.parentNode = this;
    watch.watcher?.touched(this);
    return child;
  }

  removeChild<T extends Node>(child: T): T {
    const at = this.childNodes.indexOf(child);
    if (at < 0) throw new Error('The node to remove is not a child of this one.');
    this.childNodes.splice(at, 1);
    child.parentNode = null;
    watch.watcher?.touched(this);
    return child;
  }

  replaceChild<T extends Node>(next: Node, old: T): T {
    if (next.contains(this)) throw new Error('A part of a drawing cannot be put into itself.');
    next.parentNode?.removeChild(next);
    this.childNodes[this.childNodes.indexOf(old)] = next;
    old.parentNode = null;
    next.parentNode = this;
    watch.watcher?.touched(next);
    return old;
  }

  append(...nodes: (Node | string)[]): void {
    for (const node of nodes) this.appendChild(asNode(node, this.ownerDocument));
  }

  prepend(...nodes: (Node | string)[]): void {
    const first = this.firstChild;
    for (const node of nodes) this.insertBefore(asNode(node, this.ownerDocument), first);
  }

  replaceChildren(...nodes: (Node | string)[]): void {
    while (this.lastChild) this.removeChild(this.lastChild);
    this.append(...nodes);
  }

  get textContent(): string {
    return this.childNodes.map((node) => node.textContent).join('');
  }

  set textContent(text: string) {
    this.replaceChildren();
    if (text !== null && text !== undefined && String(text) !== '') this.append(String(text));
  }

  cloneNode(deep = false): Element {
    const copy = new Element(this.namespaceURI, this.localName, this.ownerDocument);
    for (const [name, value] of this.attributes) copy.attributes.set(name, value);
    copy.style.cssText = this.style.cssText;
    if (deep) copy.append(...this.childNodes.map((node) => node.cloneNode(true)));
    return copy;
  }

  matches(selector: string): boolean {
    return matches(this, parseSelector(selector));
  }

  closest(selector: string): Element | null {
    const parsed = parseSelector(selector);
    if (matches(this, parsed)) return this;
    for (let node = this.parentNode; node; node = node.parentNode) if (matches(node, parsed)) return node;
    return null;
  }

  querySelectorAll(selector: string): Element[] {
    const parsed = parseSelector(selector);
    const found: Element[] = [];
    const visit = (element: Element): void => {
      for (const child of element.childNodes) {
        if (!(child instanceof Element)) continue;
        if (matches(child, parsed)) found.push(child);
        visit(child);
      }
    };
    visit(this);
    return found;
  }

  querySelector(selector: string): Element | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  addEventListener(type: string, listener: Listener): void {
    const listeners = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, listeners.add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.listeners.get(type)?.delete(listener);
  }

  /** Calls the listeners of this element. Events do not bubble: Plot listens where it dispatches. */
  dispatchEvent(event: { type: string; stopped?: boolean }): boolean {
    Object.assign(event, { currentTarget: this });
    for (const listener of this.listeners.get(event.type) ?? []) {
      if (typeof listener === 'function') listener.call(this, event);
      else listener.handleEvent(event);
      if (event.stopped) break;
    }
    return true;
  }

  /** An estimate: there is no layout here. */
  getBBox(): Box {
    return boxOf(this);
  }

  getComputedTextLength(): number {
    return boxOf(this).width;
  }

  getBoundingClientRect(): Box & { left: number; top: number } {
    const [width, height] = [Number(this.getAttribute('width') ?? 0), Number(this.getAttribute('height') ?? 0)];
    return { x: 0, y: 0, left: 0, top: 0, width, height };
  }
}

const asNode = (node: Node | string, ownerDocument: unknown): Node =>
  node instanceof Node ? node : new Text(String(node), ownerDocument);

function qualified(space: string | null, name: string): string {
  return space === XLINK && !name.startsWith('xlink:') ? `xlink:${name}` : name;
}
