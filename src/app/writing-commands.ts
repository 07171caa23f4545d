import type { Command } from './command';
import type { Finding } from './finding.svelte';
import type { Workspace } from './workspace.svelte';

/** What is done to the text of cells. */
export function writingCommands(workspace: Workspace, finding: Finding): Command[] {
  const open = () => workspace.session !== null;
  return [
    {
      id: 'find',
      group: 'Cells',
      title: 'Find in all cells',
      keys: ['Mod+F'],
      enabled: open,
      run: () => finding.show(false),
    },
    {
      id: 'replace',
      group: 'Cells',
      title: 'Find and replace in all cells',
      keys: ['Mod+Shift+F'],
      enabled: open,
      run: () => finding.show(true),
    },
  ];
}
