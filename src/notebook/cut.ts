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
  if (kind === 'sql' && continues(lower, upper)) return `${upper.trimEnd()}\n${lower}`;
  const end = kind !== 'sql' || /;\s*$/.test(upper) ? '' : /--[^\n]*$/.test(upper) ? '\n;' : ';';
  return `${upper.trimEnd()}${end}\n\n${lower}`;
}

/** Words that begin a statement; a source that begins with none of them goes on with the one above. */
const BEGINS =
  /^\s*(?:--[^\n]*\n\s*|\/\*[^]*?\*\/\s*)*(?:\(|(?:select|with|from|values|table|pivot|unpivot|create|insert|update|delete|drop|alter|describe|desc|show|summarize|explain|call|set|reset|pragma|copy|export|import|attach|detach|use|truncate|merge|begin|commit|rollback|checkpoint|vacuum|analyze|comment|install|load|prepare|execute|deallocate)\b)/i;

/**
 * Whether SQL is the rest of the statement above it, as where a cell was split before WHERE. FROM may begin a statement of its
 * own, but not below a SELECT that has none yet.
 */
function continues(lower: string, upper: string): boolean {
  if (/;\s*$/.test(upper)) return false;
  if (!BEGINS.test(lower)) return true;
  const last = upper.slice(upper.lastIndexOf(';') + 1);
  return /^\s*from\b/i.test(lower) && /^\s*select\b/i.test(last) && !/\bfrom\b/i.test(last);
}
