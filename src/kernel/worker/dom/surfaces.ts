import type { TreeNode } from '../../../output/output';
import type { PointerMessage } from '../../kernel';
import { Event } from './document';
import { Element, watch, type Node } from './node';
import { sentChildren, toTree } from './tree';
import { randomId } from '../../random-id';

/** A part of a drawing that changed. */
export interface Change {
  readonly path: readonly number[];
  readonly node: TreeNode;
}

/** Drawings that answer the pointer, by the name under which the page knows them. */
export class Surfaces {
  readonly #drawings = new Map<string, { readonly cell: string; readonly root: Element }>();

  /** Keeps a drawing if it listens to the pointer; its name, or undefined when it is inert. */
  keep(cell: string, root: Element): string | undefined {
    if (!listening(root)) return undefined;
    const surface = randomId();
    this.#drawings.set(surface, { cell, root });
    return surface;
  }

  /** Drops the drawings of a cell that runs again. */
  drop(cell: string): void {
    for (const [surface, drawing] of this.#drawings) if (drawing.cell === cell) this.#drawings.delete(surface);
  }

  /** Hands a pointer event to the drawing, waits for what it does about it, and says what changed. */
  async point(surface: string, { type, x, y }: PointerMessage): Promise<readonly Change[]> {
    const root = this.#drawings.get(surface)?.root;
    const target = root && listening(root);
    if (!root || !target) return [];
    const touched = new Set<Node>();
    watch.watcher = { touched: (node) => touched.add(node) };
    try {
      const position = { clientX: x, clientY: y, pageX: x, pageY: y, pointerType: 'mouse', buttons: 0, target };
      target.dispatchEvent(new Event(type, position));
      // Tips of facets are settled in an animation frame, all tips in a microtask after that.
      await nextFrame();
    } finally {
      watch.watcher = undefined;
    }
    return changes(root, touched);
  }
}

const nextFrame = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** The first element, in document order, that listens to the pointer. */
function listening(element: Element): Element | undefined {
  if (element.listeners.has('pointermove')) return element;
  for (const child of element.children) {
    const found = listening(child);
    if (found) return found;
  }
  return undefined;
}

/** The outermost touched nodes that are still in the drawing. */
function changes(root: Element, touched: ReadonlySet<Node>): readonly Change[] {
  const found: Change[] = [];
  for (const node of touched) {
    if (hasTouchedAncestor(node, touched)) continue;
    const path = pathFrom(root, node);
    if (path) found.push({ path, node: toTree(node) });
  }
  return found;
}

function hasTouchedAncestor(node: Node, touched: ReadonlySet<Node>): boolean {
  for (let parent = node.parentNode; parent; parent = parent.parentNode) if (touched.has(parent)) return true;
  return false;
}

function pathFrom(root: Element, node: Node): number[] | undefined {
  const path: number[] = [];
  for (let at = node; at !== root; at = at.parentNode) {
    if (!at.parentNode) return undefined;
    const place = sentChildren(at.parentNode).indexOf(at);
    if (place < 0) return undefined;
    path.unshift(place);
  }
  return path;
}
