import { symmetricEigen } from '../../linear/eigen';
import { zeros } from '../../linear/matrix';

/** Below this share of the largest, an eigenvalue of a correlation matrix is 0 but for rounding. */
const NOTHING = 1e-12;

/**
 * Variance inflation factors: how many times the variance of each column's coefficient is larger than if it were
 * uncorrelated with the others, VIF_j = 1/(1 − R²_j) = (R⁻¹)_jj with R the correlation matrix. Above 5 to 10 a column is
 * mostly told by the others; ∞ where it is a combination of them.
 *
 * Source: Belsley, Kuh and Welsch (1980), "Regression Diagnostics", ch. 3.
 *
 * @param columns of n values each, taken about their mean; a constant column has no factor
 * @returns one number a column, undefined for a constant one
 * @example varianceInflation([Float64Array.of(1, 2, 3, 4), Float64Array.of(1, -1, -1, 1)]) // => [1, 1]
 */
export function varianceInflation(columns: readonly Float64Array[]): (number | undefined)[] {
  const units = columns.map(standardised);
  const varying = units.flatMap((unit, j) => (unit ? [j] : []));
  const p = varying.length;
  if (p === 0) return columns.map(() => undefined);
  const correlations = zeros(p, p);
  varying.forEach((j, a) => {
    varying.forEach((k, b) => {
      correlations.values[b * p + a] = units[j]!.reduce((sum, value, t) => sum + value * units[k]![t]!, 0);
    });
  });
  const { values, vectors } = symmetricEigen(correlations);
  const factors: (number | undefined)[] = columns.map(() => undefined);
  varying.forEach((j, a) => {
    let factor = 0;
    for (let k = 0; k < p; k++) {
      const share = vectors.values[k * p + a]! ** 2;
      if (values[k]! > NOTHING * p) factor += share / values[k]!;
      else if (share > NOTHING) factor = Infinity;
    }
    factors[j] = factor;
  });
  return factors;
}

/** A column about its mean, of length 1. */
function standardised(column: Float64Array): Float64Array | undefined {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  const length = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return length > 1e-12 * Math.abs(mean) ? column.map((value) => (value - mean) / length) : undefined;
}
