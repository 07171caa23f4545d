import * as Plot from '@observablehq/plot';
import { framed, type Frame } from './frame';
import { gridMarks } from './heat-grid';

/** A cell of the grid of recency and frequency scores. */
export interface RfmCell {
  /** 1 to 5; 5 bought most lately. */
  readonly recency: number;
  /** 1 to 5; 5 bought most often. */
  readonly frequency: number;
  readonly customers: number;
  readonly segment?: string;
}

const SCORES = [1, 2, 3, 4, 5];

/**
 * Customers by how lately and how often they bought: five by five scores, the colour as strong as customers are many.
 * Cells without customers stay empty. Gives Plot's options.
 *
 * @param cells one a pair of scores
 * @example rfmHeatmapOptions([], { caption: '25 cells' }).ariaLabel // => '25 cells'
 */
export function rfmHeatmapOptions(cells: readonly RfmCell[], options: Frame = {}): Plot.PlotOptions {
  const most = Math.max(1, ...cells.map(({ customers }) => customers));
  const grid = cells.map(({ recency, frequency, customers, segment }) => ({
    x: frequency,
    y: recency,
    strength: customers / most,
    lines: [customers.toLocaleString('en'), ...(segment === undefined ? [] : [segment])],
    title: `${customers.toLocaleString('en')} customers${segment === undefined ? '' : `: ${segment}`}\nrecency ${recency}, frequency ${frequency}`,
  }));
  return {
    ...framed(options),
    ...(options.height === undefined && { height: 360 }),
    marginLeft: 64,
    marginBottom: 44,
    x: { domain: SCORES, label: 'Frequency score: how often they bought', tickSize: 0 },
    y: { domain: SCORES.toReversed(), label: 'Recency score: how lately', tickSize: 0 },
    marks: gridMarks(grid),
  };
}

/** Draws {@link rfmHeatmapOptions} on the document of the thread it runs in. */
export function rfmHeatmap(cells: readonly RfmCell[], options: Frame = {}): ReturnType<typeof Plot.plot> {
  return Plot.plot(rfmHeatmapOptions(cells, options));
}
