/** The share of rows that each fold is tested on. */
const TESTED = 0.15;

/**
 * Fixed folds in time: the first rows train only, then each fold is foretold from all rows before it. No fold is foretold
 * from its own future, and every candidate is judged on the same rows.
 *
 * @returns the first row of each stretch and the number of rows: training rows, then one stretch a fold
 * @example foldEdges(100, 3) // => [0, 55, 70, 85, 100]
 */
export function foldEdges(rows: number, folds: number): number[] {
  const width = Math.max(1, Math.floor(rows * TESTED));
  return [0, ...Array.from({ length: folds + 1 }, (_, k) => rows - width * (folds - k))];
}
