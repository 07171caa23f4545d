import * as Plot from '@observablehq/plot';
import type { GainsRow } from '../stats/classify/metrics/gains';
import { framed, type Frame } from './frame';
import { percent } from './judged-curve';
import { color } from './theme';

export interface GainsOptions extends Frame {
  /** What is found: “those who left” when not given. */
  readonly what?: string;
  /** The share of rows in use: it is marked. */
  readonly chosen?: number;
}

/**
 * Gains: what share of all who did it stand among the highest scores, against how many are taken, with its interval as a
 * band. The dashed line is what taking anybody brings. Gives Plot's options.
 *
 * @param rows from `levain.classify.gainsTable`
 * @example gainsOptions([], { title: 'The first tenth holds a third' }).ariaLabel // => 'The first tenth holds a third'
 */
export function gainsOptions(rows: readonly GainsRow[], options: GainsOptions): Plot.PlotOptions {
  const { what = 'those who left', chosen } = options;
  const start = { share: 0, captured: 0, capturedLower: 0, capturedUpper: 0 };
  const points = [start, ...rows];
  return {
    ...framed({ height: 360, ...options }),
    x: { label: 'Taken, from the highest score down (%)', percent: true, domain: [0, 100], grid: true, tickSize: 0 },
    y: { label: `Of all ${what}, found (%)`, percent: true, domain: [0, 100], grid: true, tickSize: 0 },
    marks: [
      Plot.line([[0, 0], [1, 1]], { stroke: color.quiet, strokeDasharray: '4 3' }), // prettier-ignore
      Plot.text([[0.5, 0.5]], {
        text: () => 'taken without a score',
        dx: 8,
        dy: 10,
        textAnchor: 'start',
        fill: color.quiet,
      }),
      Plot.areaY(points, { x: 'share', y1: 'capturedLower', y2: 'capturedUpper', fill: color.band, fillOpacity: 0.6 }),
      Plot.line(points, { x: 'share', y: 'captured', stroke: color.crust, strokeWidth: 1.75 }),
      Plot.dot(rows, { x: 'share', y: 'captured', r: 3, fill: color.crust, title: spoken, tip: true }),
      ...(chosen === undefined
        ? []
        : [
            Plot.ruleX([chosen], { stroke: color.ink, strokeDasharray: '4 3' }),
            Plot.text([chosen], {
              x: (share: number) => share,
              text: () => 'chosen',
              frameAnchor: 'bottom',
              dx: 6,
              dy: -8,
              textAnchor: 'start',
              fill: color.ink,
            }),
          ]),
    ],
  };
}

/** Draws {@link gainsOptions} on the document of the thread it runs in. */
export function gains(rows: readonly GainsRow[], options: GainsOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(gainsOptions(rows, options));
}

function spoken({ share, captured, capturedLower, capturedUpper, response, lift, threshold }: GainsRow): string {
  return [
    `the first ${percent(share)}, from a score of ${threshold.toFixed(3)}`,
    `hold ${percent(captured)} (${percent(capturedLower)} to ${percent(capturedUpper)}) of all`,
    `in the last of these parts ${percent(response)}, ${lift.toFixed(1)} times the mean`,
  ].join('\n');
}
