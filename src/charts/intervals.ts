import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** An estimate with its interval, and what was believed of it before the data were seen. */
export interface IntervalRow {
  readonly name: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly prior?: { readonly lower: number; readonly upper: number };
  /** Written at the right of the interval: “beats today in 87 of 100 cases”. */
  readonly note?: string;
}

export interface IntervalsOptions extends Frame {
  readonly colors?: ColorScale;
  /** Name and unit of the value. */
  readonly xLabel?: string;
  /** In d3-format. */
  readonly xFormat?: string;
  /** A level to compare with, drawn dashed with its name. */
  readonly reference?: { readonly value: number; readonly label: string };
  /** Room for the names at the left, in pixels; 112 when not given. */
  readonly marginLeft?: number;
  /** Room for the notes at the right, in pixels; 24, or 200 where a row has a note. */
  readonly marginRight?: number;
}

/**
 * One estimate a line: a dot, its interval as a bar around it, and the prior's interval as a pale band behind, so that
 * one sees what the data added. Gives Plot's options.
 *
 * @example intervalsOptions([{ name: 'search', value: 2, lower: 1, upper: 3 }], { title: 'Search pays' }).height // => 114
 */
export function intervalsOptions(rows: readonly IntervalRow[], options: IntervalsOptions): Plot.PlotOptions {
  const { colors, xLabel, xFormat, reference, marginLeft = 112 } = options;
  const noted = rows.filter((row) => row.note !== undefined);
  const marginRight = options.marginRight ?? (noted.length > 0 ? 200 : 24);
  const ink = (row: IntervalRow): string => colors?.of(row.name) ?? color.crust;
  const ends = rows.flatMap(({ lower, upper, prior }) => [lower, upper, ...(prior ? [prior.lower, prior.upper] : [])]);
  const believed = rows.flatMap((row) => (row.prior ? { name: row.name, ...row.prior } : []));
  const marks: Plot.Markish[] = [
    Plot.ruleY(believed, {
      y: 'name',
      x1: 'lower',
      x2: 'upper',
      stroke: color.quiet,
      strokeWidth: 16,
      strokeOpacity: 0.18,
    }),
    Plot.ruleY(rows, { y: 'name', x1: 'lower', x2: 'upper', stroke: ink, strokeWidth: 5, strokeOpacity: 0.45 }),
    Plot.dot(rows, { y: 'name', x: 'value', fill: ink, r: 4.5, tip: true, title: spoken }),
    Plot.text(noted, {
      y: 'name',
      frameAnchor: 'right',
      text: 'note',
      textAnchor: 'start',
      dx: 12,
      fill: color.quiet,
    }),
  ];
  if (reference) {
    marks.unshift(Plot.ruleX([reference.value], { stroke: color.quiet, strokeDasharray: '4 3' }));
    marks.push(
      Plot.text([reference.value], {
        x: (level: number) => level,
        text: () => reference.label,
        frameAnchor: 'top',
        dy: -12,
        fill: color.quiet,
      }),
    );
  }
  return {
    ...framed(options),
    marginLeft,
    marginRight,
    ...(options.height === undefined && { height: 80 + 34 * Math.max(1, rows.length) }),
    // Where nothing is not far, it is shown, so that lengths from it can be compared.
    x: {
      label: xLabel ?? null,
      grid: true,
      tickSize: 0,
      tickFormat: xFormat ?? compact,
      zero: Math.min(...ends) < Math.max(...ends) / 4,
    },
    y: { label: null, tickSize: 0, domain: rows.map((row) => row.name) },
    marks,
  };
}

/** Draws {@link intervalsOptions} on the document of the thread it runs in. */
export function intervals(rows: readonly IntervalRow[], options: IntervalsOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(intervalsOptions(rows, options));
}

function spoken({ name, value, lower, upper, prior }: IntervalRow): string {
  const before = prior ? `\nbelieved before: ${compact(prior.lower)} to ${compact(prior.upper)}` : '';
  return `${name}: ${compact(value)}\n${compact(lower)} to ${compact(upper)}${before}`;
}
