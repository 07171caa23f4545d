import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { framed, type Frame } from './frame';
import { color } from './theme';

export interface BarsOptions extends Frame {
  /** Column of the value, drawn from 0. */
  readonly x: string;
  /** Column of the group. */
  readonly y: string;
  /** Columns of an interval around the value. */
  readonly lower?: string;
  readonly upper?: string;
  readonly colors?: ColorScale;
  /** Name and unit of the value. */
  readonly xLabel?: string;
  /** In d3-format. */
  readonly xFormat?: string;
  /** A level to compare with, drawn dashed with its name. */
  readonly reference?: { readonly value: number; readonly label: string };
  /** Room for the names at the left, in pixels; 96 when not given. */
  readonly marginLeft?: number;
  /** Largest first (when not given), or in the rows' own sequence. */
  readonly order?: 'value' | 'rows';
}

/**
 * One bar a group from a zero baseline, named at its left, its interval as a band across its end. Gives Plot's options.
 *
 * @param rows objects or a table, one row a group
 * @example barsOptions([], { x: 'roas', y: 'channel', caption: '3 channels' }).ariaLabel // => '3 channels'
 */
export function barsOptions(rows: Plot.Data, options: BarsOptions): Plot.PlotOptions {
  const { x, y, lower, upper, colors, xLabel, xFormat, reference, marginLeft = 96, order = 'value' } = options;
  const sort: Plot.ChannelDomainSort | undefined = order === 'value' ? { y: '-x' } : undefined;
  const fill = colors ? y : color.crust;
  const marks: Plot.Markish[] = [
    Plot.barX(rows, { x, y, fill, fillOpacity: 0.85, insetTop: 3, insetBottom: 3, tip: true, ...(sort && { sort }) }),
  ];
  if (lower !== undefined && upper !== undefined) {
    const interval = { y, x1: lower, x2: upper, stroke: color.ink };
    marks.push(
      Plot.ruleY(rows, { ...interval, strokeWidth: 8, strokeOpacity: 0.18 }),
      Plot.ruleY(rows, { ...interval, strokeWidth: 1 }),
    );
  }
  marks.push(Plot.ruleX([0], { stroke: color.ink }));
  if (reference) {
    const { value, label } = reference;
    marks.push(
      Plot.ruleX([value], { stroke: color.quiet, strokeDasharray: '4 3' }),
      Plot.text([value], {
        x: (level: number) => level,
        text: () => label,
        frameAnchor: 'top',
        dy: -12,
        fill: color.quiet,
      }),
    );
  }
  return {
    ...framed(options),
    marginLeft,
    ...(options.height === undefined && { height: heightOf(rows) }),
    x: { label: xLabel ?? x, grid: true, tickSize: 0, ...(xFormat !== undefined && { tickFormat: xFormat }) },
    y: { label: null, tickSize: 0 },
    ...(colors && { color: { domain: colors.domain, range: colors.range } }),
    marks,
  };
}

/** Draws {@link barsOptions} on the document of the thread it runs in. */
export function bars(rows: Plot.Data, options: BarsOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(barsOptions(rows, options));
}

const ROW_HEIGHT = 34;

function heightOf(rows: Plot.Data): number {
  const sized = rows as { length?: number; numRows?: number };
  return 72 + ROW_HEIGHT * Math.max(1, sized.length ?? sized.numRows ?? 6);
}
