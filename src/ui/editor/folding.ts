import { codeFolding, foldGutter, foldKeymap, foldService, syntaxTree } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { strings } from '../strings';

/** What stands between parentheses over several lines folds too: the grammar of SQL folds whole statements alone. */
const parentheses = foldService.of((state, lineStart, lineEnd) => {
  for (let node = syntaxTree(state).resolveInner(lineEnd, -1); node.parent; node = node.parent) {
    const opens = node.name === 'Parens' && node.from >= lineStart && node.from < lineEnd;
    if (opens && node.to > lineEnd) return { from: node.from + 1, to: node.to - 1 };
  }
  return null;
});

function marker(open: boolean): HTMLElement {
  const sign = document.createElement('span');
  sign.textContent = open ? '⌄' : '›';
  sign.title = open ? strings.editor.fold : strings.editor.unfold;
  return sign;
}

/** Parts of a text are folded away at their first line, with the mouse beside it or by Ctrl+Shift+[ and ]. */
export const folding: Extension = [
  parentheses,
  codeFolding({ placeholderText: '…' }),
  foldGutter({ markerDOM: marker }),
  keymap.of(foldKeymap),
  EditorView.theme({
    // Beside the text and not before it: it stays where it stood before the cell was edited.
    '&': { marginInlineStart: '-14px' },
    '.cm-gutters': { width: '14px', border: '0', background: 'none', color: 'var(--quiet)' },
    '.cm-foldGutter': { width: '14px', opacity: '0', transition: 'opacity var(--quick)' },
    '&:hover .cm-foldGutter, .cm-foldGutter:has([title]:hover)': { opacity: '1' },
    '.cm-gutterElement': { cursor: 'pointer', textAlign: 'center' },
    '.cm-foldPlaceholder': {
      padding: '0 4px',
      border: '1px solid var(--control)',
      background: 'var(--sunken)',
      color: 'var(--quiet)',
    },
  }),
];
