import { copyCell, pasteFromClipboard } from './cell-clipboard';
import { duplicateCell, mergeBelow, splitAtCaret, toggleFold } from './cell-moves';
import { strings } from '../ui/strings';
import type { Command } from './command';
import type { Finding } from './finding.svelte';
import type { Workspace } from './workspace.svelte';

const { groups, titles } = strings.commands;

/** What is done to the text of cells, and to cells as pieces of text. */
export function writingCommands(
  workspace: Workspace,
  { finding, format }: { readonly finding: Finding; readonly format: (id: string) => void },
): Command[] {
  const open = () => workspace.session !== null;
  const command = (id: string, title: string, keys: string, run: () => void): Command => ({
    id,
    group: groups.cells,
    title,
    keys: [keys],
    enabled: open,
    run,
  });
  const ofCell = (id: string, title: string, keys: string, work: (cell: string) => void): Command => ({
    ...command(id, title, keys, () => {
      if (workspace.selected) work(workspace.selected);
    }),
    enabled: () => workspace.selected !== null,
  });
  const whileReading = (cell: Command): Command => ({ ...cell, mode: 'command' });
  return [
    command('find', titles.find, 'Mod+F', () => finding.show(false)),
    command('replace', titles.replace, 'Mod+Shift+F', () => finding.show(true)),
    ofCell('format', titles.format, 'Alt+Shift+F', format),
    ofCell('split', titles.split, 'Mod+Alt+Enter', (id) => splitAtCaret(workspace, id)),
    ...[
      ofCell('merge', titles.merge, 'Shift+M', (id) => mergeBelow(workspace, id)),
      ofCell('duplicate', titles.duplicate, 'Alt+Shift+ArrowDown', (id) => duplicateCell(workspace, id)),
      ofCell('copy-cell', titles['copy-cell'], 'C', (id) => void copyCell(workspace, id)),
      ofCell('cut-cell', titles['cut-cell'], 'X', (id) => void copyCell(workspace, id, true)),
      command('paste-cell', titles['paste-cell'], 'V', () => void pasteFromClipboard(workspace)),
      ofCell('fold', titles.fold, 'H', (id) => toggleFold(workspace, id, 'folded')),
      ofCell('fold-output', titles['fold-output'], 'O', (id) => toggleFold(workspace, id, 'foldedOutput')),
    ].map(whileReading),
  ];
}
