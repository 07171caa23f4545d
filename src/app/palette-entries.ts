import type { HelpEntry } from '../base/help';
import type { PaletteCommand } from '../ui/command';
import { strings } from '../ui/strings';
import type { Command } from './command';
import { outlineOf, tablesOf } from './panel-entries';
import type { Workspace } from './workspace.svelte';

/** Where the palette leads besides commands. */
export interface PaletteWays {
  readonly nameOf: (id: string) => string;
  readonly jump: (id: string) => void;
  readonly explore: (table: string) => void;
  readonly functions: readonly HelpEntry[];
  readonly showHelp: (name: string) => void;
  /** Templates over files that are here. */
  readonly fitting: readonly { readonly title: string; readonly run: () => void }[];
}

/** Everything that can be found: commands, cells, headings, tables, templates, notebooks, functions. */
export function paletteEntries(
  workspace: Workspace,
  commands: readonly Command[],
  { nameOf, jump, explore, functions, showHelp, fitting }: PaletteWays,
): PaletteCommand[] {
  const groups = strings.palette.groups;
  const { words } = strings.commands;
  const cells = workspace.cells.filter(({ cell }) => cell.kind !== 'md');
  const open = workspace.status?.id;
  return [
    ...commands
      .filter((command) => command.enabled?.() ?? true)
      .map(({ id, title, run, keys, group }) => ({
        title,
        run,
        group,
        ...(keys?.[0] && { keys: keys[0] }),
        ...(id in words && { words: words[id as keyof typeof words] }),
      })),
    ...cells.map(({ cell }) => ({ title: nameOf(cell.id), group: groups.cell, run: () => jump(cell.id) })),
    ...outlineOf(workspace.cells).map(({ id, text }) => ({ title: text, group: groups.heading, run: () => jump(id) })),
    ...workspace.data.map((entry) => ({
      title: entry.table || entry.fileName,
      group: groups.table,
      run: () => jump(entry.node),
    })),
    ...tablesOf(workspace.data, workspace.cells, workspace.relations)
      .filter(({ rows }) => rows !== undefined)
      .map(({ name }) => ({ title: strings.explore.of(name), group: groups.table, run: () => explore(name) })),
    ...fitting.map((template) => ({ ...template, group: groups.template })),
    ...workspace.notebooks
      .filter(({ id }) => id !== open)
      .map(({ id, title }) => ({
        title: title || strings.bar.untitled,
        group: groups.notebook,
        run: () => void workspace.open(id),
      })),
    ...functions.map(({ name }) => ({ title: name, group: groups.help, run: () => showHelp(name) })),
  ];
}
