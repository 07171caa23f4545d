import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** How much of one period's effect falls `lag` periods later; the weights of a channel sum to 1. */
export interface DecayRow {
  readonly channel: string;
  readonly lag: number;
  readonly weight: number;
  readonly lower?: number;
  readonly upper?: number;
}

export interface DecayOptions extends Frame {
  readonly colors: ColorScale;
  /** What a lag counts: `weeks`, `days`. */
  readonly period: string;
}

/** How a channel's effect dies away, one small chart a channel on common scales. Gives Plot's options. */
export function decayOptions(rows: readonly DecayRow[], options: DecayOptions): Plot.PlotOptions {
  const { colors, period } = options;
  const channels = [...new Set(rows.map((row) => row.channel))];
  const banded = rows.filter((row) => row.lower !== undefined && row.upper !== undefined);
  return {
    ...framed(options),
    ...(options.height === undefined && { height: 180 }),
    marginTop: 32,
    x: { label: `${period} later`, tickSize: 0, ticks: 4 },
    y: { label: 'Share of the effect (%)', percent: true, grid: true, tickSize: 0, zero: true },
    fx: { label: null, domain: channels, padding: 0.12 },
    color: { domain: colors.domain, range: colors.range },
    marks: [
      Plot.areaY(banded, {
        fx: 'channel',
        x: 'lag',
        y1: 'lower',
        y2: 'upper',
        fill: 'channel',
        fillOpacity: 0.18,
      }),
      Plot.lineY(rows, { fx: 'channel', x: 'lag', y: 'weight', stroke: 'channel', strokeWidth: 1.75, tip: 'x' }),
      Plot.ruleY([0], { stroke: color.ink }),
    ],
  };
}

/** Draws {@link decayOptions} on the document of the thread it runs in. */
export function decay(rows: readonly DecayRow[], options: DecayOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(decayOptions(rows, options));
}
