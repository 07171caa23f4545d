import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** A channel's spend today and as proposed. */
export interface ShiftRow {
  readonly channel: string;
  readonly from: number;
  readonly to: number;
  /** The most it has ever spent in such a period: a proposal beyond it is marked. */
  readonly most?: number;
}

export interface ShiftOptions extends Frame {
  readonly colors: ColorScale;
  /** Name and unit of the spend. */
  readonly xLabel?: string;
  /** In d3-format. */
  readonly xFormat?: string;
  readonly marginLeft?: number;
}

/**
 * From today's budget to the proposed one: an arrow a channel, with the change at its tip. A tip beyond anything spent
 * before carries a warning, for there the curve is a guess. Gives Plot's options.
 */
export function shiftOptions(rows: readonly ShiftRow[], options: ShiftOptions): Plot.PlotOptions {
  const { colors, xLabel, xFormat, marginLeft = 112 } = options;
  const ink = (row: ShiftRow): string => colors.of(row.channel);
  const moved = rows.filter((row) => row.from !== row.to);
  return {
    ...framed(options),
    marginLeft,
    marginRight: 112,
    ...(options.height === undefined && { height: 72 + 36 * Math.max(1, rows.length) }),
    x: { label: xLabel ?? 'Spend', grid: true, tickSize: 0, zero: true, tickFormat: xFormat ?? compact },
    y: { label: null, tickSize: 0, domain: rows.map((row) => row.channel) },
    marks: [
      Plot.ruleX([0], { stroke: color.ink }),
      Plot.dot(rows, { x: 'from', y: 'channel', r: 4, fill: color.paper, stroke: ink, strokeWidth: 1.75 }),
      Plot.arrow(moved, {
        x1: 'from',
        x2: 'to',
        y1: 'channel',
        y2: 'channel',
        stroke: ink,
        strokeWidth: 2,
        insetStart: 5,
        headLength: 7,
      }),
      Plot.text(rows, {
        x: (row: ShiftRow) => Math.max(row.from, row.to),
        y: 'channel',
        text: changeOf,
        textAnchor: 'start',
        dx: 10,
        fill: color.ink,
      }),
    ],
  };
}

/** Draws {@link shiftOptions} on the document of the thread it runs in. */
export function shift(rows: readonly ShiftRow[], options: ShiftOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(shiftOptions(rows, options));
}

function changeOf({ from, to, most }: ShiftRow): string {
  const beyond = most !== undefined && to > most ? ', never tried' : '';
  if (from === to) return `unchanged${beyond}`;
  if (from === 0) return `${most !== undefined && most > 0 ? 'back' : 'new'}${beyond}`;
  const change = to / from - 1;
  return `${change > 0 ? '+' : '−'}${Math.abs(100 * change).toFixed(0)} %${beyond}`;
}
