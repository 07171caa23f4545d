import type { Problem } from '../base/problem';
import type { Output, TableOutput } from '../output/output';

/** A cell's table as it is told outside the page: its first rows, each value as the grid shows it. */
export interface ResultTable {
  readonly type: 'rows';
  readonly columns: readonly { readonly name: string; readonly right: boolean }[];
  /** `null` for no value. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** How many rows there are in all. */
  readonly total: number;
}

export type ResultOutput = Exclude<Output, TableOutput> | ResultTable;

/** What a cell shows, for a file that is read without Levain. */
export interface CellResult {
  readonly outputs: readonly ResultOutput[];
  readonly problem?: Problem;
  /** Something it depends on was changed after it was worked out. */
  readonly outdated?: boolean;
  /** Prose: its text, with anything but a string where a value stands, and the values in their order. */
  readonly parts?: readonly (string | object)[];
  readonly values?: readonly string[];
}

/** The results of a notebook by the ids of its cells; a cell that has not run has none. */
export type Results = ReadonlyMap<string, CellResult>;
