import type { InspectedValue, TreeNode } from '../output/output';
import { numberText } from '../base/number-text';
import type { ResultOutput } from './results';

/** What a cell shows, as plain text; a drawing says what it is, where it says so. */
export function outputText(output: ResultOutput): string {
  switch (output.type) {
    case 'text':
      return output.text;
    case 'number':
      return numberText(output.value, 'en');
    case 'rows': {
      const lines = [output.columns.map(({ name }) => name), ...output.rows.map((row) => row.map((v) => v ?? ''))];
      return lines.map((line) => line.join('\t')).join('\n');
    }
    case 'value':
      return valueText(output.value);
    case 'tree':
      return labelOf(output.root) ?? 'A drawing.';
    case 'input':
      return `${output.spec.label}: ${JSON.stringify(output.value)}`;
    case 'progress':
      return '';
  }
}

function valueText(value: InspectedValue): string {
  if (value.kind === 'scalar') return value.text;
  const entries = value.entries.map(({ key, value }) => `${key}: ${valueText(value)}`);
  return `${value.label} {${[...entries, ...(value.more > 0 ? ['…'] : [])].join(', ')}}`;
}

function labelOf(node: TreeNode): string | undefined {
  return typeof node === 'string' ? undefined : node.attrs?.['aria-label'];
}
