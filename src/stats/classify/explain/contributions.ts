/** What each column adds to the score of each row: base + Σ of a row's values is its log odds. */
export interface Contributions {
  readonly names: readonly string[];
  /** The score of an average row. */
  readonly base: number;
  readonly rows: number;
  /** Row after row: that of column j in row i is `values[i · names.length + j]`. */
  readonly values: Float64Array;
}

/** What the columns add to the score of one row. */
export function contributionsOf({ names, values }: Contributions, row: number): Float64Array {
  return values.subarray(row * names.length, (row + 1) * names.length);
}

/** A column's mean absolute contribution. */
export interface MeanContribution {
  readonly name: string;
  readonly value: number;
}

/**
 * How much each column moves scores: the mean of its absolute contributions, in log odds, from the largest down.
 *
 * @example meanContributions({ names: ['a', 'b'], base: 0, rows: 1, values: [1, -3] })[0].name // => 'b'
 */
export function meanContributions({ names, rows, values }: Contributions): MeanContribution[] {
  return names
    .map((name, j) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += Math.abs(values[i * names.length + j]!);
      return { name, value: rows > 0 ? sum / rows : 0 };
    })
    .sort((a, b) => b.value - a.value);
}
