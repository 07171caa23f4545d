import type { Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import type { Names } from './assist';
import { renamePanel } from './rename-panel';

/** F12 goes to where the name at the caret is defined, F2 gives it another. */
export function nameKeys(names: Names): Extension {
  const run = (view: EditorView): boolean => {
    void goToDefinition(view, names);
    return true;
  };
  return [renamePanel(names), keymap.of([{ key: 'F12', run }])];
}

async function goToDefinition(view: EditorView, names: Names): Promise<void> {
  const { state } = view;
  const place = await names.define(state.doc.toString(), state.selection.main.head).catch(() => undefined);
  if (!place || view.state.doc !== state.doc) return;
  view.dispatch({ selection: { anchor: place.from, head: place.to }, scrollIntoView: true });
}
