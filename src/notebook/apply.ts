import { invariant } from '../base/invariant';
import { isNamed, type Cell, type CellKind, type DataFile, type Notebook } from './model';

type Flag = 'view' | 'folded' | 'foldedOutput';

/** A change to a notebook, as a plain value. Indices count cells; a cell's id never changes. */
export type Edit =
  | { readonly type: 'insert'; readonly index: number; readonly cell: Cell }
  | { readonly type: 'remove'; readonly id: string }
  /** Takes the cell out and puts it back at `index` of what is left. */
  | { readonly type: 'move'; readonly id: string; readonly index: number }
  | { readonly type: 'setSource'; readonly id: string; readonly source: string }
  | { readonly type: 'setName'; readonly id: string; readonly name: string | undefined }
  /** Drops what the new kind does not have: a name (`ts`, `md`, `check`), `view` (all but `sql`). */
  | { readonly type: 'setKind'; readonly id: string; readonly kind: CellKind }
  /** A flag that is absent stays as it is. */
  | ({ readonly type: 'setFlags'; readonly id: string } & { readonly [flag in Flag]?: boolean })
  /** Puts a whole cell in the place of the one with its id: the inverse of the edits above, exact to the byte. */
  | { readonly type: 'setCell'; readonly cell: Cell }
  | { readonly type: 'setTitle'; readonly title: string }
  | { readonly type: 'setFiles'; readonly files: readonly DataFile[] }
  | { readonly type: 'replaceAll'; readonly notebook: Notebook }
  /** Several edits, one after the other, as one step. */
  | { readonly type: 'group'; readonly edits: readonly Edit[] };

/** The notebook after an edit; what the edit does not touch is the same objects. An edit of no cell is a bug of ours. */
export function applyEdit(notebook: Notebook, edit: Edit): Notebook {
  switch (edit.type) {
    case 'insert':
      invariant(!notebook.cells.some(({ id }) => id === edit.cell.id), `no other cell is called ${edit.cell.id}`);
      return withCells(notebook, notebook.cells.toSpliced(edit.index, 0, edit.cell));
    case 'remove':
      return withCells(notebook, notebook.cells.toSpliced(indexOf(notebook, edit.id), 1));
    case 'move': {
      const from = indexOf(notebook, edit.id);
      return withCells(notebook, notebook.cells.toSpliced(from, 1).toSpliced(edit.index, 0, notebook.cells[from]!));
    }
    case 'setTitle':
      return { ...notebook, title: edit.title };
    case 'setFiles':
      return { ...notebook, files: edit.files };
    case 'replaceAll':
      return edit.notebook;
    case 'group':
      return edit.edits.reduce(applyEdit, notebook);
    case 'setCell':
      return withCells(notebook, notebook.cells.with(indexOf(notebook, edit.cell.id), edit.cell));
    default: {
      const index = indexOf(notebook, edit.id);
      return withCells(notebook, notebook.cells.with(index, changedCell(notebook.cells[index]!, edit)));
    }
  }
}

/** The edit that takes `applyEdit(notebook, edit)` back to `notebook`. */
export function invertEdit(notebook: Notebook, edit: Edit): Edit {
  switch (edit.type) {
    case 'insert':
      return { type: 'remove', id: edit.cell.id };
    case 'remove': {
      const index = indexOf(notebook, edit.id);
      return { type: 'insert', index, cell: notebook.cells[index]! };
    }
    case 'move':
      return { type: 'move', id: edit.id, index: indexOf(notebook, edit.id) };
    case 'setTitle':
      return { type: 'setTitle', title: notebook.title };
    case 'setFiles':
      return { type: 'setFiles', files: notebook.files };
    case 'replaceAll':
      return { type: 'replaceAll', notebook };
    case 'group': {
      const inverses: Edit[] = [];
      let present = notebook;
      for (const each of edit.edits) {
        inverses.unshift(invertEdit(present, each));
        present = applyEdit(present, each);
      }
      return { type: 'group', edits: inverses };
    }
    default: {
      const id = edit.type === 'setCell' ? edit.cell.id : edit.id;
      return { type: 'setCell', cell: notebook.cells[indexOf(notebook, id)]! };
    }
  }
}

type CellEdit = Extract<Edit, { type: 'setSource' | 'setName' | 'setKind' | 'setFlags' }>;

function changedCell(cell: Cell, edit: CellEdit): Cell {
  switch (edit.type) {
    case 'setSource':
      return { ...cell, source: edit.source.replace(/\r\n?/g, '\n') };
    case 'setName':
      return optional(cell, 'name', edit.name);
    case 'setKind': {
      const named = isNamed(edit.kind) ? cell.name : undefined;
      const view = edit.kind === 'sql' ? cell.view : undefined;
      return optional(optional({ ...cell, kind: edit.kind }, 'name', named), 'view', view);
    }
    case 'setFlags': {
      const flags: readonly Flag[] = ['view', 'folded', 'foldedOutput'];
      return flags.reduce((so, flag) => {
        const value = edit[flag];
        return value === undefined ? so : optional(so, flag, value || undefined);
      }, cell);
    }
  }
}

/** The cell with a field set, or without it. */
function optional<K extends 'name' | Flag>(cell: Cell, key: K, value: Cell[K]): Cell {
  const changed = { ...cell, [key]: value };
  if (value === undefined) delete changed[key];
  return changed;
}

const withCells = (notebook: Notebook, cells: readonly Cell[]): Notebook => ({ ...notebook, cells });

function indexOf(notebook: Notebook, id: string): number {
  const index = notebook.cells.findIndex((cell) => cell.id === id);
  invariant(index >= 0, `the notebook has a cell called ${id}`);
  return index;
}
