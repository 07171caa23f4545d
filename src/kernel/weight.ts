import type { InspectedValue, Output, TreeNode } from '../output/output';

/** Characters that cost the page about as much as one element (30 µs), and elements that cost as much as one choice. */
const CHARACTERS = 40;
const CHOICE = 4;

/** What the page may have to build for one run, in elements or what costs as much. Beyond, it would stop answering. */
export const WEIGHT_LIMIT = 20_000;

/** What an output costs the page to build, in elements or what costs as much. */
export function weightOf(output: Output): number {
  switch (output.type) {
    case 'tree':
      return treeWeight(output.root);
    case 'text':
      return 1 + output.text.length / CHARACTERS;
    case 'value':
      return valueWeight(output.value);
    case 'input': {
      const { spec } = output;
      if (spec.kind === 'select') return 1 + spec.choices.length * CHOICE;
      return spec.kind === 'table' ? 1 + spec.rows.length * (spec.columns.length + 2) : 1;
    }
    default:
      return 1;
  }
}

function treeWeight(node: TreeNode): number {
  if (typeof node === 'string') return 1 + node.length / CHARACTERS;
  let weight = 1;
  for (const child of node.children ?? []) weight += treeWeight(child);
  return weight;
}

function valueWeight(value: InspectedValue): number {
  if (value.kind === 'scalar') return 1 + value.text.length / CHARACTERS;
  let weight = 1;
  for (const entry of value.entries) weight += valueWeight(entry.value);
  return weight;
}
