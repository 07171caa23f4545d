import { LevainError, type Problem } from '../../../base/problem';
import { dayOf, isoDate, rowOf, type Calendar, type DateLike } from '../data/calendar';
import type { Baseline } from '../model';
import { eventColumns } from './events';
import type { Country } from './holiday-rules';
import { holidays } from './holidays';
import { weekdays, yearlySeason, type NamedColumn } from './season';
import { knotWeights } from './trend';

/** What sells without media. Every part has a usual value, so that `{}` is a whole one. */
export interface BaselineOptions {
  /**
   * `linear` (when not given), `none`, or straight lines that may bend: at the given dates, or at a number of knots
   * spread evenly, the first and the last row included.
   */
  readonly trend?: 'none' | 'linear' | { readonly knots: number | readonly DateLike[] };
  /** Orders of the yearly Fourier series; 2 when not given and the data cover a year, else 0. */
  readonly season?: number;
  /** A level for each weekday; given to daily data when not said otherwise. */
  readonly weekdays?: boolean;
  /** The reader's own days: a launch, a strike, a fair. Days of one name share one effect. */
  readonly events?: readonly { readonly name: string; readonly date: DateLike }[];
  /** A country whose holidays are computed from rules, each with an effect of its own. */
  readonly holidays?: Country;
  /** Prior standard deviations, on the scale of the outcome divided by its largest value. */
  readonly scales?: Partial<BaselineScales>;
}

export interface BaselineScales {
  readonly intercept: number;
  readonly trend: number;
  readonly season: number;
  readonly weekday: number;
  readonly event: number;
  readonly holiday: number;
  readonly control: number;
}

/** Wide against an outcome that runs to 1: they keep the answer finite and hardly move it. */
export const BASELINE_SCALES: BaselineScales = {
  intercept: 2,
  trend: 2,
  season: 1,
  weekday: 1,
  event: 2,
  holiday: 1,
  control: 1,
};

/**
 * The columns Z of what sells without media, with names and prior variances V, for y = Zγ + …, γ ~ N(0, diag V).
 *
 * - `intercept`; `trend` t/(n−1), or `trend: <date>` the level at each knot after the first, against the first;
 * - `season: sin k`, `season: cos k`; `weekday: Monday` … `Saturday` against the week's mean;
 * - `event: <name>`, `holiday: <name>`: days of it in the row;
 * - `control: <name>`: centred, in standard deviations, so that it adds nothing over the whole period.
 *
 * The part of a name before the colon is the group it belongs to in a decomposition.
 *
 * @param controls columns of n finite numbers (price, weather, a competitor); a constant one is left out with a warning
 * @returns the baseline and warnings about what was left out
 * @throws LevainError `bad-parameter`, `bad-date`, `unknown-country`, `wrong-frequency`
 */
export function baselineOf(
  calendar: Calendar,
  controls: readonly NamedColumn[] = [],
  options: BaselineOptions = {},
): { baseline: Baseline; warnings: Problem[] } {
  const n = calendar.starts.length;
  const [from, until] = [calendar.starts[0]!, calendar.ends[n - 1]!];
  const { trend = 'linear', weekdays: byWeekday = calendar.frequency === 'daily', events = [] } = options;
  const { season = until - from >= 365 ? 2 : 0 } = options;
  const scales = { ...BASELINE_SCALES, ...options.scales };
  const warnings: Problem[] = [];
  checkOptions(calendar, season, byWeekday, scales);

  const groups: [keyof BaselineScales, NamedColumn[]][] = [
    ['intercept', [{ name: '', values: new Float64Array(n).fill(1) }]],
    ['trend', trendColumns(calendar, trend)],
    ['season', yearlySeason(calendar, season)],
    ['weekday', byWeekday ? weekdays(calendar) : []],
    ['event', ownEvents(calendar, events, warnings)],
    ['holiday', options.holidays ? eventColumns(calendar, holidays(options.holidays, from, until)) : []],
    ['control', standardised(controls, warnings)],
  ];
  const columns = groups.flatMap(([group, members]) =>
    members.map(({ name, values }) => ({
      name: name ? `${group}: ${name}` : group,
      values,
      variance: scales[group] ** 2,
    })),
  );
  return {
    baseline: {
      names: columns.map(({ name }) => name),
      columns: columns.map(({ values }) => values),
      variance: Float64Array.from(columns, ({ variance }) => variance),
    },
    warnings,
  };
}

/** The group of a baseline column: what stands before the colon.
 * @example baselineGroup('season: sin 1') // => 'season'
 */
export function baselineGroup(name: string): string {
  const colon = name.indexOf(': ');
  return colon < 0 ? name : name.slice(0, colon);
}

function checkOptions(calendar: Calendar, season: number, byWeekday: boolean, scales: BaselineScales): void {
  if (!Number.isInteger(season) || season < 0) {
    const message = `The season takes a whole number of Fourier orders from 0 up; it got ${season}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  if (byWeekday && calendar.frequency !== 'daily') {
    const message = `Weekdays need daily rows; these are ${calendar.frequency}.`;
    throw new LevainError({ code: 'wrong-frequency', message, hint: 'Leave weekdays out, or bring daily rows.' });
  }
  for (const [name, scale] of Object.entries(scales)) {
    if (scale > 0 && Number.isFinite(scale)) continue;
    const message = `The prior scale of the ${name} must be above 0; it is ${scale}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
}

function trendColumns(calendar: Calendar, trend: NonNullable<BaselineOptions['trend']>): NamedColumn[] {
  const n = calendar.starts.length;
  if (trend === 'none') return [];
  if (trend === 'linear') return [{ name: '', values: knotWeights(n, [0, n - 1])[1]! }];
  const { knots } = trend;
  const rows = typeof knots === 'number' ? evenly(knots, n) : knotRows(calendar, knots);
  return knotWeights(n, rows)
    .slice(1)
    .map((values, k) => ({ name: isoDate(calendar.starts[rows[k + 1]!]!), values }));
}

function evenly(knots: number, n: number): number[] {
  if (!Number.isInteger(knots) || knots < 2 || knots > n) {
    const message = `A trend takes 2 to ${n} knots, one a row at most; it got ${knots}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  return Array.from({ length: knots }, (_, k) => Math.round((k * (n - 1)) / (knots - 1)));
}

/** Dates as rows, between the first and the last, which are always knots. */
function knotRows(calendar: Calendar, dates: readonly DateLike[]): number[] {
  const n = calendar.starts.length;
  const inside = dates.map((date) => {
    const row = rowOf(calendar, requiredDay(date, 'A knot of the trend'));
    if (row >= 0 && row < n) return row;
    const message = `The knot at ${String(date)} is outside the data, which run from ${isoDate(calendar.starts[0]!)} to ${isoDate(calendar.ends[n - 1]! - 1)}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  });
  return [...new Set([0, ...inside, n - 1])].sort((a, b) => a - b);
}

function ownEvents(
  calendar: Calendar,
  events: readonly { readonly name: string; readonly date: DateLike }[],
  warnings: Problem[],
): NamedColumn[] {
  const days = events.map(({ name, date }) => ({ name, day: requiredDay(date, `The event “${name}”`) }));
  const columns = eventColumns(calendar, days);
  const found = new Set(columns.map(({ name }) => name));
  for (const name of new Set(events.map((event) => event.name))) {
    if (found.has(name)) continue;
    const message = `No day of the event “${name}” falls in the data; it is left out.`;
    warnings.push({ code: 'event-outside', message, subject: name });
  }
  return columns;
}

function requiredDay(date: DateLike, what: string): number {
  const day = dayOf(date);
  if (Number.isFinite(day)) return day;
  const message = `${what} has no date that can be read: “${String(date)}”.`;
  throw new LevainError({ code: 'bad-date', message, hint: 'Write dates as year-month-day, for example 2024-03-05.' });
}

function standardised(controls: readonly NamedColumn[], warnings: Problem[]): NamedColumn[] {
  return controls.flatMap(({ name, values }) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    if (spread > 1e-12 * Math.abs(mean)) return [{ name, values: values.map((value) => (value - mean) / spread) }];
    const message = `The control “${name}” is ${values[0]} in every row, so nothing can be learnt from it; it is left out.`;
    warnings.push({ code: 'constant-control', message, subject: name });
    return [];
  });
}
