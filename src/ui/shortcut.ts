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
    { keys: 'F2', does: 'Rename a name in every cell' },
  ],
};
