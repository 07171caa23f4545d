import { hoverTooltip } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import type { Assist } from './assist';
import { explanation } from './explanation';
import { signatureTooltip } from './signature';

/** Types under the pointer, and the signature of the call under way. */
export function typescriptHelp(assist: Assist): Extension {
  return [
    hoverTooltip(async (view, at) => {
      const told = await assist.hover(view.state.doc.toString(), at).catch(() => undefined);
      if (!told) return null;
      return { pos: told.from, end: told.to, above: true, create: () => ({ dom: explanation(told) }) };
    }),
    signatureTooltip(assist),
  ];
}
