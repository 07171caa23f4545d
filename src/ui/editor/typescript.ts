import { EditorView, hoverTooltip, keymap, type Command } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import type { Assist } from './assist';
import { explanation } from './explanation';
import { renamePanel } from './rename-panel';
import { signatureTooltip } from './signature';

/** Hover types, the signature of the call under way, F12 to go to a definition, F2 to rename. */
export function typescriptHelp(assist: Assist): Extension {
  return [
    hoverTooltip(async (view, at) => {
      const told = await assist.hover(view.state.doc.toString(), at).catch(() => undefined);
      if (!told) return null;
      return { pos: told.from, end: told.to, above: true, create: () => ({ dom: explanation(told) }) };
    }),
    signatureTooltip(assist),
    renamePanel(assist),
    keymap.of([{ key: 'F12', run: goToDefinition(assist) }]),
    EditorView.domEventHandlers({
      mousedown(event, view) {
        const at = event.ctrlKey || event.metaKey ? view.posAtCoords({ x: event.clientX, y: event.clientY }) : null;
        if (at === null || event.button !== 0) return false;
        void go(view, assist, at);
        return true;
      },
    }),
  ];
}

function goToDefinition(assist: Assist): Command {
  return (view) => {
    void go(view, assist, view.state.selection.main.head);
    return true;
  };
}

async function go(view: EditorView, assist: Assist, at: number): Promise<void> {
  const place = await assist.define(view.state.doc.toString(), at).catch(() => undefined);
  if (place) view.dispatch({ selection: { anchor: place.from, head: place.to }, scrollIntoView: true });
}
