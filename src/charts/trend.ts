import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { framed, type Frame } from './frame';
import { color } from './theme';

export interface TrendOptions extends Frame {
  /** Column of the time (dates). */
  readonly x: string;
  /** Column of the value. */
  readonly y: string;
  /** Columns of an interval around it, drawn as a band. */
  readonly lower?: string;
  readonly upper?: string;
  /** Column that splits the rows into lines, each named at its end. */
  readonly series?: string;
  /** From `channelColors`, so that a channel keeps its colour. */
  readonly colors?: ColorScale;
  /** Name and unit of the value: “Sales (€ a week)”. */
  readonly yLabel?: string;
  /** How numbers are written on the axis, in d3-format: `.1%`, `,.0f`. */
  readonly yFormat?: string;
  /** A level to compare with (break-even, the year before), drawn dashed with its name. */
  readonly reference?: { readonly value: number; readonly label: string };
  /** The value axis starts at 0 (when not given) or fits the data. */
  readonly zero?: boolean;
}

/**
 * A line over time with its interval as a band, the last value marked and, where there are several lines, each named at
 * its end. Gives Plot's options, so that a caller can change them before it draws.
 *
 * @param rows objects, or a table, in the sequence of time
 * @example trendOptions([], { x: 'week', y: 'sales', title: 'Sales rose' }).title // => 'Sales rose'
 */
export function trendOptions(rows: Plot.Data, options: TrendOptions): Plot.PlotOptions {
  const { x, y, lower, upper, series, colors, yLabel, yFormat, reference, zero = true } = options;
  const ink = series ?? color.crust;
  const grouped = series === undefined ? {} : { z: series };
  const interval = lower !== undefined && upper !== undefined ? { lower, upper } : undefined;
  const marks: Plot.Markish[] = [];
  if (reference) marks.push(...referenceLine(reference));
  if (interval) {
    const band = {
      x,
      y1: interval.lower,
      y2: interval.upper,
      ...grouped,
      fill: series ?? color.band,
      fillOpacity: series ? 0.16 : 0.6,
    };
    marks.push(Plot.areaY(rows, band));
  }
  const written = yFormat === undefined ? {} : { y: yFormat, lower: yFormat, upper: yFormat };
  const tip = { pointer: 'x', format: written, textPadding: 10 } as const;
  marks.push(
    Plot.lineY(rows, { x, y, ...grouped, stroke: ink, strokeWidth: 1.75, channels: interval ?? {}, tip }),
    Plot.dot(rows, Plot.selectLast({ x, y, ...grouped, fill: ink, r: 3 })),
  );
  if (series !== undefined) {
    const label = { x, y, z: series, text: series, fill: series, textAnchor: 'start', dx: 8 } as const;
    marks.push(Plot.text(rows, Plot.selectLast(label)));
  }
  return {
    ...framed(options),
    ...(series !== undefined && { marginRight: 88 }),
    x: { label: null, tickSize: 0 },
    y: { label: yLabel ?? y, grid: true, tickSize: 0, zero, ...(yFormat !== undefined && { tickFormat: yFormat }) },
    ...(series !== undefined && { color: colors ? { domain: colors.domain, range: colors.range } : {} }),
    marks,
  };
}

/** Draws {@link trendOptions} on the document of the thread it runs in. */
export function trend(rows: Plot.Data, options: TrendOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(trendOptions(rows, options));
}

function referenceLine({ value, label }: { value: number; label: string }): Plot.Markish[] {
  return [
    Plot.ruleY([value], { stroke: color.quiet, strokeDasharray: '4 3' }),
    Plot.text([value], {
      y: (level: number) => level,
      text: () => label,
      frameAnchor: 'left',
      dx: 4,
      dy: -8,
      textAnchor: 'start',
      fill: color.quiet,
    }),
  ];
}
