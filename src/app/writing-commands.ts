import { duplicateCell, mergeBelow, splitAtCaret, toggleFold } from './cell-moves';
import type { Command } from './command';
import type { Finding } from './finding.svelte';
import type { Workspace } from './workspace.svelte';

/** What is done to the text of cells, and to cells as pieces of text. */
export function writingCommands(
  workspace: Workspace,
  { finding, format }: { readonly finding: Finding; readonly format: (id: string) => void },
): Command[] {
  const open = () => workspace.session !== null;
  const command = (id: string, title: string, keys: string, run: () => void): Command => ({
    id,
    group: 'Cells',
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
    command('find', 'Find in all cells', 'Mod+F', () => finding.show(false)),
    command('replace', 'Find and replace in all cells', 'Mod+Shift+F', () => finding.show(true)),
    ofCell('format', 'Format the cell', 'Alt+Shift+F', format),
    ofCell('split', 'Split the cell at the caret', 'Mod+Alt+Enter', (id) => splitAtCaret(workspace, id)),
    ...[
      ofCell('merge', 'Merge the cell with the one below', 'Shift+M', (id) => mergeBelow(workspace, id)),
      ofCell('duplicate', 'Duplicate the cell', 'Alt+Shift+ArrowDown', (id) => duplicateCell(workspace, id)),
      ofCell('fold', 'Hide or show the cell’s code', 'H', (id) => toggleFold(workspace, id, 'folded')),
      ofCell('fold-output', 'Hide or show the cell’s output', 'O', (id) => toggleFold(workspace, id, 'foldedOutput')),
    ].map(whileReading),
  ];
}
