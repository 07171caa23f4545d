import { describe, expect, it } from 'vitest';
import { ATTRIBUTES, HTML_ELEMENTS, SVG_ELEMENTS } from '../../src/output/allow';
import { checkOutput } from '../../src/output/check';
import { checkTree, TREE_LIMITS } from '../../src/output/check-tree';
import type { TreeElement, TreeNode } from '../../src/output/output';
import { hostileTrees } from './hostile-trees';

/** Everything in a checked tree that a browser would act upon. */
function dangers(node: TreeNode): string[] {
  if (typeof node === 'string') return [];
  const found: string[] = [];
  if (!SVG_ELEMENTS.has(node.tag) && !HTML_ELEMENTS.has(node.tag)) found.push(`<${node.tag}>`);
  for (const [name, value] of Object.entries(node.attrs ?? {})) {
    if (/^on/i.test(name)) found.push(name);
    if (/evil|javascript:|@import|position|z-index|\\/i.test(value.replace(/\s/g, ''))) found.push(`${name}=${value}`);
    if (/(?:url|image-set|src)\(/i.test(value) && !/^url\(#x-[\w-]+\)$/.test(value)) found.push(`${name}=${value}`);
    if (name === 'href' && !/^(?:#x-|data:image\/(?:png|jpeg|gif|webp);)/.test(value)) found.push(`${name}=${value}`);
    if (name === 'id' && !value.startsWith('x-')) found.push(`id=${value}`);
    if (name === 'class') found.push(`class=${value}`);
    if (
      !['id', 'style', 'class', 'href', 'xlink:href', 'title'].includes(name) &&
      !name.startsWith('aria-') &&
      !ATTRIBUTES.has(name)
    )
      found.push(name);
  }
  return [...found, ...(node.children ?? []).flatMap(dangers)];
}

describe('the check of drawings', () => {
  it('knows at least 60 hostile ones', () => expect(hostileTrees.length).toBeGreaterThanOrEqual(60));

  it.each(hostileTrees)('takes the sting out of: %s', (_, tree) => {
    const { root } = checkTree(tree, 'x-');
    expect(dangers(root)).toEqual([]);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it('would find the sting in the same drawings unchecked', () => {
    const harmless = hostileTrees.filter(([, tree]) => {
      try {
        return dangers(tree as TreeNode).length === 0;
      } catch {
        return false;
      }
    });
    // Those whose danger is in their shape or size, or that are not dangerous as long as text stays text.
    expect(harmless.map(([name]) => name)).toEqual([
      'html inside svg',
      'prototype on a node',
      'a huge drawing',
      'markup as text',
    ]);
  });

  it('keeps text as text', () => {
    expect(checkTree({ tag: 'p', children: ['<img src=x onerror=alert(1)>'] }, '').root).toEqual({
      tag: 'p',
      children: ['<img src=x onerror=alert(1)>'],
    });
  });

  it('leaves an empty text where a node was dropped, so that paths stay true', () => {
    const { root } = checkTree({ tag: 'svg', children: [{ tag: 'script' }, { tag: 'g' }] }, '');
    expect(root).toEqual({ tag: 'svg', children: ['', { tag: 'g' }] });
  });

  it('gives ids and their references one prefix', () => {
    const tree = {
      tag: 'svg',
      children: [
        { tag: 'clipPath', attrs: { id: 'c' } },
        { tag: 'g', attrs: { 'clip-path': 'url(#c)', style: 'fill: url("#c")' } },
      ],
    };
    expect(checkTree(tree, 'p-').root).toMatchObject({
      children: [{ attrs: { id: 'p-c' } }, { attrs: { 'clip-path': 'url(#p-c)', style: 'fill: url(#p-c)' } }],
    });
  });

  it('draws no mask, pattern or marker with another, each of which would multiply the work', () => {
    const part = (tag: string, attrs: Record<string, string>) => ({
      tag,
      attrs: { id: tag },
      children: [{ tag: 'g', children: [{ tag: 'rect', attrs }] }],
    });
    const tree = {
      tag: 'svg',
      children: [
        part('mask', { mask: 'url(#a)', width: '5' }),
        part('clipPath', { 'clip-path': 'url(#a)' }),
        part('pattern', { fill: 'url(#a)' }),
        part('marker', { style: 'fill: url(#a)' }),
        { tag: 'rect', attrs: { mask: 'url(#mask)' } },
      ],
    };
    const text = JSON.stringify(checkTree(tree, 'x-').root);
    expect(text.match(/url/g)).toHaveLength(1);
    expect(text).toContain('{"tag":"rect","attrs":{"width":"5"}}');
    expect(text).toContain('"mask":"url(#x-mask)"');
  });

  it('cuts a drawing with too many parts and says so', () => {
    const circles = Array.from({ length: TREE_LIMITS.nodes + 10 }, () => ({ tag: 'circle' }));
    const { root, notes } = checkTree({ tag: 'svg', children: circles }, '');
    expect((root as TreeElement).children!.filter((node) => node !== '').length).toBe(TREE_LIMITS.nodes - 1);
    expect(notes).toEqual(['The drawing has more than 100,000 parts; the rest is not shown.']);
  });

  it('cuts a drawing that is nested a million deep', () => {
    let tree: TreeNode = { tag: 'g' };
    for (let i = 0; i < 1_000_000; i++) tree = { tag: 'g', children: [tree] };
    expect(checkTree(tree, '').notes).toHaveLength(1);
  });

  it('leaves out text beyond what can be shown', () => {
    const text = 'x'.repeat(TREE_LIMITS.characters / 2);
    const { root, notes } = checkTree({ tag: 'p', children: [text, text, text] }, '');
    expect((root as TreeElement).children!.map((part) => (part as string).length)).toEqual([
      text.length,
      text.length,
      0,
    ]);
    expect(notes).toHaveLength(1);
  });
});

describe('the check of outputs', () => {
  it.each([
    [{ type: 'text', text: 'a' }],
    [{ type: 'number', value: 1 }],
    [
      {
        type: 'value',
        value: {
          kind: 'list',
          label: 'Object',
          entries: [{ key: 'a', value: { kind: 'scalar', text: '1', of: 'number' } }],
          more: 0,
        },
      },
    ],
    [{ type: 'input', key: 'Budget', spec: { kind: 'slider', label: 'Budget', min: 0, max: 10, step: 1 }, value: 3 }],
    [{ type: 'input', key: 'Days', spec: { kind: 'dateRange', label: 'Days' }, value: ['2024-01-01', '2024-01-31'] }],
  ])('lets %o through as it is', (output) => expect(checkOutput(output, '')).toEqual([output]));

  it.each([
    ['nothing', undefined],
    ['a text', 'text'],
    ['another type', { type: 'html', html: '<b>' }],
    ['a table of its own choosing', { type: 'table', relation: 'orders', columns: [], rows: 1 }],
    ['a number that is a text', { type: 'number', value: '1' }],
    ['an extra key', { type: 'text', text: 'a', html: '<b>' }],
    ['a prototype key', JSON.parse('{"type":"text","text":"a","__proto__":{"polluted":true}}')],
    ['an unknown control', { type: 'input', key: 'a', spec: { kind: 'file', label: 'a' }, value: null }],
    [
      'a day that is none',
      { type: 'input', key: 'a', spec: { kind: 'dateRange', label: 'a' }, value: ['yesterday', 'today'] },
    ],
    ['a surface with a strange name', { type: 'tree', root: { tag: 'svg' }, surface: '../x' }],
    ['a text too long', { type: 'text', text: 'x'.repeat(2_000_001) }],
  ])('refuses %s', (_, output) => expect(checkOutput(output, '')).toBeUndefined());

  it('refuses a value nested too deeply', () => {
    let value: unknown = { kind: 'scalar', text: '1', of: 'number' };
    for (let i = 0; i < 40; i++) value = { kind: 'list', label: 'Object', entries: [{ key: 'a', value }], more: 0 };
    expect(checkOutput({ type: 'value', value }, '')).toBeUndefined();
  });
});
