import { LevainError } from '../base/problem';
import { readClipboard } from '../session/clipboard';
import { strings } from '../ui/strings';
import type { Workspace } from './workspace.svelte';

/** Reads what the clipboard holds as a table, where the browser lets the page look. */
export async function pasteTable(workspace: Workspace): Promise<void> {
  const words = strings.page.clipboard;
  await workspace.notices.attempt(async () => {
    const { text, html } = await readClipboard().catch(() => {
      throw new LevainError({ code: 'no-clipboard', message: words.refused, hint: words.hint });
    });
    if (text.trim() !== '') await workspace.receivePaste(text, html);
    else workspace.notices.notify(words.empty, 'problem');
  });
}
