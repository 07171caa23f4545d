import * as Plot from '@observablehq/plot';
import type { AliveCell } from '../stats/value/alive-matrix';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { gridMarks } from './heat-grid';

export interface AliveMatrixOptions extends Frame {
  /** The unit of time, for the axis: “weeks” when not given. */
  readonly unit?: string;
}

/**
 * P(alive) over how often customers bought again (from bottom to top) and how long they have been silent (from left to
 * right), each cell with its per cent. Gives Plot's options.
 *
 * @param cells from `levain.value.aliveMatrix`
 * @example aliveMatrixOptions([{ frequency: 1, since: 4, alive: 0.8 }], { title: 'Silence' }).title // => 'Silence'
 */
export function aliveMatrixOptions(cells: readonly AliveCell[], options: AliveMatrixOptions): Plot.PlotOptions {
  const { unit = 'weeks', height } = options;
  const distinct = (of: (cell: AliveCell) => number): number[] =>
    [...new Set(cells.map(of))].sort((left, right) => left - right);
  const frequencies = distinct(({ frequency }) => frequency).reverse();
  const drawn = cells.map(({ frequency, since, alive }) => ({
    x: since,
    y: frequency,
    strength: alive,
    lines: [String(Math.round(100 * alive))],
    title: `bought again ${frequency} ${frequency === 1 ? 'time' : 'times'}, silent for ${compact(since)} ${unit}\n${(100 * alive).toFixed(0)} % sure to be still a customer`,
  }));
  return {
    ...framed(options),
    height: height ?? 92 + 30 * Math.max(1, frequencies.length),
    x: {
      type: 'band',
      label: `Silent for (${unit})`,
      labelAnchor: 'center',
      domain: distinct(({ since }) => since),
      tickFormat: compact,
      tickSize: 0,
    },
    y: { type: 'band', label: 'Bought again (times)', domain: frequencies, tickSize: 0 },
    marks: gridMarks(drawn),
  };
}

/** Draws {@link aliveMatrixOptions} on the document of the thread it runs in. */
export function aliveMatrix(cells: readonly AliveCell[], options: AliveMatrixOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(aliveMatrixOptions(cells, options));
}
