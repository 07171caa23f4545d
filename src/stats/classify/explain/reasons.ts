import { LevainError } from '../../../base/problem';
import type { Feature, FeatureValue } from '../features';
import { contributionsOf, type Contributions } from './contributions';

/** Why one row has its score: a column, what it is there, and what that adds to the log odds. */
export interface Reason {
  readonly name: string;
  readonly value: FeatureValue;
  readonly contribution: number;
  /** By how much it multiplies the odds. */
  readonly oddsRatio: number;
}

/**
 * The reasons for each row's score, the strongest first.
 *
 * @param contributions from `treeShap` or `linearShap`
 * @param features the columns they were computed for
 * @param options.top how many a row at most, 3 when not given
 * @param options.direction `up` for what raises the score (when not given), `down` for what lowers it, `both`
 * @throws LevainError `bad-parameter`, `unequal-lengths`
 * @example reasonsOf({ names: ['x'], base: 0, rows: 1, values: Float64Array.of(2) }, [{ name: 'x', values: [5] }])[0][0].value // => 5
 */
export function reasonsOf(
  contributions: Contributions,
  features: readonly Feature[],
  options: { top?: number; direction?: 'up' | 'down' | 'both' } = {},
): Reason[][] {
  const { top = 3, direction = 'up' } = options;
  if (!(Number.isInteger(top) && top > 0)) {
    throw new LevainError({ code: 'bad-parameter', message: `The number of reasons must be 1 or more; it is ${top}.` });
  }
  const values = contributions.names.map((name) => features.find((feature) => feature.name === name)?.values);
  const other = values.find((column) => column && column.length !== contributions.rows);
  if (other) {
    const message = `A column has ${other.length} rows where the contributions have ${contributions.rows}.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  const counts = (contribution: number): boolean =>
    direction === 'up' ? contribution > 0 : direction === 'down' ? contribution < 0 : contribution !== 0;
  return Array.from({ length: contributions.rows }, (_, row) =>
    Array.from(contributionsOf(contributions, row), (contribution, j) => ({ j, contribution }))
      .filter(({ contribution }) => counts(contribution))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
      .slice(0, top)
      .map(({ j, contribution }) => ({
        name: contributions.names[j]!,
        value: values[j]?.[row],
        contribution,
        oddsRatio: Math.exp(contribution),
      })),
  );
}
