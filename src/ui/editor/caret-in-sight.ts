import { EditorView } from '@codemirror/view';

/** How far from the window's edges the caret is kept: the page's bar stands over the top one. */
const TOP = 72;
const BOTTOM = 24;

/**
 * Keeps the caret in sight. CodeMirror's own scroll margins are not used for it: within them it hides what opens beside
 * the caret, which in a cell of one line is everything.
 */
export const caretInSight = EditorView.scrollHandler.of((view, range) => {
  view.requestMeasure({ key: 'caret-in-sight', read: () => view.coordsAtPos(range.head), write: scrollTo });
  return false;
});

function scrollTo(caret: { readonly top: number; readonly bottom: number } | null): void {
  if (!caret) return;
  if (caret.top < TOP) window.scrollBy(0, caret.top - TOP);
  else if (caret.bottom > window.innerHeight - BOTTOM) window.scrollBy(0, caret.bottom - window.innerHeight + BOTTOM);
}
