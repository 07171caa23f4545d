import { strings } from './strings';

const words = strings.commands.writing;

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly { readonly keys: string; readonly does: string }[];
}

/** Keys of the editor, which are no commands of the page. */
export const WRITING: ShortcutGroup = {
  title: strings.commands.groups.writing,
  shortcuts: [
    { keys: 'Ctrl+Space', does: words.complete },
    { keys: 'F12', does: words.define },
    { keys: 'Mod+D', does: words.nextAlike },
    { keys: 'Mod+Shift+L', does: words.allAlike },
    { keys: 'Mod+Alt+ArrowUp, Mod+Alt+ArrowDown', does: words.carets },
    { keys: 'Ctrl+Shift+[, Ctrl+Shift+]', does: words.folds },
    { keys: 'F2', does: words.rename },
  ],
};
