import * as Plot from '@observablehq/plot';
import type { PrecisionRecallPoint } from '../stats/classify/metrics/precision-recall';
import { framed } from './frame';
import {
  areaNotes,
  atThreshold,
  inkOf,
  percent,
  SQUARE,
  thinned,
  type JudgedCurve,
  type JudgedCurveOptions,
} from './judged-curve';
import { color } from './theme';

const placed = (point: PrecisionRecallPoint) => ({ ...point, x: point.recall, y: point.precision });

/**
 * How many of those who are pointed at did it (precision), against how many of all who did are pointed at (recall), for
 * every threshold. The dashed line is the share among all. Gives Plot's options.
 *
 * @param curves points from `levain.classify.precisionRecallCurve`; `area` is the average precision
 * @example precisionRecallOptions([{ points: [] }], { title: 'Half are right' }).ariaLabel // => 'Half are right'
 */
export function precisionRecallOptions(
  curves: readonly JudgedCurve<PrecisionRecallPoint>[],
  options: JudgedCurveOptions,
): Plot.PlotOptions {
  const at = { x: 'x', y: 'y' } as const;
  const drawn = curves.map(({ points }) => thinned(points.map(placed)));
  // With everybody pointed at, precision is the share of all.
  const all = curves[0]?.points.at(-1)?.precision;
  return {
    ...SQUARE,
    ...framed({ ...SQUARE, ...options }),
    x: { label: 'Of those who did, found (%)', percent: true, domain: [0, 100], grid: true, tickSize: 0 },
    y: { label: 'Of those found, right (%)', percent: true, domain: [0, 100], grid: true, tickSize: 0 },
    marks: [
      ...(all === undefined
        ? []
        : [
            Plot.ruleY([all], { stroke: color.quiet, strokeDasharray: '4 3' }),
            Plot.text([all], {
              x: 1,
              y: (share: number) => share,
              text: (share: number) => `of all, ${percent(share)}`,
              textAnchor: 'end',
              dx: -6,
              dy: all > 0.15 ? 10 : -10,
              fill: color.quiet,
            }),
          ]),
      ...drawn.map((points, i) => Plot.line(points, { ...at, stroke: inkOf(i, curves.length), strokeWidth: 1.75 })),
      Plot.dot(atThreshold(curves[0]?.points ?? [], options.chosen).map(placed), {
        ...at,
        r: 5,
        fill: inkOf(0, curves.length),
        stroke: color.paper,
      }),
      ...areaNotes(curves, 'average precision', 'bottom-left'),
      Plot.tip(drawn[0] ?? [], Plot.pointer({ ...at, title: spoken })),
    ],
  };
}

/** Draws {@link precisionRecallOptions} on the document of the thread it runs in. */
export function precisionRecall(
  curves: readonly JudgedCurve<PrecisionRecallPoint>[],
  options: JudgedCurveOptions,
): ReturnType<typeof Plot.plot> {
  return Plot.plot(precisionRecallOptions(curves, options));
}

function spoken({ threshold, precision, recall }: PrecisionRecallPoint): string {
  return `from a score of ${threshold.toFixed(3)}\n${percent(precision)} of them are right\n${percent(recall)} of all are found`;
}
