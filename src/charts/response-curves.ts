import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** A point of a channel's response curve. */
export interface ResponsePoint {
  readonly channel: string;
  readonly spend: number;
  readonly response: number;
  readonly lower?: number;
  readonly upper?: number;
}

export interface ResponseCurvesOptions extends Frame {
  readonly colors: ColorScale;
  /** Where each channel stands today; drawn as a dot on its curve. */
  readonly today?: readonly ResponsePoint[];
  /** The most each channel has ever spent in one period: beyond it the curve is drawn dashed, for nobody has seen it. */
  readonly seen?: ReadonlyMap<string, number>;
  /** Names and units of the axes. */
  readonly xLabel?: string;
  readonly yLabel?: string;
}

/** So many bands over each other can still be told apart; more channels get a small chart each. */
const MOST_TOGETHER = 3;
const COLUMNS = 3;

/**
 * What each channel brings at each level of spend, with its interval as a band, today's spend as a dot, and the part
 * beyond all spend seen so far dashed. More than three channels stand side by side on common scales. Gives Plot's options.
 */
export function responseCurvesOptions(
  points: readonly ResponsePoint[],
  options: ResponseCurvesOptions,
): Plot.PlotOptions {
  const { colors, today = [], seen, xLabel, yLabel } = options;
  const channels = [...new Set(points.map((point) => point.channel))];
  const apart = channels.length > MOST_TOGETHER;
  const within = (point: ResponsePoint): boolean => point.spend <= (seen?.get(point.channel) ?? Infinity);
  const banded = points.filter((point) => point.lower !== undefined && point.upper !== undefined);
  const place = (channel: string): number => channels.indexOf(channel);
  const facet = apart && {
    fx: ({ channel }: ResponsePoint) => place(channel) % COLUMNS,
    fy: ({ channel }: ResponsePoint) => Math.floor(place(channel) / COLUMNS),
  };
  const line = { ...facet, x: 'spend', y: 'response', z: 'channel', stroke: 'channel' } as const;
  const base = framed(options);
  const name = { text: 'channel', fill: 'channel', textAnchor: 'start' } as const;
  return {
    ...base,
    ...(apart
      ? {
          marginTop: 44,
          fx: { axis: null, padding: 0.1 },
          fy: { axis: null, padding: 0.22 },
          ...(options.height === undefined && { height: 76 + 150 * Math.ceil(channels.length / COLUMNS) }),
        }
      : { marginRight: 88 }),
    x: { label: xLabel ?? 'Spend', tickSize: 0, grid: false, tickFormat: compact, ...(apart && { ticks: 4 }) },
    y: {
      label: yLabel ?? 'Response',
      grid: true,
      tickSize: 0,
      zero: true,
      tickFormat: compact,
      ...(apart && { ticks: 4 }),
    },
    color: { domain: colors.domain, range: colors.range },
    marks: [
      Plot.areaY(banded, {
        ...facet,
        x: 'spend',
        y1: 'lower',
        y2: 'upper',
        z: 'channel',
        fill: 'channel',
        fillOpacity: apart ? 0.18 : 0.13,
      }),
      Plot.line(points.filter(within), { ...line, strokeWidth: 1.75 }),
      Plot.line(continued(points, within), { ...line, strokeWidth: 1.25, strokeDasharray: '3 4' }),
      Plot.ruleY([0], { stroke: color.line }),
      Plot.dot(today, {
        ...facet,
        x: 'spend',
        y: 'response',
        fill: 'channel',
        stroke: color.paper,
        strokeWidth: 1.5,
        r: 5,
      }),
      apart
        ? Plot.text(
            channels.map((channel) => points.find((point) => point.channel === channel)!),
            { ...facet, ...name, frameAnchor: 'top-left', dy: -14, fontWeight: 600 },
          )
        : Plot.text(points, Plot.selectLast({ ...name, x: 'spend', y: 'response', z: 'channel', dx: 8 })),
      Plot.tip(points, Plot.pointer({ ...facet, x: 'spend', y: 'response', title: spoken })),
    ],
  };
}

/** Draws {@link responseCurvesOptions} on the document of the thread it runs in. */
export function responseCurves(
  points: readonly ResponsePoint[],
  options: ResponseCurvesOptions,
): ReturnType<typeof Plot.plot> {
  return Plot.plot(responseCurvesOptions(points, options));
}

/** The points beyond what has been seen, each run begun with the last point within, so that the line does not break. */
function continued(
  points: readonly ResponsePoint[],
  within: (point: ResponsePoint) => boolean,
): readonly ResponsePoint[] {
  return points.filter((point, at) => {
    const next = points[at + 1];
    return !within(point) || (next !== undefined && next.channel === point.channel && !within(next));
  });
}

function spoken({ channel, spend, response, lower, upper }: ResponsePoint): string {
  const range = lower === undefined || upper === undefined ? '' : `\n${compact(lower)} to ${compact(upper)}`;
  return `${channel}\n${compact(spend)} brings ${compact(response)}${range}`;
}
