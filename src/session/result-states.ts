import type { Engine, RelationInfo } from '../engine/engine';
import { decodeTable } from '../table/decode';
import { figuresOf, sentencesOf, type ResultState } from './changes';
import type { CellView } from './cell-view';
import { cellName } from './nodes';

/** What a table of a file and the results that hang on it say now, by node. */
export async function resultStates(
  engine: Engine,
  file: { readonly node: string; readonly relation: RelationInfo | undefined },
  results: readonly {
    readonly position: number;
    readonly view: CellView;
    readonly relation: RelationInfo | undefined;
  }[],
): Promise<ReadonlyMap<string, ResultState>> {
  const states = new Map<string, ResultState>();
  if (file.relation) states.set(file.node, { name: file.relation.name, rows: file.relation.rows ?? 0, values: {} });
  for (const { position, view, relation } of results) {
    const { cell, definition, values = [], output } = view;
    const name = cellName(cell, definition) ?? (cell.kind === 'md' ? 'Text' : `Cell ${position}`);
    states.set(cell.id, {
      name,
      ...(relation?.rows !== undefined && { rows: relation.rows }),
      values: {
        ...Object.fromEntries(values.map((text, i) => [i === 0 ? '' : String(i + 1), text])),
        ...(cell.kind === 'ts' && sentencesOf(output?.outputs ?? [])),
        ...(relation?.rows === 1 &&
          figuresOf(decodeTable(await engine.page(relation.name, { offset: 0, limit: 1 })).at(0) ?? {})),
      },
    });
  }
  return states;
}
