/** Where a function of one variable is least, or 0. */
export interface LineResult {
  readonly x: number;
  readonly value: number;
  readonly evaluations: number;
}
