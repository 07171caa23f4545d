import { LevainError } from '../../../base/problem';
import type { Feature } from '../features';

export type Moment = Date | string | number;

/** Rows before a moment to fit to, and those from it on to judge by. */
export interface TimeSplit {
  readonly cutoff: Date;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Divides rows at a moment, since a model is used on what comes later: rows of one moment stay together. A random split
 * would let it learn from the future.
 *
 * @param moments when each row's outcome began to be watched: dates, ISO texts or milliseconds
 * @param at the cut-off, or the share of rows (about) to judge by, such as 0.3
 * @throws LevainError `bad-date` with the row, `empty-side` when all rows lie on one side, `bad-parameter`
 * @example Array.from(splitByTime(['2026-01-01', '2026-02-01'], { cutoff: '2026-01-15' }).test) // => [1]
 */
export function splitByTime(
  moments: ArrayLike<Moment>,
  at: { readonly cutoff: Moment } | { readonly testShare: number },
): TimeSplit {
  const times = Float64Array.from({ length: moments.length }, (_, i) => timeOf(moments[i]!, `row ${i + 1}`));
  const cutoff = 'cutoff' in at ? timeOf(at.cutoff, 'the cut-off') : cutoffFor(times, at.testShare);
  const rows = Uint32Array.from(times.keys());
  const [train, test] = [rows.filter((i) => times[i]! < cutoff), rows.filter((i) => times[i]! >= cutoff)];
  if (train.length > 0 && test.length > 0) return { cutoff: new Date(cutoff), train, test };
  const side = train.length === 0 ? 'from it on' : 'before it';
  throw new LevainError({
    code: 'empty-side',
    message: `All ${times.length} rows lie ${side}: the cut-off ${dayOf(cutoff)} divides nothing.`,
    hint: 'Take a cut-off between the first and the last date, or give rows of more than one date.',
  });
}

/**
 * The given rows of each column.
 *
 * @example takeRows([{ name: 'x', values: [5, 6, 7] }], [2, 0])[0].values // => [7, 5]
 */
export function takeRows(features: readonly Feature[], rows: ArrayLike<number>): Feature[] {
  return features.map(({ name, values }) => ({ name, values: Array.from(rows, (i) => values[i]) }));
}

/** When the values of a column became known, a moment a row; null where there is no value. */
export interface KnownAt {
  readonly name: string;
  readonly knownAt: ArrayLike<Moment | null | undefined>;
}

/**
 * Refuses columns that were not yet known at the cut-off: a model that has seen what happened afterwards looks brilliant
 * and is worthless. Give each column the latest date of the rows it was made from (`max(ordered_at)` beside
 * `sum(revenue)`).
 *
 * @param cutoff one moment, or one a row; what is known at the cut-off itself is too late
 * @throws LevainError `known-too-late` with column, row, its date and the cut-off; `bad-date`, `unequal-lengths`
 * @example checkKnownBefore('2026-02-01', [{ name: 'spent', knownAt: ['2026-01-31', null] }]) // => undefined
 */
export function checkKnownBefore(cutoff: Moment | ArrayLike<Moment>, columns: readonly KnownAt[]): void {
  const isOne = typeof cutoff !== 'object' || cutoff instanceof Date;
  for (const { name, knownAt } of columns) {
    if (!isOne && knownAt.length !== cutoff.length) {
      const message = `Column "${name}" has ${knownAt.length} dates for ${cutoff.length} cut-offs.`;
      throw new LevainError({ code: 'unequal-lengths', message });
    }
    let [late, first] = [0, -1];
    const limitOf = (i: number): number => timeOf(isOne ? cutoff : cutoff[i]!, 'the cut-off');
    for (let i = 0; i < knownAt.length; i++) {
      const moment = knownAt[i];
      if (moment === null || moment === undefined) continue;
      if (timeOf(moment, `column "${name}", row ${i + 1}`) < limitOf(i)) continue;
      if (late++ === 0) first = i;
    }
    if (late === 0) continue;
    const [when, limit] = [dayOf(timeOf(knownAt[first]!, name)), dayOf(limitOf(first))];
    throw new LevainError({
      code: 'known-too-late',
      message: `Column "${name}" was not known in time in ${late} ${late === 1 ? 'row' : 'rows'}: in row ${first + 1} it is of ${when}, and the outcome is watched from ${limit}.`,
      hint: 'In the SQL that makes the column, take only what is before the cut-off: `WHERE ordered_at < cutoff`.',
    });
  }
}

/** The date from which about this share of rows lies. */
function cutoffFor(times: Float64Array, share: number): number {
  if (!(share > 0 && share < 1)) {
    const message = `The share of rows to judge by must be between 0 and 1; it is ${share}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const sorted = times.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.round((1 - share) * sorted.length))] ?? NaN;
}

function timeOf(moment: Moment, where: string): number {
  const time = typeof moment === 'number' ? moment : new Date(moment).getTime();
  if (Number.isFinite(time)) return time;
  throw new LevainError({
    code: 'bad-date',
    message: `There is no date in ${where}: it is ${String(moment)}.`,
    hint: 'Give dates, or texts such as 2026-01-31.',
  });
}

function dayOf(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 10) : 'unknown';
}
