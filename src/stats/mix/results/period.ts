import { LevainError } from '../../../base/problem';

/** Rows [from, until) that a result is about, counted from 0. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

/** How results are reported. */
export interface ResultOptions {
  /** In (0, 1), 0.9 when not given. */
  readonly confidence?: number;
  /** The rows that totals are taken over; all when not given. */
  readonly period?: Period;
}

/** The period asked for, or all n rows. */
export function periodOf(n: number, { period = { from: 0, until: n } }: ResultOptions): Period {
  const { from, until } = period;
  if (Number.isInteger(from) && Number.isInteger(until) && from >= 0 && until > from && until <= n) return period;
  const message = `A period runs from a row to a later one among the ${n} rows; it was given rows ${from + 1} to ${until}.`;
  throw new LevainError({ code: 'bad-parameter', message });
}

/** Sums of draws × rows over a period, one a draw. */
export function totalsOf(effects: Float64Array, n: number, { from, until }: Period): Float64Array {
  return Float64Array.from({ length: effects.length / n }, (_, d) => {
    let sum = 0;
    for (let t = from; t < until; t++) sum += effects[d * n + t]!;
    return sum;
  });
}
