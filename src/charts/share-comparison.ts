import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** A channel's share of what was spent, and of what all channels brought. Shares are between 0 and 1. */
export interface ShareRow {
  readonly channel: string;
  readonly spendShare: number;
  readonly effectShare: number;
  readonly lower?: number;
  readonly upper?: number;
}

export interface ShareComparisonOptions extends Frame {
  readonly colors: ColorScale;
  readonly marginLeft?: number;
}

/**
 * Share of spend (a hollow ring) beside share of effect (a dot with its interval), one channel a line. A dot right of its
 * ring brings more than its share of the money. Gives Plot's options.
 *
 * @throws nothing; a channel without spend has its ring at 0
 */
export function shareComparisonOptions(rows: readonly ShareRow[], options: ShareComparisonOptions): Plot.PlotOptions {
  const { colors, marginLeft = 112 } = options;
  const ink = (row: ShareRow): string => colors.of(row.channel);
  const first = rows[0];
  return {
    ...framed(options),
    marginLeft,
    ...(options.height === undefined && { height: 88 + 34 * Math.max(1, rows.length) }),
    x: { label: 'Share of all channels (%)', percent: true, grid: true, tickSize: 0, zero: true },
    y: { label: null, tickSize: 0, domain: rows.map((row) => row.channel) },
    marks: [
      Plot.ruleY(rows, {
        y: 'channel',
        x1: 'lower',
        x2: 'upper',
        stroke: ink,
        strokeWidth: 5,
        strokeOpacity: 0.35,
      }),
      Plot.link(rows, {
        x1: 'spendShare',
        x2: 'effectShare',
        y1: 'channel',
        y2: 'channel',
        stroke: color.quiet,
        strokeDasharray: '2 3',
      }),
      Plot.dot(rows, { x: 'spendShare', y: 'channel', r: 5, fill: color.paper, stroke: ink, strokeWidth: 1.75 }),
      Plot.dot(rows, { x: 'effectShare', y: 'channel', r: 5, fill: ink, tip: true }),
      ...(first ? labels(first) : []),
      Plot.ruleX([0], { stroke: color.ink }),
    ],
  };
}

/** Draws {@link shareComparisonOptions} on the document of the thread it runs in. */
export function shareComparison(
  rows: readonly ShareRow[],
  options: ShareComparisonOptions,
): ReturnType<typeof Plot.plot> {
  return Plot.plot(shareComparisonOptions(rows, options));
}

/** The first line says which mark is which, in place of a legend. */
function labels(row: ShareRow): Plot.Markish[] {
  const left = row.spendShare <= row.effectShare;
  const word = (x: 'spendShare' | 'effectShare', text: string, toLeft: boolean): Plot.Markish =>
    Plot.text([row], {
      x,
      y: 'channel',
      text: () => text,
      dx: toLeft ? -9 : 9,
      dy: -11,
      textAnchor: toLeft ? 'end' : 'start',
      fill: color.quiet,
    });
  return [word('spendShare', 'of spend', left), word('effectShare', 'of effect', !left)];
}
