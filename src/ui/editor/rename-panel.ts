import { strings } from '../strings';
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { keymap, showPanel, type EditorView, type Panel } from '@codemirror/view';
import type { Names } from './assist';

/** The place and the name to be changed; null closes. */
const toggle = StateEffect.define<{ readonly at: number; readonly name: string } | null>();

/** F2 asks for another name of what stands at the caret; Enter gives it, Escape leaves it. */
export function renamePanel(names: Names): Extension {
  const asked = StateField.define<{ readonly at: number; readonly name: string } | null>({
    create: () => null,
    update(value, transaction) {
      for (const effect of transaction.effects) if (effect.is(toggle)) return effect.value;
      return transaction.docChanged ? null : value;
    },
    provide: (field) => showPanel.from(field, (value) => value && ((view) => panel(view, names, value.at, value.name))),
  });
  return [asked, keymap.of([{ key: 'F2', run: ask }])];
}

function ask(view: EditorView): boolean {
  const at = view.state.selection.main.head;
  const word = view.state.wordAt(at);
  if (view.state.readOnly || !word) return false;
  view.dispatch({ effects: toggle.of({ at, name: view.state.sliceDoc(word.from, word.to) }) });
  return true;
}

function panel(view: EditorView, names: Names, at: number, name: string): Panel {
  const dom = document.createElement('div');
  dom.className = 'cm-rename';
  const label = document.createElement('label');
  const field = document.createElement('input');
  const problem = document.createElement('span');
  label.textContent = strings.editor.newName(name);
  field.value = name;
  field.spellcheck = false;
  field.className = 'cm-textfield';
  problem.setAttribute('role', 'alert');
  label.append(field);
  dom.append(label, problem);
  const close = (): void => {
    view.dispatch({ effects: toggle.of(null) });
    view.focus();
  };
  const rename = async (): Promise<void> => {
    const to = field.value.trim();
    const refused = to === name || to === '' ? undefined : await names.rename(view.state.doc.toString(), at, to);
    if (refused === undefined) close();
    else problem.textContent = refused;
  };
  dom.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter')
      rename().catch(
        (error: unknown) => (problem.textContent = error instanceof Error ? error.message : String(error)),
      );
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    dom,
    mount() {
      field.focus();
      field.select();
    },
  };
}
