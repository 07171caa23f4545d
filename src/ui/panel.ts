import type { Column } from '../table/decode';
import type { CellState } from './cell-state';

/** A table the notebook can read, in the panel. */
export interface PanelTable {
  readonly name: string;
  /** From a data file, or made by a cell. */
  readonly from: 'file' | 'cell';
  readonly columns: readonly Column[];
  readonly rows?: number;
  /** A word where something is amiss: `missing`, `reading 40 %`. */
  readonly note?: string;
  /** A lasting warning beside the rows: `4 set aside`. */
  readonly warning?: string;
}

export interface OutlineEntry {
  /** The cell the heading stands in. */
  readonly id: string;
  readonly level: number;
  readonly text: string;
}

/** A cell (or file) in the graph, with the nodes it reads. */
export interface GraphEntry {
  readonly id: string;
  readonly label: string;
  readonly reads: readonly string[];
  readonly state: CellState;
}

export type PanelTab = 'data' | 'outline' | 'graph';
