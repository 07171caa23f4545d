import { describe, expect, it } from 'vitest';
import { surfaceDocument } from '../../src/kernel/worker/dom/document';
import type { Element as OurElement } from '../../src/kernel/worker/dom/node';
import { toTree } from '../../src/kernel/worker/dom/tree';
import type { TreeElement, TreeNode } from '../../src/output/output';
import { checkTree } from '../../src/output/check-tree';
import { plots } from './plots';

/** A drawing of the browser's own DOM in the form of ours. */
function treeOf(node: Node): TreeNode {
  if (!(node instanceof Element)) return node.textContent!;
  const attrs: Record<string, string> = {};
  for (const { name, value } of node.attributes) attrs[name === 'xlink:href' ? 'href' : name] = value;
  const children = [...node.childNodes].filter((child) => child.nodeName.toLowerCase() !== 'style').map(treeOf);
  return {
    tag: node.localName,
    ...(Object.keys(attrs).length ? { attrs } : {}),
    ...(children.length ? { children } : {}),
  };
}

/** Ids are numbered in order of appearance, bitmaps set aside, and styles written as the browser writes them. */
function normal(root: TreeNode): { tree: TreeNode; bitmaps: string[] } {
  const ids = new Map<string, string>();
  const bitmaps: string[] = [];
  const scratch = document.createElement('i');
  const renamed = (value: string): string =>
    value.replace(/plot-(clip|pattern|marker|waffle|difference)[\w-]*/g, (id) => {
      if (!ids.has(id)) ids.set(id, `id${ids.size}`);
      return ids.get(id)!;
    });
  const visit = (node: TreeNode): TreeNode => {
    if (typeof node === 'string') return node;
    const attrs: Record<string, string> = {};
    for (const [name, value] of Object.entries((node as TreeElement).attrs ?? {}).sort(([a], [b]) =>
      a < b ? -1 : 1,
    )) {
      if (name === 'data-pointer') continue;
      if (value.startsWith('data:image')) {
        bitmaps.push(value);
        attrs[name] = 'bitmap';
      } else if (name === 'style') {
        scratch.style.cssText = value;
        attrs[name] = scratch.style.cssText;
      } else attrs[name] = renamed(value);
    }
    return { tag: node.tag, attrs, children: (node.children ?? []).map(visit) };
  };
  return { tree: visit(root), bitmaps };
}

async function pixels(url: string): Promise<Uint8ClampedArray> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height).data;
}

describe('the drawing surface', () => {
  it('has a gallery of at least 40 plots', () => expect(Object.keys(plots).length).toBeGreaterThanOrEqual(40));

  for (const [name, draw] of Object.entries(plots)) {
    it(`draws ${name} as the browser does`, async () => {
      const real = normal(treeOf(draw(document)));
      const ours = normal(toTree(draw(surfaceDocument as unknown as Document) as unknown as OurElement));
      expect(ours.tree).toEqual(real.tree);
      expect(ours.bitmaps.length).toBe(real.bitmaps.length);
      for (const [i, bitmap] of ours.bitmaps.entries()) {
        if (bitmap === real.bitmaps[i]) continue;
        const [a, b] = await Promise.all([pixels(bitmap), pixels(real.bitmaps[i]!)]);
        expect(a.length).toBe(b.length);
        expect(Math.max(...a.map((value, at) => Math.abs(value - b[at]!)))).toBeLessThanOrEqual(1);
      }
    });
  }

  it('is let through whole by the check, but for links and the page’s own looks', () => {
    const lost = new Set<string>();
    const compare = (before: TreeNode, after: TreeNode): void => {
      if (typeof before === 'string' || typeof after === 'string') {
        if (typeof before !== typeof after) lost.add(typeof before === 'string' ? 'text' : before.tag);
        return;
      }
      for (const name of Object.keys(before.attrs ?? {}))
        if (!(name in (after.attrs ?? {}))) lost.add(`${before.tag} ${name}`);
      before.children?.forEach((child, i) => compare(child, after.children![i]!));
    };
    for (const draw of Object.values(plots)) {
      const tree = toTree(draw(surfaceDocument as unknown as Document) as unknown as OurElement);
      compare(tree, checkTree(tree, 'x-').root);
    }
    expect([...lost].sort()).toEqual(['a target']);
  });
});
