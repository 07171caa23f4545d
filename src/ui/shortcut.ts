export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly { readonly keys: string; readonly does: string }[];
}

/** Keys of the editor, which are no commands of the page. */
export const WRITING: ShortcutGroup = {
  title: 'Writing',
  shortcuts: [
    { keys: 'Ctrl+Space', does: 'List what can be written here' },
    { keys: 'F12', does: 'Go to where a name is defined' },
    { keys: 'Mod+D', does: 'Also select the next place like what is selected' },
    { keys: 'Mod+Shift+L', does: 'Select every place like what is selected' },
    { keys: 'Mod+Alt+ArrowUp, Mod+Alt+ArrowDown', does: 'Put another caret on the line above or below' },
    { keys: 'Ctrl+Shift+[, Ctrl+Shift+]', does: 'Fold and unfold what begins on the line' },
    { keys: 'F2', does: 'Rename a name in every cell' },
  ],
};
