import type { Warning } from './design';

/** Above this condition number of columns at equal length, their coefficients are mostly about each other. */
const NEAR_COLLINEAR = 1e5;

interface Seen {
  readonly dropped: readonly string[];
  readonly isPerfect: boolean;
  readonly isConstant: boolean;
  readonly leverage: Float64Array;
  /** Of the columns at equal length. */
  readonly condition: number;
}

/** What a reader of a least squares fit should know. */
export function warningsOf({ dropped, isPerfect, isConstant, leverage, condition }: Seen): Warning[] {
  const warnings: Warning[] = dropped.map((name) => ({
    code: 'dependent-column',
    message: `Column "${name}" was left out: it is constant, or a sum of multiples of the columns before it.`,
  }));
  if (isConstant) {
    const message = 'The outcome is the same in every row: there is nothing to explain.';
    warnings.push({ code: 'constant-outcome', message });
  } else if (isPerfect) {
    const message = 'The columns explain the outcome exactly: standard errors and tests mean nothing here.';
    warnings.push({ code: 'perfect-fit', message });
  }
  leverage.forEach((share, i) => {
    if (1 - share > 1e-12) return;
    const message = `Row ${i + 1} alone decides a coefficient: it is fitted exactly, and says nothing about the errors.`;
    warnings.push({ code: 'decisive-row', message });
  });
  if (condition > NEAR_COLLINEAR) {
    const message = `Some columns are nearly sums of others (condition number ${condition.toExponential(1)}): their coefficients cannot be told apart well.`;
    warnings.push({ code: 'near-collinear', message });
  }
  return warnings;
}
