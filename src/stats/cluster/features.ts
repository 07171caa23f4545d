import { LevainError, type Problem } from '../../base/problem';
import { fromColumns, type Matrix } from '../linear/matrix';
import { mean } from '../summary/moments';
import { quantileOfSorted } from '../summary/quantile';

/** A column to cluster by, one value a customer. */
export interface FeatureInput {
  readonly name: string;
  readonly values: ArrayLike<number | null | undefined>;
  /** Take log(1 + x): for counts and money, where a few are a hundred times the usual. */
  readonly log?: boolean;
}

export interface FeatureOptions {
  /**
   * `deviation` (when not given): less the mean, over the standard deviation (divisor n), so that each column weighs the
   * same; `robust`: less the median, over the interquartile range; `none`: as it is.
   */
  readonly scale?: 'deviation' | 'robust' | 'none';
  /** The share of values at each end that is pulled in to the next: 0.005 when not given; 0 keeps all. */
  readonly clip?: number;
}

/** What was done to a column: scaled = (log₁₊(clipped) − center) / scale. */
export interface FeatureColumn {
  readonly name: string;
  readonly log: boolean;
  /** Values outside were set to these bounds, in the column's own unit. */
  readonly lowest: number;
  readonly highest: number;
  /** How many values were. */
  readonly clipped: number;
  readonly center: number;
  readonly scale: number;
  /** As they came. */
  readonly original: Float64Array;
}

/** Columns made comparable, with what was done to each. */
export interface Features {
  /** Rows × columns, scaled. */
  readonly matrix: Matrix;
  readonly columns: readonly FeatureColumn[];
  /** Columns left out and why; show them beside the clusters. */
  readonly warnings: readonly Problem[];
}

/**
 * Makes columns comparable before they are clustered: distances add up what the columns say, and a column in cents would
 * otherwise outweigh one in euros a hundredfold. Each is clipped at its ends, logged where asked, and scaled.
 *
 * @param inputs columns of equal length, at least two rows
 * @returns a constant column is left out with the warning `constant-feature`
 * @throws LevainError `too-few-rows`, `no-features`, `missing-column`, `missing-value` with column and row,
 * `unequal-lengths`, `duplicate-name`, `negative-value` for a logged column, `bad-parameter`
 * @example features([{ name: 'orders', values: [1, 3] }]).columns[0].center // => 2
 */
export function features(inputs: readonly FeatureInput[], options: FeatureOptions = {}): Features {
  const { scale = 'deviation', clip = 0.005 } = options;
  if (!(clip >= 0 && clip < 0.5)) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `The share to clip must be from 0 to 0.5; it is ${clip}.`,
    });
  }
  const rows = inputs[0]?.values.length ?? 0;
  checkNames(inputs.map(({ name }) => name));
  if (rows < 2) {
    const message = `Clusters need at least two rows; there ${rows === 1 ? 'is 1' : 'are 0'}.`;
    throw new LevainError({ code: 'too-few-rows', message, hint: 'Bring one row a customer.' });
  }
  const warnings: Problem[] = [];
  const columns: FeatureColumn[] = [];
  const scaled: Float64Array[] = [];
  for (const input of inputs) {
    const original = numbersOf(input, rows);
    const values = clippedAt(original, clip);
    const logged = input.log ? loggedOf(input.name, values.inside) : values.inside;
    const { center, spread } = placed(logged, scale);
    if (!(spread > 0)) {
      const message = `“${input.name}” is the same for (nearly) every row, so it sets nobody apart: it was left out.`;
      warnings.push({ code: 'constant-feature', message, subject: input.name });
      continue;
    }
    const { lowest, highest, clipped } = values;
    columns.push({
      name: input.name,
      log: input.log ?? false,
      lowest,
      highest,
      clipped,
      center,
      scale: spread,
      original,
    });
    scaled.push(logged.map((value) => (value - center) / spread));
  }
  if (columns.length === 0) {
    const message = 'Every column is the same for all rows: there is nothing to tell customers apart by.';
    throw new LevainError({ code: 'no-features', message, hint: 'Bring columns that differ between customers.' });
  }
  return { matrix: fromColumns(scaled, rows), columns, warnings };
}

function checkNames(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new LevainError({ code: 'duplicate-name', message: `Two columns are called “${twice}”.`, subject: twice });
}

function numbersOf({ name, values }: FeatureInput, rows: number): Float64Array {
  if (values.length !== rows) {
    const message = `The column “${name}” has ${values.length} rows where the first has ${rows}.`;
    throw new LevainError({ code: 'unequal-lengths', message, subject: name });
  }
  const isMissing = (value: unknown): boolean => typeof value !== 'number' || !Number.isFinite(value);
  const at = Array.prototype.findIndex.call(values, isMissing);
  if (at < 0) return Float64Array.from(values as ArrayLike<number>);
  if (Array.prototype.every.call(values, isMissing)) {
    const message = `The column “${name}” has no number in any row.`;
    throw new LevainError({ code: 'missing-column', message, hint: 'Leave the column out.', subject: name });
  }
  throw new LevainError({
    code: 'missing-value',
    message: `The column “${name}” has no number in row ${at + 1}: it is ${values[at]}.`,
    hint: 'Leave out such rows, or fill them in SQL: coalesce(column, 0).',
    subject: name,
  });
}

function clippedAt(original: Float64Array, clip: number) {
  const sorted = original.toSorted();
  const lowest = quantileOfSorted(sorted, clip);
  const highest = quantileOfSorted(sorted, 1 - clip);
  let clipped = 0;
  const inside = original.map((value) => {
    if (value >= lowest && value <= highest) return value;
    clipped++;
    return value < lowest ? lowest : highest;
  });
  return { inside, lowest, highest, clipped };
}

function loggedOf(name: string, values: Float64Array): Float64Array {
  const at = values.findIndex((value) => value < 0);
  if (at < 0) return values.map(Math.log1p);
  throw new LevainError({
    code: 'negative-value',
    message: `The column “${name}” has ${values[at]} in row ${at + 1}, which has no logarithm.`,
    hint: 'Take the column without log, or set what was refunded to 0 in SQL: greatest(column, 0).',
    subject: name,
  });
}

function placed(values: Float64Array, scale: NonNullable<FeatureOptions['scale']>) {
  const first = values[0]!;
  if (values.every((value) => value === first)) return { center: first, spread: 0 };
  if (scale === 'none') return { center: 0, spread: 1 };
  if (scale === 'robust') {
    const sorted = values.toSorted();
    return {
      center: quantileOfSorted(sorted, 0.5),
      spread: quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25),
    };
  }
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return { center, spread: Math.sqrt(squares / values.length) };
}
