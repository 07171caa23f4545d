import { hoverTooltip } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import type { Explanation, Span } from './assist';
import { explanation } from './explanation';

/** What the name under the pointer is. */
export function hoverHelp(explain: (text: string, at: number) => Promise<(Span & Explanation) | undefined>): Extension {
  return hoverTooltip(async (view, at) => {
    const told = await explain(view.state.doc.toString(), at).catch(() => undefined);
    if (!told) return null;
    return { pos: told.from, end: told.to, above: true, create: () => ({ dom: explanation(told) }) };
  });
}
