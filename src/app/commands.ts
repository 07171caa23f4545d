import { ownPage } from '../base/own-page';
import type { CellKind } from '../notebook/model';
import { strings } from '../ui/strings';
import { insertCell, moveCellBy, removeCell, setKind, step } from './cell-moves';
import type { Command } from './command';
import type { Finding } from './finding.svelte';
import type { Past } from './past.svelte';
import type { Sharing } from './sharing.svelte';
import type { Workspace } from './workspace.svelte';
import { writeChecks } from './write-checks';
import { writingCommands } from './writing-commands';

const { groups, titles } = strings.commands;

/** What the shell does for the commands that are not about the notebook itself. */
export interface ShellActions {
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
  readonly openTour: () => void;
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
  const setKindOf = (kind: CellKind) => onSelected((id) => setKind(workspace, id, kind));
  const insert = (kind: CellKind, where: 'above' | 'below') => () => {
    insertCell(workspace, kind, where);
    workspace.mode = 'edit';
  };

  return [
    {
      id: 'run',
      group: groups.run,
      title: titles.run,
      keys: ['Mod+Enter'],
      enabled: selected,
      run: onSelected((id) => void workspace.run([id])),
    },
    {
      id: 'run-next',
      group: groups.run,
      title: titles['run-next'],
      keys: ['Shift+Enter'],
      enabled: selected,
      run: onSelected((id) => runAndStep(workspace, id)),
    },
    {
      id: 'run-insert',
      group: groups.run,
      title: titles['run-insert'],
      keys: ['Alt+Enter'],
      enabled: selected,
      run: onSelected((id) => runAndInsert(workspace, id)),
    },
    {
      id: 'run-all',
      group: groups.run,
      title: titles['run-all'],
      keys: ['Mod+Shift+Enter'],
      enabled: open,
      run: () => void workspace.runAll(),
    },
    {
      id: 'run-stale',
      group: groups.run,
      title: titles['run-stale'],
      enabled: () => workspace.stale,
      run: () => void workspace.session?.runStale(),
    },
    {
      id: 'stop',
      group: groups.run,
      title: titles.stop,
      keys: ['I I'],
      mode: 'command',
      enabled: () => workspace.running,
      run: () => workspace.session?.cancel(),
    },

    {
      id: 'insert-above',
      group: groups.cells,
      title: titles['insert-above'],
      keys: ['A'],
      mode: 'command',
      enabled: open,
      run: insert('sql', 'above'),
    },
    {
      id: 'insert-below',
      group: groups.cells,
      title: titles['insert-below'],
      keys: ['B'],
      mode: 'command',
      enabled: open,
      run: insert('sql', 'below'),
    },
    {
      id: 'insert-ts',
      group: groups.cells,
      title: titles['insert-ts'],
      enabled: open,
      run: insert('ts', 'below'),
    },
    { id: 'insert-md', group: groups.cells, title: titles['insert-md'], enabled: open, run: insert('md', 'below') },
    {
      id: 'insert-csv',
      group: groups.cells,
      title: titles['insert-csv'],
      enabled: open,
      run: insert('csv', 'below'),
    },
    {
      id: 'insert-check',
      group: groups.cells,
      title: titles['insert-check'],
      enabled: open,
      run: insert('check', 'below'),
    },
    {
      id: 'insert-metric',
      group: groups.cells,
      title: titles['insert-metric'],
      enabled: open,
      run: insert('metric', 'below'),
    },
    {
      id: 'suggest-checks',
      group: groups.notebook,
      title: strings.check.suggest,
      enabled: open,
      run: () => void workspace.notices.attempt(() => writeChecks(workspace)),
    },
    {
      id: 'delete',
      group: groups.cells,
      title: titles.delete,
      keys: ['D D'],
      mode: 'command',
      enabled: selected,
      run: onSelected((id) => removeCell(workspace, id)),
    },
    {
      id: 'to-md',
      group: groups.cells,
      title: titles['to-md'],
      keys: ['M'],
      mode: 'command',
      enabled: selected,
      run: setKindOf('md'),
    },
    {
      id: 'to-code',
      group: groups.cells,
      title: titles['to-code'],
      keys: ['Y'],
      mode: 'command',
      enabled: selected,
      run: onSelected((id) => toCode(workspace, id)),
    },
    {
      id: 'move-up',
      group: groups.cells,
      title: titles['move-up'],
      keys: ['Alt+ArrowUp'],
      enabled: selected,
      run: onSelected((id) => moveCellBy(workspace, id, 'up')),
    },
    {
      id: 'move-down',
      group: groups.cells,
      title: titles['move-down'],
      keys: ['Alt+ArrowDown'],
      enabled: selected,
      run: onSelected((id) => moveCellBy(workspace, id, 'down')),
    },
    {
      id: 'previous',
      group: groups.cells,
      title: titles.previous,
      keys: ['K', 'ArrowUp'],
      mode: 'command',
      enabled: open,
      run: () => step(workspace, 'up'),
    },
    {
      id: 'next',
      group: groups.cells,
      title: titles.next,
      keys: ['J', 'ArrowDown'],
      mode: 'command',
      enabled: open,
      run: () => step(workspace, 'down'),
    },
    {
      id: 'edit',
      group: groups.cells,
      title: titles.edit,
      keys: ['Enter'],
      mode: 'command',
      enabled: selected,
      run: () => (workspace.mode = 'edit'),
    },
    {
      id: 'command-mode',
      group: groups.cells,
      title: titles['command-mode'],
      keys: ['Escape'],
      run: () => {
        workspace.mode = 'command';
        // From a button or control of the cell its own keys begin anew.
        const cell = workspace.selected ? document.getElementById(workspace.selected) : null;
        if (cell?.contains(document.activeElement)) cell.focus({ preventScroll: true });
      },
    },
    {
      id: 'undo',
      group: groups.cells,
      title: titles.undo,
      keys: ['Z', 'Mod+Z'],
      mode: 'command',
      enabled: () => workspace.session?.canUndo ?? false,
      run: () => workspace.undo(),
    },
    {
      id: 'redo',
      group: groups.cells,
      title: titles.redo,
      keys: ['Shift+Z', 'Mod+Shift+Z', 'Mod+Y'],
      mode: 'command',
      enabled: () => workspace.session?.canRedo ?? false,
      run: () => workspace.redo(),
    },

    ...writingCommands(workspace, shell),

    { id: 'add-data', group: groups.notebook, title: titles['add-data'], run: shell.pickFiles },
    {
      id: 'save',
      group: groups.notebook,
      title: titles.save,
      keys: ['Mod+S'],
      enabled: open,
      run: shell.save,
    },
    {
      id: 'copy-markdown',
      group: groups.notebook,
      title: titles['copy-markdown'],
      enabled: open,
      run: shell.copyMarkdown,
    },
    ...shareCommands(shell.share, open),
    {
      id: 'versions',
      group: groups.notebook,
      title: strings.past.versionsItem,
      enabled: open,
      run: () => void shell.past.showVersions(),
    },
    {
      id: 'runs',
      group: groups.notebook,
      title: strings.past.runsItem,
      enabled: open,
      run: () => void shell.past.showRuns(),
    },
    { id: 'new', group: groups.notebook, title: titles.new, run: () => void workspace.createEmpty() },
    { id: 'copy', group: groups.notebook, title: titles.copy, enabled: open, run: () => void workspace.openCopy() },
    { id: 'home', group: groups.notebook, title: titles.home, enabled: open, run: shell.goHome },

    { id: 'app', group: groups.view, title: strings.view.app, enabled: open, run: () => workspace.show('app') },
    {
      id: 'slides',
      group: groups.view,
      title: strings.view.slides,
      enabled: open,
      run: () => workspace.show('slides'),
    },
    { id: 'palette', group: groups.view, title: titles.palette, keys: ['Mod+K'], run: shell.openPalette },
    {
      id: 'shortcuts',
      group: groups.view,
      title: titles.shortcuts,
      keys: ['?'],
      mode: 'command',
      run: shell.openShortcuts,
    },
    { id: 'tour', group: groups.view, title: titles.tour, enabled: open, run: shell.openTour },
    { id: 'settings', group: groups.view, title: titles.settings, keys: ['Mod+,'], run: shell.openSettings },
    { id: 'help', group: groups.view, title: titles.help, keys: ['F1'], run: shell.openHelp },
    { id: 'panel', group: groups.view, title: titles.panel, keys: ['Mod+B'], run: shell.togglePanel },
    { id: 'theme', group: groups.view, title: titles.theme, run: shell.switchTheme },
  ];
}

/** The ways in which the notebook leaves the page. */
function shareCommands(share: Sharing, enabled: () => boolean): Command[] {
  const { archive, page, lockItem, link, signItem, reportItem, jupyter, workbook } = strings.share;
  const command = (id: string, title: string, run: () => void): Command => ({
    id,
    group: groups.notebook,
    title,
    enabled,
    run,
  });
  return [
    command('share-as', strings.shareAs.item, () => void share.askRole()),
    command('save-archive', archive, () => void share.saveArchive()),
    command('save-page', page, () => void share.savePage()),
    command('save-locked', lockItem, () => void share.askLock()),
    // A link to a file leads nowhere on another's computer.
    { ...command('copy-link', link, () => void share.copyLink()), enabled: () => enabled() && !ownPage() },
    command('sign', signItem, () => void share.askSign()),
    command('save-report', reportItem, () => void share.askReport()),
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
    insertCell(workspace, 'sql', 'below', id);
    workspace.mode = 'edit';
  } else step(workspace, 'down');
}

export function runAndInsert(workspace: Workspace, id: string): void {
  void workspace.run([id]);
  insertCell(workspace, 'sql', 'below', id);
  workspace.mode = 'edit';
}

function toCode(workspace: Workspace, id: string): void {
  const cell = workspace.notebook?.cells.find((candidate) => candidate.id === id);
  if (cell) workspace.edit({ type: 'setKind', id, kind: cell.kind === 'sql' ? 'ts' : 'sql' });
}
