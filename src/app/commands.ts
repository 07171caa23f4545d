import type { CellKind } from '../notebook/model';
import { strings } from '../ui/strings';
import type { Command } from './command';
import type { Finding } from './finding.svelte';
import type { Past } from './past.svelte';
import type { Sharing } from './sharing.svelte';
import type { Workspace } from './workspace.svelte';
import { writingCommands } from './writing-commands';

/** What the shell does for the commands that are not about the notebook itself. */
export interface ShellActions {
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
  readonly openSettings: () => void;
  readonly openHelp: () => void;
  readonly pickFiles: () => void;
  readonly save: () => void;
  readonly goHome: () => void;
  readonly togglePanel: () => void;
  readonly switchTheme: () => void;
  readonly copyMarkdown: () => void;
  readonly share: Sharing;
  readonly finding: Finding;
  readonly past: Past;
  readonly format: (id: string) => void;
}

/** Every command of the page. */
export function commands(workspace: Workspace, shell: ShellActions): readonly Command[] {
  const open = () => workspace.session !== null;
  const selected = () => workspace.selected !== null;
  const onSelected = (work: (id: string) => void) => () => {
    if (workspace.selected) work(workspace.selected);
  };
  const setKind = (kind: CellKind) => onSelected((id) => workspace.setKind(id, kind));
  const insert = (kind: CellKind, where: 'above' | 'below') => () => {
    workspace.insert(kind, where);
    workspace.mode = 'edit';
  };

  return [
    {
      id: 'run',
      group: 'Run',
      title: 'Run the cell',
      keys: ['Mod+Enter'],
      enabled: selected,
      run: onSelected((id) => void workspace.run([id])),
    },
    {
      id: 'run-next',
      group: 'Run',
      title: 'Run the cell and go to the next',
      keys: ['Shift+Enter'],
      enabled: selected,
      run: onSelected((id) => runAndStep(workspace, id)),
    },
    {
      id: 'run-insert',
      group: 'Run',
      title: 'Run the cell and insert one below',
      keys: ['Alt+Enter'],
      enabled: selected,
      run: onSelected((id) => runAndInsert(workspace, id)),
    },
    {
      id: 'run-all',
      group: 'Run',
      title: 'Run all cells',
      keys: ['Mod+Shift+Enter'],
      enabled: open,
      run: () => void workspace.runAll(),
    },
    {
      id: 'run-stale',
      group: 'Run',
      title: 'Run what is out of date',
      enabled: () => workspace.stale,
      run: () => void workspace.session?.runStale(),
    },
    {
      id: 'stop',
      group: 'Run',
      title: 'Stop everything that runs',
      keys: ['I I'],
      mode: 'command',
      enabled: () => workspace.running,
      run: () => workspace.session?.cancel(),
    },

    {
      id: 'insert-above',
      group: 'Cells',
      title: 'Insert an SQL cell above',
      keys: ['A'],
      mode: 'command',
      enabled: open,
      run: insert('sql', 'above'),
    },
    {
      id: 'insert-below',
      group: 'Cells',
      title: 'Insert an SQL cell below',
      keys: ['B'],
      mode: 'command',
      enabled: open,
      run: insert('sql', 'below'),
    },
    {
      id: 'insert-ts',
      group: 'Cells',
      title: 'Insert a TypeScript cell below',
      enabled: open,
      run: insert('ts', 'below'),
    },
    { id: 'insert-md', group: 'Cells', title: 'Insert a text cell below', enabled: open, run: insert('md', 'below') },
    {
      id: 'insert-csv',
      group: 'Cells',
      title: 'Insert a small table below',
      enabled: open,
      run: insert('csv', 'below'),
    },
    { id: 'insert-check', group: 'Cells', title: 'Insert a check below', enabled: open, run: insert('check', 'below') },
    {
      id: 'insert-metric',
      group: 'Cells',
      title: 'Insert a metric below',
      enabled: open,
      run: insert('metric', 'below'),
    },
    {
      id: 'suggest-checks',
      group: 'Notebook',
      title: strings.check.suggest,
      enabled: open,
      run: () => void workspace.attempt(() => workspace.suggestChecks()),
    },
    {
      id: 'delete',
      group: 'Cells',
      title: 'Delete the cell',
      keys: ['D D'],
      mode: 'command',
      enabled: selected,
      run: onSelected((id) => workspace.removeCell(id)),
    },
    {
      id: 'to-md',
      group: 'Cells',
      title: 'Change the cell to text',
      keys: ['M'],
      mode: 'command',
      enabled: selected,
      run: setKind('md'),
    },
    {
      id: 'to-code',
      group: 'Cells',
      title: 'Change the cell to code (SQL, then TypeScript)',
      keys: ['Y'],
      mode: 'command',
      enabled: selected,
      run: onSelected((id) => toCode(workspace, id)),
    },
    {
      id: 'move-up',
      group: 'Cells',
      title: 'Move the cell up',
      keys: ['Alt+ArrowUp'],
      enabled: selected,
      run: onSelected((id) => workspace.move(id, 'up')),
    },
    {
      id: 'move-down',
      group: 'Cells',
      title: 'Move the cell down',
      keys: ['Alt+ArrowDown'],
      enabled: selected,
      run: onSelected((id) => workspace.move(id, 'down')),
    },
    {
      id: 'previous',
      group: 'Cells',
      title: 'Go to the cell above',
      keys: ['K', 'ArrowUp'],
      mode: 'command',
      enabled: open,
      run: () => workspace.step('up'),
    },
    {
      id: 'next',
      group: 'Cells',
      title: 'Go to the cell below',
      keys: ['J', 'ArrowDown'],
      mode: 'command',
      enabled: open,
      run: () => workspace.step('down'),
    },
    {
      id: 'edit',
      group: 'Cells',
      title: 'Edit the cell',
      keys: ['Enter'],
      mode: 'command',
      enabled: selected,
      run: () => (workspace.mode = 'edit'),
    },
    {
      id: 'command-mode',
      group: 'Cells',
      title: 'Stop editing',
      keys: ['Escape'],
      run: () => (workspace.mode = 'command'),
    },
    {
      id: 'undo',
      group: 'Cells',
      title: 'Undo',
      keys: ['Z', 'Mod+Z'],
      mode: 'command',
      enabled: () => workspace.session?.canUndo ?? false,
      run: () => workspace.undo(),
    },
    {
      id: 'redo',
      group: 'Cells',
      title: 'Redo',
      keys: ['Shift+Z', 'Mod+Shift+Z', 'Mod+Y'],
      mode: 'command',
      enabled: () => workspace.session?.canRedo ?? false,
      run: () => workspace.redo(),
    },

    ...writingCommands(workspace, shell),

    { id: 'add-data', group: 'Notebook', title: 'Add data files …', run: shell.pickFiles },
    {
      id: 'save',
      group: 'Notebook',
      title: 'Save the notebook as a file',
      keys: ['Mod+S'],
      enabled: open,
      run: shell.save,
    },
    {
      id: 'copy-markdown',
      group: 'Notebook',
      title: 'Copy the notebook as Markdown',
      enabled: open,
      run: shell.copyMarkdown,
    },
    ...shareCommands(shell.share, open),
    {
      id: 'versions',
      group: 'Notebook',
      title: strings.past.versionsItem,
      enabled: open,
      run: () => void shell.past.showVersions(),
    },
    {
      id: 'runs',
      group: 'Notebook',
      title: strings.past.runsItem,
      enabled: open,
      run: () => void shell.past.showRuns(),
    },
    { id: 'new', group: 'Notebook', title: 'New notebook', run: () => void workspace.createEmpty() },
    { id: 'home', group: 'Notebook', title: 'All notebooks', enabled: open, run: shell.goHome },

    { id: 'app', group: 'View', title: strings.view.app, enabled: open, run: () => workspace.show('app') },
    { id: 'slides', group: 'View', title: strings.view.slides, enabled: open, run: () => workspace.show('slides') },
    { id: 'palette', group: 'View', title: 'Find a command', keys: ['Mod+K'], run: shell.openPalette },
    {
      id: 'shortcuts',
      group: 'View',
      title: 'Keyboard shortcuts',
      keys: ['?'],
      mode: 'command',
      run: shell.openShortcuts,
    },
    { id: 'settings', group: 'View', title: 'Settings', keys: ['Mod+,'], run: shell.openSettings },
    { id: 'help', group: 'View', title: 'Functions of levain, with examples', keys: ['F1'], run: shell.openHelp },
    { id: 'panel', group: 'View', title: 'Show or hide the side panel', keys: ['Mod+B'], run: shell.togglePanel },
    { id: 'theme', group: 'View', title: 'Switch between light, dark and the system’s look', run: shell.switchTheme },
  ];
}

/** The ways in which the notebook leaves the page. */
function shareCommands(share: Sharing, enabled: () => boolean): Command[] {
  const { archive, lockItem, link, signItem, reportItem, jupyter, workbook } = strings.share;
  const command = (id: string, title: string, run: () => void): Command => ({
    id,
    group: 'Notebook',
    title,
    enabled,
    run,
  });
  return [
    command('save-archive', archive, () => void share.saveArchive()),
    command('save-locked', lockItem, () => void share.askLock()),
    command('copy-link', link, () => void share.copyLink()),
    command('sign', signItem, () => void share.askSign()),
    command('save-report', reportItem, () => share.askReport()),
    command('save-jupyter', jupyter, () => void share.saveJupyter()),
    command('save-workbook', workbook, () => void share.saveWorkbook()),
  ];
}

/** Runs a cell and goes to the next one; below the last cell a new one is made. */
export function runAndStep(workspace: Workspace, id: string): void {
  void workspace.run([id]);
  workspace.mode = 'command';
  const cells = workspace.notebook?.cells ?? [];
  if (cells.at(-1)?.id === id) {
    workspace.insert('sql', 'below', id);
    workspace.mode = 'edit';
  } else workspace.step('down');
}

export function runAndInsert(workspace: Workspace, id: string): void {
  void workspace.run([id]);
  workspace.insert('sql', 'below', id);
  workspace.mode = 'edit';
}

function toCode(workspace: Workspace, id: string): void {
  const cell = workspace.notebook?.cells.find((candidate) => candidate.id === id);
  if (cell) workspace.edit({ type: 'setKind', id, kind: cell.kind === 'sql' ? 'ts' : 'sql' });
}
