import type { Session } from '../session/session';
import { strings } from '../ui/strings';
import { mergeCells, splitCell } from '../notebook/cut';
import { newCellId } from '../notebook/edit';
import type { Cell, CellKind } from '../notebook/model';
import { freeName } from './free-name';
import { tellRenamed } from './tell-renamed';
import type { Workspace } from './workspace.svelte';

/** Kinds that have a name from the start, since only by it can they be read, and what they are called. */
const CALLED: Partial<Readonly<Record<CellKind, string>>> = { csv: 'table', metric: 'metric' };

/** Puts an empty cell above or below another one, or at the end, selects it, and gives its id. */
export function insertCell(
  workspace: Workspace,
  kind: CellKind,
  where: 'above' | 'below',
  of: string | null = workspace.selected,
): string {
  const cells = workspace.notebook?.cells ?? [];
  const at = cells.findIndex((cell) => cell.id === of);
  const index = at < 0 ? cells.length : where === 'above' ? at : at + 1;
  const called = CALLED[kind];
  const name = called === undefined ? {} : { name: freeName(workspace, called) };
  const cell: Cell = { id: newCellId(cells), kind, ...name, source: '' };
  if (workspace.edit({ type: 'insert', index, cell })) workspace.selected = cell.id;
  return cell.id;
}

/** Puts a copy of a cell below it, or at `index` of the cells, and selects it. */
export function duplicateCell(workspace: Workspace, id: string, index?: number): void {
  const cells = workspace.notebook?.cells ?? [];
  const at = cells.findIndex((cell) => cell.id === id);
  const cell = cells[at];
  if (!cell) return;
  const name = cell.name === undefined ? {} : { name: freeName(workspace, cell.name, 2) };
  const copy: Cell = { ...cell, id: newCellId(cells), ...name };
  if (workspace.edit({ type: 'insert', index: index ?? at + 1, cell: copy })) workspace.selected = copy.id;
}

/** Puts a cell at `index` of the others. */
export function moveCell(workspace: Workspace, id: string, index: number): void {
  const from = workspace.notebook?.cells.findIndex((cell) => cell.id === id);
  if (from === index || !workspace.edit({ type: 'move', id, index })) return;
  workspace.selected = id;
}

/** Puts a cell above or below the one beside it; stays at the ends. */
export function moveCellBy(workspace: Workspace, id: string, direction: 'up' | 'down'): void {
  const cells = workspace.notebook?.cells ?? [];
  const at = cells.findIndex((cell) => cell.id === id);
  const to = at + (direction === 'up' ? -1 : 1);
  if (at >= 0 && to >= 0 && to < cells.length) workspace.edit({ type: 'move', id, index: to });
}

/** Selects the cell above or below; stays at the ends. */
export function step(workspace: Workspace, direction: 'up' | 'down'): void {
  const cells = workspace.notebook?.cells ?? [];
  const at = cells.findIndex((cell) => cell.id === workspace.selected);
  const next = at < 0 ? cells[0] : cells[at + (direction === 'up' ? -1 : 1)];
  if (next) workspace.selected = next.id;
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
    const { session } = workspace;
    if (!session) return;
    const from = nameIn(session, id);
    if (!workspace.edit(mergeCells(session.notebook.cells, id))) return;
    workspace.selected = id;
    const merged = session.notebook;
    const isOver = (): boolean => session.notebook !== merged;
    tellReaders(workspace, session, [from, nameIn(session, id)], () => workspace.undo(), isOver);
  });
}

/** Folds a cell's code or what it shows away, or back. */
export function toggleFold(workspace: Workspace, id: string, what: 'folded' | 'foldedOutput'): void {
  const cell = workspace.notebook?.cells.find((candidate) => candidate.id === id);
  if (cell) workspace.edit({ type: 'setFlags', id, [what]: !cell[what] });
}

/** Makes another kind of a cell. */
export function setKind(workspace: Workspace, id: string, kind: CellKind): void {
  const unnamed = workspace.notebook?.cells.find((cell) => cell.id === id)?.name === undefined;
  const called = CALLED[kind];
  if (workspace.edit({ type: 'setKind', id, kind }) && called !== undefined && unnamed) {
    workspace.edit({ type: 'setName', id, name: freeName(workspace, called) });
  }
}

/** Takes a cell away, and offers to put it back. */
export function removeCell(workspace: Workspace, id: string): void {
  const { session } = workspace;
  const cells = session?.notebook.cells ?? [];
  const at = cells.findIndex((cell) => cell.id === id);
  if (!session || at < 0) return;
  const cell = cells[at]!;
  const before = cells[at - 1];
  if (!workspace.edit({ type: 'remove', id })) return;
  workspace.selected = (cells[at + 1] ?? before)?.id ?? null;
  const isBack = (): boolean => session.notebook.cells.some((other) => other.id === id);
  const putBack = (): void => {
    const now = session.notebook.cells;
    const after = before ? now.findIndex((other) => other.id === before.id) + 1 : 0;
    workspace.edit({ type: 'insert', index: after > 0 || !before ? after : Math.min(at, now.length), cell });
  };
  workspace.notices.done(session, strings.page.cellRemoved, putBack, { over: isBack });
}

/** Gives a cell another name, or none, and offers to write it in the cells that read the former one. */
export function renameCell(workspace: Workspace, id: string, name: string | undefined): void {
  const { session } = workspace;
  if (!session) return;
  const from = nameIn(session, id);
  if (!workspace.edit({ type: 'setName', id, name })) return;
  const to = nameIn(session, id);
  const undo = (): void => void workspace.edit({ type: 'setName', id, name: from });
  tellReaders(workspace, session, [from, to], undo, () => nameIn(session, id) !== to);
}

const nameIn = (session: Session, id: string): string | undefined =>
  session.notebook.cells.find((cell) => cell.id === id)?.name;

/** Says that a cell is called otherwise, where others read the name that it had. */
function tellReaders(
  { notices }: Workspace,
  session: Session,
  [from, to]: readonly [from: string | undefined, to: string | undefined],
  undo: () => void,
  over: () => boolean,
): void {
  if (from === undefined || to === undefined || from === to || session.readersOf(from).length === 0) return;
  tellRenamed(notices, session, [from, to], undo, over);
}
