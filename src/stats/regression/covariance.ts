import { LevainError } from '../../base/problem';
import { axpy, gemm, syrk } from '../linear/blas';
import { pickRows, zeros, type Matrix } from '../linear/matrix';

/** How the covariance of coefficients is estimated. */
export type CovarianceKind =
  | 'classical'
  | 'HC0'
  | 'HC1'
  | 'HC2'
  | 'HC3'
  | {
      /** Newey and West's lags: how far apart two errors may still be correlated. */
      readonly lags: number;
      /** Whether to multiply by n / (n − p); false when not given. */
      readonly correction?: boolean;
    };

const KINDS: readonly CovarianceKind[] = ['classical', 'HC0', 'HC1', 'HC2', 'HC3'];

/** What the estimate is made of, with weighted rows already multiplied by √w. */
export interface CovarianceInput {
  readonly x: Matrix;
  readonly residuals: Float64Array;
  readonly leverage: Float64Array;
  /** (XᵀX)⁻¹ */
  readonly inverse: Matrix;
}

/**
 * The covariance of least squares coefficients: s²(XᵀX)⁻¹ for errors of one variance, or the sandwich
 * (XᵀX)⁻¹ S (XᵀX)⁻¹ with S = Σ wᵢeᵢ² xᵢxᵢᵀ where wᵢ is 1 (HC0), n/(n−p) (HC1), 1/(1−hᵢ) (HC2), 1/(1−hᵢ)² (HC3), or
 * with Bartlett-weighted products of neighbouring rows (Newey-West).
 *
 * Source: White (1980); MacKinnon and White (1985); Newey and West (1987).
 */
export function covarianceOf(input: CovarianceInput, kind: CovarianceKind): Matrix {
  const { x, residuals, leverage, inverse } = input;
  const [n, p] = [x.rows, x.columns];
  if (typeof kind === 'string' && !KINDS.includes(kind)) {
    const message = `“${kind as string}” is no covariance of coefficients.`;
    throw new LevainError({ code: 'bad-parameter', message, hint: `It is one of ${KINDS.join(', ')}, or { lags }.` });
  }
  if (kind === 'classical') {
    const variance = residuals.reduce((sum, e) => sum + e * e, 0) / (n - p);
    return { ...inverse, values: inverse.values.map((value) => value * variance) };
  }
  const meat =
    typeof kind === 'string' ? syrk(x, hcWeights(kind, residuals, leverage, n, p)) : bartlett(x, residuals, kind, n, p);
  return gemm(gemm(inverse, meat), inverse);
}

function hcWeights(kind: string, e: Float64Array, h: Float64Array, n: number, p: number): Float64Array {
  return e.map((value, i) => {
    const square = value * value;
    // A row that decides a coefficient alone (h = 1) is fitted exactly: it says nothing about the variance.
    const free = 1 - h[i]! > 1e-12 ? 1 - h[i]! : Infinity;
    if (kind === 'HC0') return square;
    if (kind === 'HC1') return (square * n) / (n - p);
    return kind === 'HC2' ? square / free : square / (free * free);
  });
}

function bartlett(
  x: Matrix,
  e: Float64Array,
  { lags, correction = false }: { lags: number; correction?: boolean },
  n: number,
  p: number,
): Matrix {
  if (!Number.isInteger(lags) || lags < 0 || lags >= n) {
    const message = `The lags of Newey-West errors must be a whole number from 0 to ${n - 1}; they are ${lags}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const scores: Matrix = { ...x, values: x.values.map((value, at) => value * e[at % n]!) };
  const meat = syrk(scores);
  for (let lag = 1; lag <= lags; lag++) {
    const rows = (from: number): number[] => Array.from({ length: n - lag }, (_, i) => i + from);
    const cross = crossProduct(pickRows(scores, rows(lag)), pickRows(scores, rows(0)));
    const weight = 1 - lag / (lags + 1);
    axpy(weight, cross.values, meat.values);
    for (let j = 0; j < p; j++)
      for (let i = 0; i < p; i++) meat.values[j * p + i]! += weight * cross.values[i * p + j]!;
  }
  const factor = correction ? n / (n - p) : 1;
  return { ...meat, values: meat.values.map((value) => value * factor) };
}

/** AᵀB. */
function crossProduct(a: Matrix, b: Matrix): Matrix {
  const product = zeros(a.columns, b.columns);
  for (let j = 0; j < b.columns; j++) {
    for (let i = 0; i < a.columns; i++) {
      let sum = 0;
      for (let k = 0; k < a.rows; k++) sum += a.values[i * a.rows + k]! * b.values[j * b.rows + k]!;
      product.values[j * a.columns + i] = sum;
    }
  }
  return product;
}
