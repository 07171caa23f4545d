import type * as ES from 'estree';
import type { Placed } from './parse';

/** Visits every node of a tree, parents first. */
export function walk(node: Placed, visit: (node: Placed) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const item of value) if (isNode(item)) walk(item, visit);
    if (isNode(value)) walk(value, visit);
  }
}

function isNode(value: unknown): value is Placed<ES.Node> {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
