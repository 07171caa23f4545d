import { insertCell } from './cell-moves';
import type { Workspace } from './workspace.svelte';

/** How many rows a cell that only shows a table may copy. */
const COPIED_ROWS = 100_000;

/** Shows a table's rows in a cell, and goes to it. */
export async function lookAt(workspace: Workspace, table: string): Promise<void> {
  const id = await showRows(workspace, table);
  if (id !== undefined) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
}

/** Shows a table's rows in the cell that shows them already, in an empty one, or in a new one at the end; gives its id. */
async function showRows(workspace: Workspace, table: string): Promise<string | undefined> {
  const source = `SELECT * FROM ${table}`;
  const cells = workspace.notebook?.cells ?? [];
  const queries = cells.filter((cell) => cell.kind === 'sql');
  const there = queries.find((cell) => cell.source.trim() === source);
  if (!there && !workspace.mayWrite()) return undefined;
  const empty = queries.find((cell) => cell.source.trim() === '');
  const id = there?.id ?? empty?.id ?? insertCell(workspace, 'sql', 'below', cells.at(-1)?.id ?? null);
  if (!there) {
    workspace.edit({ type: 'setSource', id, source });
    const rows = workspace.relations.find((relation) => relation.name === table)?.rows ?? Infinity;
    // A large table is looked at where it stands; its rows would take their room twice.
    if (rows > COPIED_ROWS) workspace.edit({ type: 'setFlags', id, view: true });
  }
  workspace.mode = 'command';
  workspace.selected = id;
  await workspace.run([id]);
  return id;
}

/** The first of the files that were just added shows its rows at once, in an otherwise empty notebook. */
export async function showFirstRows(workspace: Workspace, nodes: readonly string[]): Promise<void> {
  const [cell, ...others] = workspace.notebook?.cells ?? [];
  const first = workspace.data.find((entry) => nodes.includes(entry.node) && entry.status === 'ready');
  if (!first || !cell || others.length > 0 || cell.kind !== 'sql' || cell.source.trim() !== '') return;
  if (workspace.mode === 'edit' || workspace.guest || !workspace.writable) return;
  await showRows(workspace, first.table);
}
