import type { Definition } from '../language/definition';
import type { Cell } from '../notebook/model';
import type { CellOutput } from '../output/output';
import type { NodeState } from '../runtime/runtime';

/** A cell as the page shows it. */
export interface CellView {
  readonly cell: Cell;
  /** Absent for text without values: there is nothing to run. */
  readonly state?: NodeState;
  readonly output?: CellOutput;
  /** How far the database has come with what the cell asks of it, 0 to 1, while it runs and where that is known. */
  readonly share?: number | undefined;
  /** Markdown: the text of each `{{ }}`; absent until it has run. */
  readonly values?: readonly string[];
  readonly definition: Definition;
  /** The output (not its problem) is of an earlier run than the last: that one failed. */
  readonly earlier: boolean;
}
