import type { DataEntry } from '../session/data-files';
import { nameTogether, sameShaped, tablesTogether, togetherSource } from '../session/put-together';
import { newCellId } from '../notebook/edit';
import type { Cell } from '../notebook/model';
import { strings } from '../ui/strings';
import { removeCell } from './cell-moves';
import type { Workspace } from './workspace.svelte';

/**
 * Files of the same shape can be one table: those dropped together, and one that is like a file which is here already.
 * The one may also be the newer export of the other. Nothing is done until the reader says so.
 */
export function offerTogether(workspace: Workspace, nodes: readonly string[]): void {
  if (!workspace.writable || workspace.guest) return;
  const ready = workspace.data.filter((entry) => entry.status === 'ready');
  for (const group of sameShaped(ready)) {
    const dropped = group.filter((entry) => nodes.includes(entry.node));
    if (dropped.length === 0) continue;
    const earlier = group.filter((entry) => !nodes.includes(entry.node));
    const holder = (workspace.notebook?.cells ?? []).find((cell) =>
      tablesTogether(cell.source).some((table) => earlier.some((entry) => entry.table === table)),
    );
    const [newest] = dropped;
    const [known] = earlier;
    const actions = [
      holder
        ? { label: strings.together.add(holder.name ?? 'it'), run: () => add(workspace, holder, dropped) }
        : { label: strings.together.join, run: () => join(workspace, group) },
      ...(known && !holder && earlier.length === 1 && dropped.length === 1
        ? [{ label: strings.together.replace(known.fileName), run: () => replace(workspace, known, newest!) }]
        : []),
    ];
    const gone = (): boolean => dropped.some((entry) => !workspace.session?.data.entry(entry.node));
    workspace.notices.notify(strings.together.found(listed([...earlier, ...dropped])), 'info', actions, { over: gone });
  }
}

function join(workspace: Workspace, group: readonly DataEntry[]): void {
  const cells = workspace.notebook?.cells ?? [];
  const taken = new Set(
    [...workspace.data.map(({ table }) => table), ...workspace.cells.flatMap((view) => view.definition.outputs)].map(
      (name) => name.toLowerCase(),
    ),
  );
  const name = nameTogether(
    group.map(({ table }) => table),
    taken,
  );
  const id = newCellId(cells);
  const cell: Cell = { id, kind: 'sql', name, source: togetherSource(group), view: true };
  if (!workspace.edit({ type: 'insert', index: cells.length, cell })) return;
  workspace.selected = id;
  void workspace.run([id]).then(() => tell(workspace, id, name, () => removeCell(workspace, id)));
}

function add(workspace: Workspace, holder: Cell, dropped: readonly DataEntry[]): void {
  const source = `${holder.source.trim()}\nUNION ALL BY NAME\n${togetherSource(dropped)}`;
  if (!workspace.edit({ type: 'setSource', id: holder.id, source })) return;
  workspace.selected = holder.id;
  const undo = (): void => {
    if (workspace.edit({ type: 'setSource', id: holder.id, source: holder.source })) void workspace.run([holder.id]);
  };
  void workspace.run([holder.id]).then(() => tell(workspace, holder.id, holder.name ?? 'it', undo));
}

/** The newer file takes the place of the earlier one; its own table goes. */
function replace(workspace: Workspace, known: DataEntry, newest: DataEntry): void {
  void workspace.notices.attempt(async () => {
    await workspace.session?.files.remove(newest.node);
    if (newest.file) await workspace.files.takeNewer(known.node, newest.file);
  });
}

function tell(workspace: Workspace, id: string, name: string, undo: () => void): void {
  const { session } = workspace;
  const isGone = (): boolean => !session?.notebook.cells.some((cell) => cell.id === id);
  workspace.notices.notify(strings.together.done(name), 'info', { label: strings.undo, run: undo }, { over: isGone });
}

function listed(entries: readonly DataEntry[]): string {
  const names = entries.map(({ fileName }) => fileName);
  return names.length > 3
    ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} other files`
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
