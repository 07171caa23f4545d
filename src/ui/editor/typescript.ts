import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { pickedCompletion } from '@codemirror/autocomplete';
import { EditorView, hoverTooltip, keymap, type Command } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import type { Assist, Explanation, Offer } from './assist';
import { renamePanel } from './rename-panel';
import { signatureTooltip } from './signature';

/** Completes with what knows the language; where it has nothing to say (in the SQL of a template), by names. */
export function completeByTypes(assist: Assist, byNames: CompletionSource): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[\p{ID_Start}$_][\p{ID_Continue}$]*/u);
    const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
    if (!word && !context.explicit && !/[.'"`]/.test(before)) return null;
    const text = context.state.doc.toString();
    const found = await assist.complete(text, context.pos).catch(() => undefined);
    if (!found) return byNames(context);
    return {
      from: found.from,
      options: found.offers.map((offer) => completion(offer, assist, text, context.pos)),
      validFor: /^[\p{ID_Continue}$]*$/u,
    };
  };
}

function completion(offer: Offer, assist: Assist, text: string, at: number): Completion {
  const { label, kind, rank, write } = offer;
  const begin = write?.from;
  return {
    label,
    type: kind,
    boost: Math.max(-99, (13 - rank) * 10),
    ...(write && {
      apply: (view: EditorView, option: Completion, _from: number, to: number) => {
        view.dispatch({
          changes: { from: begin!, to, insert: write.text },
          selection: { anchor: begin! + write.text.length },
          annotations: pickedCompletion.of(option),
        });
      },
    }),
    info: async () => {
      const told = await assist.explain(text, at, label).catch(() => undefined);
      return told ? explanation(told) : null;
    },
  };
}

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

/** A type, as code, and what its comment says below. */
export function explanation({ type, text }: Explanation): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-explanation';
  const code = document.createElement('code');
  code.textContent = type;
  dom.append(code);
  if (text) {
    const comment = document.createElement('p');
    comment.textContent = text;
    dom.append(comment);
  }
  return dom;
}
