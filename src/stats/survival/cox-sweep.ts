import type { CoxData } from './cox-data';

/** How events at the same time share the risk set: Efron's way, or Breslow's, which is coarser. */
export type Ties = 'efron' | 'breslow';

/** What the risk set is like for one event: the sum of its weights, the mean of its covariates, and their covariance. */
export interface AtEvent {
  readonly time: number;
  /** Rows of the events at this time, from `first` to before `last`; called once for each of them. */
  readonly first: number;
  readonly last: number;
  /** Σ e^η over the risk set, of tied events the part that Efron's way leaves; over e^`shift`. */
  readonly weight: number;
  readonly mean: Float64Array;
  /** p × p, column after column; only where asked for. */
  readonly covariance: Float64Array;
}

/**
 * Goes through the events from the longest time to the shortest and tells `visit` of each what was at risk. With d events
 * at one time, Efron's way takes k/d of them out of the risk set for the k-th (k = 0 … d − 1).
 *
 * Source: Efron (1977), JASA 72; Therneau and Grambsch (2000), "Modeling Survival Data", section 3.3.
 *
 * @param eta linear predictors, in the rows' order
 * @returns the shift: the largest η, taken out of the weights
 */
export function sweepEvents(
  { rows, time, event, n, p }: CoxData,
  eta: Float64Array,
  ties: Ties,
  visit: (at: AtEvent) => void,
): number {
  const shift = eta.reduce((most, value) => Math.max(most, value), -Infinity);
  const risk = new Sums(p);
  const tied = new Sums(p);
  const at = {
    time: 0,
    first: 0,
    last: 0,
    weight: 0,
    mean: new Float64Array(p),
    covariance: new Float64Array(p * p),
  };
  for (let first = 0, last = 0; first < n; first = last) {
    tied.clear();
    let deaths = 0;
    for (last = first; last < n && time[last] === time[first]; last++) {
      const weight = Math.exp(eta[last]! - shift);
      risk.add(weight, rows, last * p);
      if (event[last] === 0) continue;
      deaths++;
      tied.add(weight, rows, last * p);
    }
    Object.assign(at, { time: time[first], first, last });
    for (let k = 0; k < deaths; k++) {
      const out = ties === 'efron' ? k / deaths : 0;
      at.weight = risk.weight - out * tied.weight;
      for (let j = 0; j < p; j++) at.mean[j] = (risk.first[j]! - out * tied.first[j]!) / at.weight;
      for (let j = 0; j < p; j++) {
        for (let i = 0; i <= j; i++) {
          const square = (risk.second[j * p + i]! - out * tied.second[j * p + i]!) / at.weight;
          at.covariance[j * p + i] = at.covariance[i * p + j] = square - at.mean[i]! * at.mean[j]!;
        }
      }
      visit(at);
    }
  }
  return shift;
}

/** Σ w, Σ w x, Σ w x xᵀ (its upper triangle). */
class Sums {
  weight = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly p: number;

  constructor(p: number) {
    this.p = p;
    this.first = new Float64Array(p);
    this.second = new Float64Array(p * p);
  }

  add(weight: number, rows: Float64Array, from: number): void {
    this.weight += weight;
    for (let j = 0; j < this.p; j++) {
      const weighted = weight * rows[from + j]!;
      this.first[j]! += weighted;
      for (let i = 0; i <= j; i++) this.second[j * this.p + i]! += weighted * rows[from + i]!;
    }
  }

  clear(): void {
    this.weight = 0;
    this.first.fill(0);
    this.second.fill(0);
  }
}

/** η = Σ β x of each row. */
export function linearPredictors({ rows, n, p }: CoxData, beta: Float64Array): Float64Array {
  const eta = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) eta[i]! += beta[j]! * rows[i * p + j]!;
  return eta;
}
