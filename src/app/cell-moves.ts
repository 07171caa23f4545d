import { strings } from '../ui/strings';
import { mergeCells, splitCell } from '../notebook/cut';
import { newCellId } from '../notebook/edit';
import type { Cell } from '../notebook/model';
import { freeName } from './free-name';
import type { Workspace } from './workspace.svelte';

/** Puts a copy of a cell below it, or at `index` of the cells, and selects it. */
export function duplicateCell(workspace: Workspace, id: string, index?: number): void {
  const cells = workspace.notebook?.cells ?? [];
  const at = cells.findIndex((cell) => cell.id === id);
  const cell = cells[at];
  if (!cell) return;
  const name = cell.name === undefined ? {} : { name: freeName(workspace, cell.name, 2) };
  const copy: Cell = { ...cell, id: newCellId(new Set(cells.map((other) => other.id))), ...name };
  if (workspace.edit({ type: 'insert', index: index ?? at + 1, cell: copy })) workspace.selected = copy.id;
}

/** Puts a cell at `index` of the others. */
export function moveCell(workspace: Workspace, id: string, index: number): void {
  const from = workspace.notebook?.cells.findIndex((cell) => cell.id === id);
  if (from === index || !workspace.edit({ type: 'move', id, index })) return;
  workspace.selected = id;
}

/** Cuts a cell in two where the caret stands, or stood last in it; the reader goes on in the lower part. */
export function splitAtCaret(workspace: Workspace, id: string): void {
  const cells = workspace.notebook?.cells ?? [];
  const caret = workspace.caret?.cell === id ? workspace.caret.offset : undefined;
  if (caret === undefined) {
    return workspace.notices.notify(strings.page.noCaret, 'problem');
  }
  const { edit, cell } = splitCell(cells, id, caret);
  if (workspace.edit(edit)) workspace.writeAt({ cell: cell.id, from: 0, to: 0 });
}

/** Puts a cell and the one below it together. */
export function mergeBelow(workspace: Workspace, id: string): void {
  void workspace.notices.attempt(async () => {
    workspace.edit(mergeCells(workspace.notebook?.cells ?? [], id));
    workspace.selected = id;
  });
}

/** Folds a cell's code or what it shows away, or back. */
export function toggleFold(workspace: Workspace, id: string, what: 'folded' | 'foldedOutput'): void {
  const cell = workspace.notebook?.cells.find((candidate) => candidate.id === id);
  if (cell) workspace.edit({ type: 'setFlags', id, [what]: !cell[what] });
}
