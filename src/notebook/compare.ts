import { align } from './align';
import { attributesOf, printAttributes } from './attributes';
import type { Cell, Notebook } from './model';

export interface LineChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** What became of one cell between two versions of a notebook. */
export interface CellChange {
  readonly id: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** As it is in the later version; as it was, where it is gone. */
  readonly cell: Cell;
  /** What its fence says, where that changed: kind, name, flags. */
  readonly heading?: { readonly before: string; readonly after: string };
  /** Its lines with what was taken out and put in; empty where its text is the same. */
  readonly lines: readonly LineChange[];
}

export interface NotebookChange {
  readonly title?: { readonly before: string; readonly after: string };
  /** In the order of the later notebook; a removed cell stands where it stood. */
  readonly cells: readonly CellChange[];
}

/** What leads from one version of a notebook to another, cell by cell; cells are the same where their ids are. */
export function compareNotebooks(before: Notebook, after: Notebook): NotebookChange {
  const now = new Map(after.cells.map((cell) => [cell.id, cell]));
  const former = new Map(before.cells.map((cell) => [cell.id, cell]));
  const stayed = new Set(keptInOrder(before, after));
  const cells: CellChange[] = after.cells.flatMap((cell) => {
    const old = former.get(cell.id);
    if (!old) return { id: cell.id, kind: 'added', cell, lines: compareLines('', cell.source) };
    return changeOf(old, cell, !stayed.has(cell.id));
  });
  before.cells.forEach((cell, i) => {
    if (now.has(cell.id)) return;
    const earlier = new Set(before.cells.slice(0, i).map(({ id }) => id));
    const at = cells.findLastIndex(({ id }) => earlier.has(id)) + 1;
    cells.splice(at, 0, { id: cell.id, kind: 'removed', cell, lines: compareLines(cell.source, '') });
  });
  return before.title === after.title ? { cells } : { title: { before: before.title, after: after.title }, cells };
}

/** The lines of two texts, one after the other as they change; an empty text has none. */
export function compareLines(before: string, after: string): LineChange[] {
  const [old, now] = [before, after].map((text) => (text === '' ? [] : text.split('\n'))) as [string[], string[]];
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  for (const [same, there] of [...align(old, now), [old.length, now.length] as const]) {
    while (i < same) changes.push({ kind: 'removed', text: old[i++]! });
    while (j < there) changes.push({ kind: 'added', text: now[j++]! });
    if (i < old.length) changes.push({ kind: 'same', text: old[i] ?? '' });
    i++;
    j++;
  }
  return changes;
}

function changeOf(old: Cell, cell: Cell, moved: boolean): CellChange[] {
  const [before, after] = [headingOf(old), headingOf(cell)];
  const heading = before === after ? {} : { heading: { before, after } };
  if (old.source !== cell.source) {
    return [{ id: cell.id, kind: 'changed', cell, ...heading, lines: compareLines(old.source, cell.source) }];
  }
  if (before !== after) return [{ id: cell.id, kind: 'changed', cell, ...heading, lines: [] }];
  return moved ? [{ id: cell.id, kind: 'moved', cell, lines: [] }] : [];
}

/** Ids of the cells of both that stand in the same order; the others were moved. */
function keptInOrder(before: Notebook, after: Notebook): string[] {
  const ids = before.cells.map(({ id }) => id);
  return align(
    ids,
    after.cells.map(({ id }) => id),
  ).map(([i]) => ids[i]!);
}

function headingOf({ kind, name, view, folded, unknown }: Cell): string {
  const rest = {
    ...(name !== undefined && { name }),
    ...(view && { view }),
    ...(folded && { folded }),
    ...(unknown && { unknown }),
  };
  return [kind, printAttributes(attributesOf(rest))].join(' ').trim();
}
