import { HTML_ELEMENTS, SVG_ELEMENTS } from '../../output/allow';
import { checkAttribute } from '../../output/check-tree';
import type { TreeNode } from '../../output/output';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes DOM nodes of an output tree. The tree has passed the gate; it is judged once more here, node by node, so that
 * nothing reaches the document by another way. What is not allowed leaves an empty text, which keeps child indices true.
 */
export function drawTree(node: TreeNode, insideSvg = false): Node {
  const place = document.createDocumentFragment();
  for (const _ of drawParts(node, place, insideSvg));
  return place.firstChild!;
}

/** As `drawTree`, into `place`, a node at each step, those in front first: what was drawn so far stands there already. */
export function* drawParts(node: TreeNode, place: Node, insideSvg = false): Generator<undefined> {
  const made = place.appendChild(makeNode(node, insideSvg));
  yield;
  if (typeof node === 'string' || !(made instanceof Element)) return;
  for (const child of node.children ?? []) yield* drawParts(child, made, made instanceof SVGElement);
}

/** How many nodes a tree has; counts no further than `limit`. */
export function countNodes(node: TreeNode, limit: number): number {
  let count = 1;
  if (typeof node !== 'string') {
    for (const child of node.children ?? []) {
      if (count >= limit) break;
      count += countNodes(child, limit - count);
    }
  }
  return count;
}

/** A node without its children. */
function makeNode(node: TreeNode, insideSvg: boolean): Node {
  if (typeof node === 'string') return document.createTextNode(node);
  const svg = SVG_ELEMENTS.has(node.tag);
  if (!svg && (insideSvg || !HTML_ELEMENTS.has(node.tag))) return document.createTextNode('');
  const element = svg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attrs ?? {})) setAttribute(element, node.tag, name, value);
  // A group without a role may not have a name, and Plot names the groups of its marks.
  if (node.tag === 'g' && element.hasAttribute('aria-label') && !element.hasAttribute('role')) {
    element.setAttribute('role', 'group');
  }
  return element;
}

function setAttribute(element: Element, tag: string, name: string, value: string): void {
  const checked = checkAttribute(tag, name, value, '');
  if (checked === undefined) return;
  if (name === 'style') {
    (element as HTMLElement | SVGElement).style.cssText = checked;
    return;
  }
  element.setAttribute(name === 'xlink:href' ? 'href' : name, checked);
}

/** The node that a path of child indices leads to, or null where the drawing is not (or no longer) that deep. */
export function nodeAt(root: Node, path: readonly number[]): ChildNode | null {
  let at: Node | undefined = root;
  for (const index of path) at = at?.childNodes[index];
  return (at as ChildNode | undefined) ?? null;
}
