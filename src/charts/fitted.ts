import * as Plot from '@observablehq/plot';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** A period: what was observed, what the model says, and where it says such a period lies. */
export interface FittedRow {
  readonly date: Date;
  readonly actual: number;
  readonly fitted: number;
  readonly lower?: number;
  readonly upper?: number;
}

export interface FittedOptions extends Frame {
  /** Name and unit of the value. */
  readonly yLabel?: string;
  /** In d3-format. */
  readonly yFormat?: string;
  /** First period that the model was not shown: everything from there is marked as held out. */
  readonly heldOut?: Date;
}

/** Actual against fitted: observed periods as dots, the model as a line with its interval as a band. Gives Plot's options. */
export function fittedOptions(rows: readonly FittedRow[], options: FittedOptions): Plot.PlotOptions {
  const { yLabel, yFormat, heldOut } = options;
  const banded = rows.filter((row) => row.lower !== undefined && row.upper !== undefined);
  const marks: Plot.Markish[] = [
    Plot.areaY(banded, { x: 'date', y1: 'lower', y2: 'upper', fill: color.band, fillOpacity: 0.6 }),
    Plot.lineY(rows, { x: 'date', y: 'fitted', stroke: color.crust, strokeWidth: 1.75 }),
    Plot.dot(rows, { x: 'date', y: 'actual', r: 1.75, fill: color.ink, tip: 'x', channels: { fitted: 'fitted' } }),
    Plot.text(rows, Plot.selectLast({ ...endLabel('fitted'), text: () => 'model', fill: color.crust })),
  ];
  if (heldOut) {
    marks.push(
      Plot.ruleX([heldOut], { stroke: color.quiet, strokeDasharray: '4 3' }),
      Plot.text([heldOut], {
        x: (date: Date) => date,
        text: () => 'not shown to the model',
        frameAnchor: 'top',
        dy: -12,
        dx: 4,
        textAnchor: 'start',
        fill: color.quiet,
      }),
    );
  }
  return {
    ...framed(options),
    marginRight: 56,
    x: { label: null, tickSize: 0 },
    y: { label: yLabel ?? null, grid: true, tickSize: 0, tickFormat: yFormat ?? compact },
    marks,
  };
}

/** Draws {@link fittedOptions} on the document of the thread it runs in. */
export function fitted(rows: readonly FittedRow[], options: FittedOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(fittedOptions(rows, options));
}

const endLabel = (y: string) => ({ x: 'date', y, textAnchor: 'start', dx: 6 }) as const;
