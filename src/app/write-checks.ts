import { newCellId } from '../notebook/edit';
import type { Cell } from '../notebook/model';
import { strings } from '../ui/strings';
import type { Workspace } from './workspace.svelte';

/** Writes what the tables' profiles say to hold now into a check cell before the first cell that runs. */
export async function writeChecks(workspace: Workspace): Promise<void> {
  const { suggestChecks } = await import('../session/suggest-checks');
  const now = Date.now();
  const lines = workspace.data.flatMap(({ table, profile }) => (profile ? suggestChecks(table, profile, now) : []));
  if (lines.length === 0) return workspace.notices.notify(strings.check.none);
  const cells = workspace.notebook?.cells ?? [];
  const before = cells.findIndex(({ kind }) => kind !== 'md');
  const id = newCellId(cells);
  const cell: Cell = { id, kind: 'check', source: lines.join('\n') };
  if (!workspace.edit({ type: 'insert', index: Math.max(0, before), cell })) return;
  workspace.selected = id;
  workspace.notices.notify(strings.check.suggested);
  await workspace.run([id]);
}
