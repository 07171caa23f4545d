import type { TableShape } from '../language/ts/service/model';
import { isNamed, type Cell, type Notebook } from '../notebook/model';
import type { DataEntry } from './data-files';
import type { RelationInfo } from './session';

/** What of an open notebook says which tables there are. */
export interface KnownTables {
  readonly notebook: Notebook;
  readonly entries: readonly DataEntry[];
  readonly relations: readonly RelationInfo[];
}

/**
 * The tables that cells of a notebook can read, with the columns of their last result; for a file that is not here, those
 * it had when it was last read.
 */
export function tableShapes({ notebook, entries, relations }: KnownTables): TableShape[] {
  const known = new Map(relations.map(({ name, columns }) => [name.toLowerCase(), columns]));
  const files = entries.map((entry) => ({ name: entry.table, columns: remembered(entry) }));
  const results = notebook.cells.filter(isTable).map(({ name }) => ({ name, columns: undefined }));
  const shapes = new Map<string, TableShape>();
  for (const { name, columns } of [...files, ...results]) {
    const key = name.toLowerCase();
    const now = known.get(key) ?? columns;
    if (name !== '' && !shapes.has(key)) shapes.set(key, { name, ...(now && { columns: now }) });
  }
  return [...shapes.values()];
}

const isTable = (cell: Cell): cell is Cell & { readonly name: string } => isNamed(cell.kind) && cell.name !== undefined;

function remembered({ plan, known }: DataEntry): TableShape['columns'] {
  if (plan) return plan.columns.map(({ name, type }) => ({ name, type }));
  return known?.columns && Object.entries(known.columns).map(([name, type]) => ({ name, type }));
}
