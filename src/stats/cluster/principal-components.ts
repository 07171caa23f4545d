import { LevainError } from '../../base/problem';
import { column, transpose, zeros, type Matrix } from '../linear/matrix';
import { thinSvd } from '../linear/svd';
import { mean } from '../summary/moments';

export interface PrincipalComponents {
  /** n × m: each row's place along each component. */
  readonly scores: Matrix;
  /** p × m: the unit direction of each component, its largest part positive. */
  readonly components: Matrix;
  /** Variance along each (divisor n − 1), from the largest down. */
  readonly variance: Float64Array;
  /** Of the whole; they add up to 1. */
  readonly share: Float64Array;
  readonly center: Float64Array;
}

/**
 * Principal components: the few directions in which rows differ most, X − 1x̄ᵀ = UDVᵀ, scores UD, variances D²/(n − 1). Scale
 * the columns first, or those in small units drown the rest.
 *
 * Source: Jolliffe (2002), "Principal Component Analysis", 2nd ed., section 3.5.
 *
 * @param data n × p, n ≥ 2; m = min(n, p)
 * @throws LevainError `too-few-rows`, `not-finite`, `no-features` when no column varies
 * @example Array.from(principalComponents({ rows: 2, columns: 2, values: new Float64Array([0, 2, 0, 0]) }).share) // => [1, 0]
 */
export function principalComponents(data: Matrix): PrincipalComponents {
  const { rows: n, columns: p } = data;
  if (n < 2) {
    throw new LevainError({ code: 'too-few-rows', message: `Principal components need two rows; there are ${n}.` });
  }
  const center = Float64Array.from({ length: p }, (_, j) => mean(column(data, j)));
  const centred = zeros(n, p);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < n; i++) centred.values[j * n + i] = data.values[j * n + i]! - center[j]!;
  }
  const { u, values, v } = thinSvd(centred);
  const variance = values.map((value) => (value * value) / (n - 1));
  const total = variance.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) {
    throw new LevainError({ code: 'no-features', message: 'No column varies, so there are no principal components.' });
  }
  for (let m = 0; m < values.length; m++) {
    const sign = signOf(column(v, m));
    column(v, m).forEach((value, j) => (v.values[m * p + j] = sign * value));
    column(u, m).forEach((value, i) => (u.values[m * n + i] = sign * value * values[m]!));
  }
  return { scores: u, components: v, variance, share: variance.map((value) => value / total), center };
}

/** The data that scores on the first components stand for: S Vᵀ + x̄. */
export function fromComponents({ components, center }: PrincipalComponents, scores: Matrix): Matrix {
  const back = transpose(components);
  const data = zeros(scores.rows, back.columns);
  for (let j = 0; j < data.columns; j++) {
    const target = column(data, j).fill(center[j]!);
    for (let m = 0; m < scores.columns; m++) {
      const weight = back.values[j * back.rows + m]!;
      for (let i = 0; i < scores.rows; i++) target[i]! += weight * scores.values[m * scores.rows + i]!;
    }
  }
  return data;
}

function signOf(values: Float64Array): number {
  const largest = values.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-12 ? value : most), 0);
  return largest < 0 ? -1 : 1;
}
