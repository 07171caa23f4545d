import type { TreeNode } from '../../output/output';
import { drawTree, nodeAt } from './draw';

/** Drawings on the page that the kernel can still change, by its name for them. */
const surfaces = new Map<string, Node>();

/** Enters a drawing; returns how to take it out. */
export function enterSurface(surface: string, root: Node): () => void {
  surfaces.set(surface, root);
  return () => {
    if (surfaces.get(surface) === root) surfaces.delete(surface);
  };
}

/**
 * Replaces the node at `path` (child indices from the drawing's root) of the drawing `surface`: a tip came or went.
 *
 * @returns false when no such drawing, or no such node, is on the page: the patch came too late
 */
export function applyPatch(surface: string, path: readonly number[], node: TreeNode): boolean {
  const root = surfaces.get(surface);
  const old = root && path.length > 0 ? nodeAt(root, path) : null;
  if (!old) return false;
  old.replaceWith(drawTree(node, old.parentNode instanceof SVGElement));
  return true;
}
