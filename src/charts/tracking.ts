import * as Plot from '@observablehq/plot';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** A point in time: what has come to pass until then, and what a model expects until then. */
export interface TrackingRow {
  readonly date: Date;
  /** Absent where it is not known yet. */
  readonly actual?: number;
  readonly expected: number;
  readonly lower?: number;
  readonly upper?: number;
}

export interface TrackingOptions extends Frame {
  /** Name and unit of what is summed; “Repeat orders so far” when not given. */
  readonly yLabel?: string;
  /** The first point that the model was not shown: from there on it foretells. */
  readonly heldOut?: Date;
}

/** A sum that grows: as it was (ink), and as a model expects it (crust, with its interval as a band). Gives Plot's options. */
export function trackingOptions(rows: readonly TrackingRow[], options: TrackingOptions): Plot.PlotOptions {
  const { yLabel = 'Repeat orders so far', heldOut } = options;
  const banded = rows.filter((row) => row.lower !== undefined && row.upper !== undefined);
  const known = rows.filter((row) => row.actual !== undefined);
  // The two lines end close together: the higher one's name stands above the end, the other's below.
  const [lastActual, lastExpected] = [known.at(-1)?.actual ?? 0, rows.at(-1)?.expected ?? 0];
  const above = lastActual >= lastExpected;
  const marks: Plot.Markish[] = [
    Plot.areaY(banded, { x: 'date', y1: 'lower', y2: 'upper', fill: color.band, fillOpacity: 0.6 }),
    Plot.lineY(known, { x: 'date', y: 'actual', stroke: color.ink, strokeWidth: 1.75 }),
    Plot.lineY(rows, { x: 'date', y: 'expected', stroke: color.crust, strokeWidth: 1.75, strokeDasharray: '5 3' }),
    Plot.text(known.slice(-1), endLabel('actual', color.ink, above)),
    Plot.text(rows.slice(-1), endLabel('expected', color.crust, !above)),
    Plot.tip(rows, Plot.pointerX({ x: 'date', y: 'expected', title: spoken })),
  ];
  if (heldOut) {
    marks.push(
      Plot.ruleX([heldOut], { stroke: color.quiet, strokeDasharray: '4 3' }),
      Plot.text([heldOut], {
        x: (date: Date) => date,
        text: () => 'not shown to the model',
        frameAnchor: 'top',
        dy: -12,
        // To its left: at its right the lines’ names stand.
        dx: -4,
        textAnchor: 'end',
        fill: color.quiet,
      }),
    );
  }
  return {
    ...framed(options),
    marginRight: 72,
    x: { type: 'utc', label: null, tickSize: 0 },
    y: { label: yLabel, grid: true, tickSize: 0, zero: true, tickFormat: compact },
    marks,
  };
}

/** Draws {@link trackingOptions} on the document of the thread it runs in. */
export function tracking(rows: readonly TrackingRow[], options: TrackingOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(trackingOptions(rows, options));
}

const endLabel = (y: 'actual' | 'expected', fill: string, above: boolean) =>
  ({ x: 'date', y, text: () => y, textAnchor: 'start', dx: 6, dy: above ? -6 : 6, fill }) as const;

function spoken({ date, actual, expected, lower, upper }: TrackingRow): string {
  const lines = [date.toISOString().slice(0, 10)];
  if (actual !== undefined) lines.push(`actual ${compact(actual)}`);
  const range = lower === undefined || upper === undefined ? '' : ` (${compact(lower)} to ${compact(upper)})`;
  return [...lines, `expected ${compact(expected)}${range}`].join('\n');
}
