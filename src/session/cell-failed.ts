import { LevainError, type Problem } from '../base/problem';
import type { CellOutput } from '../output/output';

/** A cell that ended in a problem after it had shown something. */
export class CellFailed extends LevainError {
  readonly output: CellOutput;

  constructor(problem: Problem, output: CellOutput) {
    super(problem);
    this.output = output;
  }
}
