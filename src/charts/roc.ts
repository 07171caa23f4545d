import * as Plot from '@observablehq/plot';
import type { RocPoint } from '../stats/classify/metrics/roc';
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

const placed = (point: RocPoint) => ({ ...point, x: point.falsePositiveRate, y: point.truePositiveRate });

/**
 * The receiver operating characteristic: of those who did it the share found, against the share of the others taken for
 * them, for every threshold. The dashed line is chance. Gives Plot's options.
 *
 * @param curves points from `levain.classify.rocCurve`, with `area` from `levain.classify.areaUnderRoc`
 * @example rocOptions([{ points: [] }], { title: 'Well told apart' }).ariaLabel // => 'Well told apart'
 */
export function rocOptions(curves: readonly JudgedCurve<RocPoint>[], options: JudgedCurveOptions): Plot.PlotOptions {
  const at = { x: 'x', y: 'y' } as const;
  const drawn = curves.map(({ points }) => thinned(points.map(placed)));
  return {
    ...SQUARE,
    ...framed({ ...SQUARE, ...options }),
    x: { label: 'Of those who did not, taken for one (%)', percent: true, domain: [0, 100], grid: true, tickSize: 0 },
    y: { label: 'Of those who did, found (%)', percent: true, domain: [0, 100], grid: true, tickSize: 0 },
    marks: [
      Plot.line([[0, 0], [1, 1]], { stroke: color.quiet, strokeDasharray: '4 3' }), // prettier-ignore
      Plot.text([[0.5, 0.5]], { text: () => 'chance', dx: 8, dy: 10, textAnchor: 'start', fill: color.quiet }),
      ...drawn.map((points, i) =>
        Plot.line(points, { ...at, stroke: inkOf(i, curves.length), strokeWidth: 1.75, curve: 'linear' }),
      ),
      Plot.dot(atThreshold(curves[0]?.points ?? [], options.chosen).map(placed), {
        ...at,
        r: 5,
        fill: inkOf(0, curves.length),
        stroke: color.paper,
      }),
      ...areaNotes(curves, 'AUC', 'bottom-right'),
      Plot.tip(drawn[0] ?? [], Plot.pointer({ ...at, title: spoken })),
    ],
  };
}

/** Draws {@link rocOptions} on the document of the thread it runs in. */
export function roc(
  curves: readonly JudgedCurve<RocPoint>[],
  options: JudgedCurveOptions,
): ReturnType<typeof Plot.plot> {
  return Plot.plot(rocOptions(curves, options));
}

function spoken({ threshold, truePositiveRate, falsePositiveRate }: RocPoint): string {
  const from = Number.isFinite(threshold) ? `from a score of ${threshold.toFixed(3)}` : 'nobody';
  return `${from}\n${percent(truePositiveRate)} found\n${percent(falsePositiveRate)} of the others`;
}
