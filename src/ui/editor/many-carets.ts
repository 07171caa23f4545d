import { selectNextOccurrence, selectSelectionMatches } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { crosshairCursor, keymap, rectangularSelection } from '@codemirror/view';

/**
 * Several carets at once: Mod with a click puts another, Mod+D one at the next place like what is selected, Mod+Shift+L
 * one at each, Mod+Alt with up and down one on the next line, Alt while dragging selects a rectangle.
 */
export const manyCarets: Extension = [
  EditorState.allowMultipleSelections.of(true),
  rectangularSelection(),
  crosshairCursor(),
  keymap.of([
    { key: 'Mod-d', run: selectNextOccurrence, preventDefault: true },
    { key: 'Mod-Shift-l', run: selectSelectionMatches, preventDefault: true },
  ]),
];
