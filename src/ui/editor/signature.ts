import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { showTooltip, ViewPlugin, type EditorView, type Tooltip, type ViewUpdate } from '@codemirror/view';
import type { Assist } from './assist';

const show = StateEffect.define<Tooltip | null>();

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return tooltip && { ...tooltip, pos: transaction.changes.mapPos(tooltip.pos) };
  },
  provide: (field) => showTooltip.from(field),
});

/** While the arguments of a call are written, its signature stands above, the present parameter marked. */
export function signatureTooltip(assist: Assist): Extension {
  return [
    shown,
    ViewPlugin.define((view) => {
      let asked = 0;
      const ask = async (): Promise<void> => {
        const question = ++asked;
        const at = view.state.selection.main.head;
        const found = await assist.signature(view.state.doc.toString(), at).catch(() => undefined);
        if (question !== asked) return;
        const tooltip = found && view.hasFocus ? tooltipOf(found, at) : null;
        if (tooltip || view.state.field(shown, false)) view.dispatch({ effects: show.of(tooltip) });
      };
      return {
        update(update: ViewUpdate) {
          if (concerns(update)) void ask();
        },
        destroy: () => (asked = -1),
      };
    }),
  ];
}

/** Typing within brackets asks; moving about asks only while a signature is shown. */
function concerns(update: ViewUpdate): boolean {
  if (update.docChanged && update.transactions.some((transaction) => transaction.isUserEvent('input'))) {
    return isInCall(update.view);
  }
  const open = update.startState.field(shown, false) !== null;
  return open && (update.docChanged || update.selectionSet || update.focusChanged);
}

/** A cheap look: an open bracket before the caret, or a signature that is to go. */
function isInCall(view: EditorView): boolean {
  const at = view.state.selection.main.head;
  return view.state.field(shown, false) !== null || /[(,]/.test(view.state.sliceDoc(Math.max(0, at - 200), at));
}

function tooltipOf({ label, parameter, text }: NonNullable<Awaited<ReturnType<Assist['signature']>>>, pos: number) {
  const create = () => {
    const dom = document.createElement('div');
    dom.className = 'cm-explanation cm-signature';
    const code = document.createElement('code');
    const marked = document.createElement('strong');
    marked.textContent = parameter ? label.slice(parameter.from, parameter.to) : '';
    code.append(label.slice(0, parameter?.from ?? label.length), marked, label.slice(parameter?.to ?? label.length));
    dom.append(code);
    if (text) {
      const comment = document.createElement('p');
      comment.textContent = text;
      dom.append(comment);
    }
    return { dom };
  };
  return { pos, above: true, create };
}
