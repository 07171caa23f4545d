import { LevainError } from '../base/problem';
import type { Edit } from './apply';
import { newCellId } from './ids';
import type { Cell } from './model';

/** The edit that cuts a cell in two at a place in its source, and the new cell. What stands first keeps id and name. */
export function splitCell(
  cells: readonly Cell[],
  id: string,
  at: number,
): { readonly edit: Edit; readonly cell: Cell } {
  const index = cells.findIndex((cell) => cell.id === id);
  const { name: _, ...rest } = cells[index]!;
  const source = rest.source.slice(at).replace(/^[^\S\n]*\n+/, '');
  const cell: Cell = { ...rest, id: newCellId(cells), source };
  const head = rest.source.slice(0, at).trimEnd();
  const edits: Edit[] = [
    { type: 'setSource', id, source: head },
    { type: 'insert', index: index + 1, cell },
  ];
  return { edit: { type: 'group', edits }, cell };
}

/**
 * The edit that puts a cell and the one below it together. Where both have a name it is the lower one's that stays: the last
 * statement is what an SQL cell defines. Throws `other-kind` where they are of two kinds, `no-neighbour` at the end.
 */
export function mergeCells(cells: readonly Cell[], id: string): Edit {
  const index = cells.findIndex((cell) => cell.id === id);
  const [upper, lower] = [cells[index]!, cells[index + 1]];
  if (!lower)
    throw new LevainError({ code: 'no-neighbour', message: 'There is no cell below this one to merge with.' });
  if (lower.kind !== upper.kind) {
    throw new LevainError({
      code: 'other-kind',
      message: 'The cell below is of another kind.',
      hint: 'Make both the same kind first, or move another cell here.',
    });
  }
  const { name: upperName, ...rest } = upper;
  const name = lower.name ?? upperName;
  const cell: Cell = { ...rest, ...(name !== undefined && { name }), source: joined(upper, lower) };
  const edits: Edit[] = [
    { type: 'remove', id: lower.id },
    { type: 'setCell', cell },
  ];
  return { type: 'group', edits };
}

function joined({ kind, source: upper }: Cell, { source: lower }: Cell): string {
  if (upper.trim() === '' || lower.trim() === '') return upper.trim() === '' ? lower : upper;
  if (kind === 'csv') return `${upper.trimEnd()}\n${lower}`;
  const end = kind !== 'sql' || /;\s*$/.test(upper) ? '' : /--[^\n]*$/.test(upper) ? '\n;' : ';';
  return `${upper.trimEnd()}${end}\n\n${lower}`;
}
