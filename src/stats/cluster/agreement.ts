import { checkLabels } from './check';

/** How far two ways of grouping the same rows agree. */
export interface Agreement {
  /** Rows with label a in the one and b in the other: `table[a][b]`. */
  readonly table: readonly (readonly number[])[];
  /** Pairs of rows kept together or apart by both, corrected for chance: 1 the same, 0 as by chance. */
  readonly adjustedRand: number;
  /** Mutual information over the mean of both entropies, 0 to 1. */
  readonly mutualInformation: number;
}

/**
 * Compares two groupings, whatever their clusters are called.
 *
 *     ARI = (Σ C(nᵢⱼ, 2) − E) / ( (A + B)/2 − E ),   A = Σ C(aᵢ, 2), B = Σ C(bⱼ, 2), E = A·B / C(n, 2)
 *
 * Source: Hubert and Arabie (1985), "Comparing partitions", J. Classification 2; Strehl and Ghosh (2002), JMLR 3, with the
 * arithmetic mean.
 *
 * @param a one label a row, from 0
 * @param b as many
 * @throws LevainError `unequal-lengths`, `bad-parameter`
 * @example agreement([0, 0, 1, 1], [1, 1, 0, 0]).adjustedRand // => 1
 */
export function agreement(a: ArrayLike<number>, b: ArrayLike<number>): Agreement {
  const n = a.length;
  const height = checkLabels(a, n);
  const width = checkLabels(b, n);
  const table = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  for (let i = 0; i < n; i++) table[a[i]!]![b[i]!]!++;
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = Array.from({ length: width }, (_, j) => table.reduce((sum, row) => sum + row[j]!, 0));
  const pairs = (counts: readonly number[]): number => counts.reduce((sum, c) => sum + (c * (c - 1)) / 2, 0);
  const [inRows, inColumns] = [pairs(rows), pairs(columns)];
  const expected = n > 1 ? (inRows * inColumns) / ((n * (n - 1)) / 2) : 0;
  const most = (inRows + inColumns) / 2;
  const entropy = (counts: readonly number[]): number =>
    -counts.reduce((sum, c) => sum + (c > 0 ? (c / n) * Math.log(c / n) : 0), 0);
  const [ofRows, ofColumns] = [entropy(rows), entropy(columns)];
  const shared = ofRows + ofColumns - entropy(table.flat());
  return {
    table,
    adjustedRand: most === expected ? 1 : (pairs(table.flat()) - expected) / (most - expected),
    mutualInformation: ofRows + ofColumns === 0 ? 1 : shared / ((ofRows + ofColumns) / 2),
  };
}
