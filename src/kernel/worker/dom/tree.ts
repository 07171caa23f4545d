import type { TreeNode } from '../../../output/output';
import { Element, type Node } from './node';

/** Not sent: rules of Plot's that the page has itself, and what nobody may draw. */
const LEFT_OUT = new Set(['style', 'script']);

/** The children of an element that are sent; paths of patches count these. */
export const sentChildren = (element: Element): Node[] =>
  element.childNodes.filter((node) => !(node instanceof Element && LEFT_OUT.has(node.localName)));

/** A drawing as plain data. An element that listens to the pointer is marked `data-pointer`. */
export function toTree(node: Node): TreeNode {
  if (!(node instanceof Element)) return node.textContent;
  const attrs: Record<string, string> = {};
  for (const [name, value] of node.attributes) attrs[name === 'xlink:href' ? 'href' : name] = value;
  const style = node.style.cssText;
  if (style) attrs['style'] = style;
  if (node.listeners.has('pointermove')) attrs['data-pointer'] = 'true';
  const children = sentChildren(node).map(toTree);
  return {
    tag: node.localName,
    ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
    ...(children.length > 0 ? { children } : {}),
  };
}
