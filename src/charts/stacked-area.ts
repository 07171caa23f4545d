import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

export interface StackedAreaOptions extends Frame {
  /** Column of the time (dates). */
  readonly x: string;
  /** Column of the value. */
  readonly y: string;
  /** Column that splits the rows into layers: first what `colors` does not know (a baseline), quiet, then its order. */
  readonly series: string;
  readonly colors: ColorScale;
  /** Column of a value drawn as a line over the layers: what was really there. */
  readonly actual?: { readonly rows: Plot.Data; readonly y: string; readonly label: string };
  /** Name and unit of the value. */
  readonly yLabel?: string;
  /** In d3-format. */
  readonly yFormat?: string;
}

/**
 * Parts of a sum over time, stacked from zero, with the observed total as a line over them. Values below zero stack
 * downwards. Gives Plot's options.
 *
 * @param rows objects or a table, one row for each time and layer
 */
export function stackedAreaOptions(rows: Plot.Data, options: StackedAreaOptions): Plot.PlotOptions {
  const { x, y, series, colors, actual, yLabel, yFormat } = options;
  const order = layersOf(rows, series, colors);
  const marks: Plot.Markish[] = [
    Plot.areaY(rows, { x, y, z: series, fill: series, fillOpacity: 0.85, order, curve: 'linear' }),
    Plot.ruleY([0], { stroke: color.ink }),
  ];
  if (actual) {
    const line = { x, y: actual.y, stroke: color.ink, strokeWidth: 1 } as const;
    marks.push(
      Plot.lineY(actual.rows, { ...line, strokeOpacity: 0.8 }),
      Plot.text(
        actual.rows,
        Plot.selectLast({ x, y: actual.y, text: () => actual.label, textAnchor: 'start', dx: 6, fill: color.ink }),
      ),
    );
  }
  return {
    ...framed(options),
    ...(actual && { marginRight: 64 }),
    x: { label: null, tickSize: 0 },
    y: { label: yLabel ?? y, grid: true, tickSize: 0, tickFormat: yFormat ?? compact },
    color: { domain: order, range: order.map(colors.of), legend: true },
    marks,
  };
}

/** Draws {@link stackedAreaOptions} on the document of the thread it runs in. */
export function stackedArea(rows: Plot.Data, options: StackedAreaOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(stackedAreaOptions(rows, options));
}

function layersOf(rows: Plot.Data, series: string, colors: ColorScale): string[] {
  const present = [...new Set(Plot.valueof(rows, series, Array) as string[])];
  return [
    ...present.filter((name) => !colors.domain.includes(name)),
    ...colors.domain.filter((name) => present.includes(name)),
  ];
}
