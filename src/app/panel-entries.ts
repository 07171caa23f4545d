import type { CellView, RelationInfo } from '../session/session';
import type { DataEntry } from '../session/data-files';
import type { GraphEntry, OutlineEntry, PanelTable } from '../ui/panel';
import { strings } from '../ui/strings';
import type { CellState } from '../ui/cell-state';

/** The tables of the side panel: data files first, then what cells made. */
export function tablesOf(
  data: readonly DataEntry[],
  cells: readonly CellView[],
  relations: readonly RelationInfo[],
): PanelTable[] {
  const files = data.map((entry): PanelTable => {
    const relation = entry.ingested?.relation;
    return {
      name: entry.table || entry.fileName,
      from: 'file',
      columns: relation?.columns ?? Object.entries(entry.known?.columns ?? {}).map(([name, type]) => ({ name, type })),
      ...(relation?.rows !== undefined && { rows: relation.rows }),
      ...(noteOf(entry) && { note: noteOf(entry) }),
      ...(entry.ingested?.rejected && { warning: strings.import.aside(entry.ingested.rejected) }),
    };
  });
  const names = new Set(cells.flatMap((view) => view.cell.name ?? []));
  const made = relations.filter((relation) => names.has(relation.name));
  return [
    ...files,
    ...made.map((relation): PanelTable => ({
      name: relation.name,
      from: 'cell',
      columns: relation.columns,
      ...(relation.rows !== undefined && { rows: relation.rows }),
    })),
  ];
}

/** How far a file is on its way to a table; nothing once it is one. */
export function noteOf({ status, progress }: DataEntry): string | undefined {
  const words = strings.page.data.states;
  switch (status) {
    case 'missing':
      return words.missing;
    case 'looking':
      return words.looking;
    case 'waiting':
      return words.waiting;
    case 'failed':
      return words.failed;
    case 'reading':
      return progress && progress.total > 0
        ? strings.page.data.part(Math.round((100 * progress.bytes) / progress.total))
        : words.reading;
    case 'ready':
      return undefined;
  }
}

/** The headings of the text cells. */
export function outlineOf(cells: readonly CellView[]): OutlineEntry[] {
  return cells
    .filter((view) => view.cell.kind === 'md')
    .flatMap(({ cell }) =>
      [...cell.source.matchAll(/^(#{1,4})\s+(.+)$/gm)].map((match) => ({
        id: cell.id,
        level: match[1]!.length,
        text: match[2]!.trim(),
      })),
    );
}

/** What runs, and what it reads. */
export function graphOf(
  data: readonly DataEntry[],
  cells: readonly CellView[],
  definer: (name: string) => string | undefined,
  nameOf: (id: string) => string,
  stateOf: (view: CellView) => CellState,
): GraphEntry[] {
  const files = data.map((entry): GraphEntry => ({
    id: entry.node,
    label: entry.table || entry.fileName,
    reads: [],
    state:
      entry.status === 'ready' ? { status: 'ok', milliseconds: entry.ingested?.milliseconds ?? 0 } : { status: 'idle' },
  }));
  const running = cells.filter((view) => view.state);
  return [
    ...files,
    ...running.map((view): GraphEntry => ({
      id: view.cell.id,
      label: nameOf(view.cell.id),
      reads: [...new Set(view.definition.inputs.flatMap((name) => definer(name) ?? []))],
      state: stateOf(view),
    })),
  ];
}
