import { HTML_ELEMENTS, SVG_ELEMENTS } from '../../output/allow';
import { checkAttribute } from '../../output/check-tree';
import type { TreeNode } from '../../output/output';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes DOM nodes of an output tree. The tree has passed the gate; it is judged once more here, node by node, so that
 * nothing reaches the document by another way. What is not allowed leaves an empty text, which keeps child indices true.
 */
export function drawTree(node: TreeNode, insideSvg = false): Node {
  if (typeof node === 'string') return document.createTextNode(node);
  const svg = SVG_ELEMENTS.has(node.tag);
  if (!svg && (insideSvg || !HTML_ELEMENTS.has(node.tag))) return document.createTextNode('');
  const element = svg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attrs ?? {})) setAttribute(element, node.tag, name, value);
  // A group without a role may not have a name, and Plot names the groups of its marks.
  if (node.tag === 'g' && element.hasAttribute('aria-label') && !element.hasAttribute('role')) {
    element.setAttribute('role', 'group');
  }
  for (const child of node.children ?? []) element.appendChild(drawTree(child, svg));
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
