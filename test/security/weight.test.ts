import { expect, it } from 'vitest';
import { WEIGHT_LIMIT, weightOf } from '../../src/kernel/weight';
import type { InspectedValue, TreeNode } from '../../src/output/output';

it('a drawing weighs its elements, however they are nested', () => {
  let deep: TreeNode = '';
  for (let i = 0; i < 90; i++) deep = { tag: 'g', children: [deep, { tag: 'path' }] };
  expect(weightOf({ type: 'tree', root: deep })).toBe(181);
  const wide: TreeNode = { tag: 'svg', children: Array.from({ length: 10_000 }, () => ({ tag: 'circle' })) };
  expect(weightOf({ type: 'tree', root: wide })).toBe(10_001);
  expect(weightOf({ type: 'tree', root: wide })).toBeLessThan(WEIGHT_LIMIT);
});

it('a control weighs its choices, a value its entries, a text its length', () => {
  const choices = Array.from({ length: 2_000 }, String);
  const select = { kind: 'select', label: '', choices, multiple: false } as const;
  expect(weightOf({ type: 'input', key: 'a', spec: select, value: 0 })).toBe(8_001);
  const table = { kind: 'table', label: '', columns: ['a', 'b'], rows: choices.map((text) => [text, text]) } as const;
  expect(weightOf({ type: 'input', key: 'a', spec: table, value: [] })).toBe(8_001);
  const one: InspectedValue = { kind: 'scalar', text: '', of: 'string' };
  const entries = choices.slice(0, 100).map((key) => ({ key, value: one }));
  expect(weightOf({ type: 'value', value: { kind: 'list', label: 'Array', entries, more: 0 } })).toBe(101);
  expect(weightOf({ type: 'text', text: 'x'.repeat(200_000) })).toBe(5_001);
});
