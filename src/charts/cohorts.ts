import * as Plot from '@observablehq/plot';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { gridMarks } from './heat-grid';

/** A cohort at an age: of those who began together, what was left or came so many periods later. */
export interface CohortRow {
  /** When they began: “2025-03”. */
  readonly cohort: string;
  /** Periods since then: 0, 1, 2 … */
  readonly age: number;
  readonly value: number;
}

export interface CohortsOptions extends Frame {
  /** Whether values are shares, written as per cent (when not given), or amounts, written in at most three digits. */
  readonly unit?: 'share' | 'amount';
  /** What a value is, for the tip: “came back”. */
  readonly what?: string;
  /** “months” when not given. */
  readonly period?: string;
}

/**
 * A cohort triangle: a row a cohort, a column for each period since it began, each cell as strong as its value beside the
 * largest after the first column, which would drown the others. Gives Plot's options.
 *
 * @example cohortsOptions([{ cohort: '2025-01', age: 1, value: 0.2 }], { title: 'One in five came back' }).height // => 98
 */
export function cohortsOptions(rows: readonly CohortRow[], options: CohortsOptions): Plot.PlotOptions {
  const { unit = 'share', what = '', period = 'months', height } = options;
  const cohorts = [...new Set(rows.map(({ cohort }) => cohort))].sort();
  const ages = [...new Set(rows.map(({ age }) => age))].sort((left, right) => left - right);
  const later = rows.filter(({ age }) => age > 0);
  const most = Math.max(Number.MIN_VALUE, ...(later.length > 0 ? later : rows).map(({ value }) => Math.abs(value)));
  const written = (value: number): string => (unit === 'share' ? String(Math.round(100 * value)) : compact(value));
  const cells = rows.map(({ cohort, age, value }) => ({
    x: age,
    y: cohort,
    strength: Math.max(-1, Math.min(1, value / most)),
    lines: [written(value)],
    title:
      `began ${cohort}, ${age} ${period} later\n${written(value)}${unit === 'share' ? ' %' : ''} ${what}`.trimEnd(),
  }));
  return {
    ...framed(options),
    marginLeft: 72,
    height: height ?? 74 + 24 * Math.max(1, cohorts.length),
    x: { type: 'band', label: `${period} since the first`, labelAnchor: 'center', domain: ages, tickSize: 0 },
    y: { type: 'band', label: null, domain: cohorts, tickSize: 0 },
    marks: gridMarks(cells),
  };
}

/** Draws {@link cohortsOptions} on the document of the thread it runs in. */
export function cohorts(rows: readonly CohortRow[], options: CohortsOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(cohortsOptions(rows, options));
}
