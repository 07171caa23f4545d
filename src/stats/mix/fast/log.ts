import type { MixModel } from '../model';
import type { Evaluator } from './evaluator';

/** Every candidate of a search with its errors, in memory taken once. */
export interface CandidateLog {
  readonly size: number;
  add(point: Float64Array, error: number, evaluator: Evaluator): void;
  error(i: number): number;
  /** Distance of the channels' effect shares from their spend shares, √Σ(difference²). */
  rssd(i: number): number;
  point(i: number): Float64Array;
  /** The candidates with the smallest errors, the best first. */
  best(count: number): number[];
}

export function createLog(model: MixModel, parameters: number, most: number): CandidateLog {
  const points = new Float64Array(parameters * most);
  const errors = new Float64Array(most);
  const distances = new Float64Array(most);
  const spends = Float64Array.from(model.channels, ({ spend }) => spend.reduce((total, value) => total + value, 0));
  const spent = spends.reduce((total, value) => total + value, 0);
  const effects = new Float64Array(spends.length);
  let size = 0;

  function distance({ columns, coefficients }: Evaluator): number {
    const first = columns.length - spends.length;
    let paid = 0;
    for (let c = 0; c < spends.length; c++) {
      effects[c] = coefficients[first + c]! === 0 ? 0 : coefficients[first + c]! * total(columns[first + c]!);
      if (spends[c]! > 0) paid += effects[c]!;
    }
    if (!(paid > 0)) return 0;
    let squares = 0;
    for (let c = 0; c < spends.length; c++) {
      if (spends[c]! > 0) squares += (effects[c]! / paid - spends[c]! / spent) ** 2;
    }
    return Math.sqrt(squares);
  }

  return {
    get size() {
      return size;
    },
    add(point, error, evaluator) {
      points.set(point, size * parameters);
      errors[size] = error;
      distances[size] = distance(evaluator);
      size++;
    },
    error: (i) => errors[i]!,
    rssd: (i) => distances[i]!,
    point: (i) => points.slice(i * parameters, (i + 1) * parameters),
    best: (count) =>
      Array.from({ length: size }, (_, i) => i)
        .sort((a, b) => errors[a]! - errors[b]!)
        .slice(0, count),
  };
}

function total(values: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += values[t]!;
  return sum;
}
