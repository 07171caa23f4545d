import { problemOf, type Problem } from '../base/problem';
import type { RelationInfo } from '../engine/engine';
import type { Definition } from '../language/definition';
import type { Cell } from '../notebook/model';
import type { DataEntry } from './data-files';
import { cellName } from './nodes';
import type { Ran } from './run-record';

/** What a cell's run was about; `files` are those it reads, itself or by way of other cells. */
export function ofCell(
  cell: Cell,
  definition: Definition,
  files: readonly DataEntry[],
): Pick<Ran, 'kind' | 'id' | 'name' | 'text' | 'files'> {
  const name = cellName(cell, definition);
  return { kind: cell.kind, id: cell.id, ...(name !== undefined && { name }), text: cell.source, files: given(files) };
}

/** What the reading of a file was about; nothing where the file was taken out meanwhile. */
export function ofFile([entry]: readonly DataEntry[]): Pick<Ran, 'kind' | 'id' | 'name' | 'files'> | undefined {
  return entry && { kind: 'file', id: entry.fileName, name: entry.table, files: given([entry]) };
}

/** Does the work and tells how it went, whether it ended well or not. */
export async function noted(
  work: () => Promise<void>,
  signal: AbortSignal,
  tell: (went: Pick<Ran, 'started' | 'milliseconds' | 'outcome' | 'message'>) => void,
): Promise<void> {
  const started = Date.now();
  const clock = performance.now();
  let problem: Problem | undefined;
  try {
    await work();
  } catch (error) {
    problem = problemOf(error);
    throw error;
  } finally {
    const milliseconds = performance.now() - clock;
    const stopped = signal.aborted || problem?.code === 'cancelled';
    const outcome = stopped ? 'stopped' : problem ? 'error' : 'ok';
    tell({ started, milliseconds, outcome, ...(outcome === 'error' && problem && { message: problem.message }) });
  }
}

export function rowsOf(relation: RelationInfo | undefined): { readonly rows?: number } {
  return relation?.rows === undefined ? {} : { rows: relation.rows };
}

function given(entries: readonly DataEntry[]): Ran['files'] {
  return entries.flatMap(({ fileName, table, file, ingested }) =>
    file ? { name: fileName, table, file, ...rowsOf(ingested?.relation) } : [],
  );
}
