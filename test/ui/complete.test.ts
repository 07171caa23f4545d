import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { completeNames } from '../../src/ui/editor/complete';
import type { EditorName } from '../../src/ui/editor/names';

const names: readonly EditorName[] = [
  { label: 'orders', kind: 'table' },
  { label: 'order_id', kind: 'column' },
];

/** What is offered at the `|`, best first. */
function offered(text: string): string[] {
  const pos = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', '') });
  const result = completeNames('sql', () => names)(new CompletionContext(state, pos, true));
  return [...(result?.options ?? [])]
    .filter((option) => names.some((name) => name.label === option.label))
    .sort((a, b) => (b.boost ?? 0) - (a.boost ?? 0))
    .map((option) => option.label);
}

describe('what is offered while SQL is written', () => {
  it('is a table first where a table is due, and a column first elsewhere', () => {
    expect(offered('SELECT o|')).toEqual(['order_id', 'orders']);
    expect(offered('SELECT * FROM o|')).toEqual(['orders', 'order_id']);
    expect(offered('SELECT * FROM ads a, o|')).toEqual(['orders', 'order_id']);
    expect(offered('SELECT * FROM ads\nLEFT JOIN |')).toEqual(['orders', 'order_id']);
    expect(offered('SELECT * FROM ads WHERE o|')).toEqual(['order_id', 'orders']);
  });

  it('is not the word that stands there already', () => {
    expect(offered('SELECT * FROM orders|')).toEqual(['order_id']);
  });
});
