import {
  ADDRESS_ATTRIBUTES,
  ATTRIBUTES,
  BITMAP,
  CLASS_NAME,
  CSS_FUNCTIONS,
  HTML_ELEMENTS,
  LOCAL_URL,
  STYLE_PROPERTIES,
  SVG_ELEMENTS,
  TEXT_ATTRIBUTES,
} from './allow';
import type { TreeElement, TreeNode } from './output';

/** Parts that others are drawn with. One that is itself drawn with another doubles the work with each step. */
const DEFINITIONS: ReadonlySet<string> = new Set(['mask', 'clipPath', 'pattern', 'marker']);

/** How large a drawing may be. Beyond, it is cut and the cut is told. */
export const TREE_LIMITS = { nodes: 100_000, depth: 100, characters: 48_000_000, pixels: 20_000 };

export interface CheckedTree {
  readonly root: TreeNode;
  /** Sentences for the reader about what was cut. */
  readonly notes: readonly string[];
}

/**
 * Rebuilds a drawing from what is allowed in it; nothing of `value` itself is kept. Masks, patterns and the like are drawn
 * without others of their kind. A node that is not allowed leaves an
 * empty text in its place, so that the paths of its siblings stay true. Ids get `prefix`, so that drawings on one page
 * do not meet.
 */
export function checkTree(value: unknown, prefix: string): CheckedTree {
  let nodes = 0;
  let cut = 0;
  let characters = 0;

  function text(value: string): string {
    characters += value.length;
    return characters > TREE_LIMITS.characters ? '' : value;
  }

  function node(value: unknown, depth: number, html: boolean, defined: boolean): TreeNode {
    nodes += 1;
    if (nodes > TREE_LIMITS.nodes || depth > TREE_LIMITS.depth) {
      cut += 1;
      return '';
    }
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return '';
    const { tag, attrs, children } = value as Record<string, unknown>;
    if (typeof tag !== 'string') return '';
    const svg = SVG_ELEMENTS.has(tag);
    if (!svg && !(html && HTML_ELEMENTS.has(tag))) return '';
    const element: { tag: string; attrs?: Record<string, string>; children?: TreeNode[] } = { tag };
    const within = defined || DEFINITIONS.has(tag);
    const kept = attributes(tag, attrs, within);
    if (kept) element.attrs = kept;
    // An SVG element's descendants are SVG: no HTML comes in again.
    if (Array.isArray(children) && children.length > 0) {
      element.children = children.map((child) => node(child, depth + 1, !svg, within));
    }
    return element satisfies TreeElement;
  }

  function attributes(tag: string, attrs: unknown, within: boolean): Record<string, string> | undefined {
    if (typeof attrs !== 'object' || attrs === null) return undefined;
    const kept: Record<string, string> = Object.create(null);
    let any = false;
    for (const name of Object.keys(attrs)) {
      const value = (attrs as Record<string, unknown>)[name];
      if (typeof value !== 'string') continue;
      const checked = checkAttribute(tag, name, value, prefix);
      if (checked === undefined || (within && checked.includes('url('))) continue;
      kept[name] = text(checked);
      any = true;
    }
    return any ? kept : undefined;
  }

  const root = node(value, 0, true, false);
  const notes: string[] = [];
  if (cut > 0)
    notes.push(`The drawing has more than ${TREE_LIMITS.nodes.toLocaleString('en')} parts; the rest is not shown.`);
  if (characters > TREE_LIMITS.characters)
    notes.push('The drawing holds more text than can be shown; a part of it was left out.');
  return { root, notes };
}

/** The value an attribute may have, or undefined when it may not be there. */
export function checkAttribute(tag: string, name: string, value: string, prefix: string): string | undefined {
  if (TEXT_ATTRIBUTES.has(name)) return value;
  if (name === 'id') return /^[\w-]+$/.test(value) ? `${prefix}${value}` : undefined;
  if (name === 'class')
    return (
      value
        .split(/\s+/)
        .filter((part) => CLASS_NAME.test(part))
        .join(' ') || undefined
    );
  if (name === 'style') return checkStyle(value, prefix);
  if (ADDRESS_ATTRIBUTES.has(name)) {
    if (/^#[\w-]+$/.test(value)) return `#${prefix}${value.slice(1)}`;
    return tag === 'image' && BITMAP.test(value) ? value : undefined;
  }
  if (!ATTRIBUTES.has(name)) return undefined;
  if (tag === 'svg' && (name === 'width' || name === 'height') && parseFloat(value) > TREE_LIMITS.pixels)
    return undefined;
  return checkCss(value, prefix);
}

/** A list of declarations, less those that are not allowed. */
function checkStyle(text: string, prefix: string): string | undefined {
  const kept: string[] = [];
  for (const declaration of text.split(';')) {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, colon).trim();
    if (colon < 0 || !STYLE_PROPERTIES.has(property)) continue;
    const value = checkCss(declaration.slice(colon + 1).trim(), prefix);
    if (value !== undefined) kept.push(`${property}: ${value}`);
  }
  return kept.length ? kept.join('; ') : undefined;
}

/** A value that reaches a style sheet's parser: no escapes, no comments, no blocks, no functions but harmless ones. */
function checkCss(value: string, prefix: string): string | undefined {
  const local = LOCAL_URL.exec(value);
  if (local) return `url(#${prefix}${local[1] ?? local[2] ?? local[3]})`;
  if (!value.includes('(') && !/[\\@{}<>;]|\/\*/.test(value)) return value;
  if (/[\\@{}<>;]|\/\*/.test(value)) return undefined;
  for (const [, name] of value.matchAll(/([^\s(),]*)\s*\(/g)) {
    if (!CSS_FUNCTIONS.has(name!.toLowerCase())) return undefined;
  }
  return value;
}
