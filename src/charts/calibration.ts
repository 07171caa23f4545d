import * as Plot from '@observablehq/plot';
import type { CalibrationPoint } from '../stats/classify/metrics/calibration-curve';
import { framed, type Frame } from './frame';
import { percent, SQUARE } from './judged-curve';
import { color } from './theme';

export interface CalibrationOptions extends Frame {
  /** The same rows before probabilities were calibrated: rings. */
  readonly before?: readonly CalibrationPoint[];
}

/**
 * What was said beside what happened: a dot for each bin of rows, its interval as a line. On the dashed line probabilities
 * are right; below it they promise too much. Gives Plot's options.
 *
 * @param points from `levain.classify.calibrationCurve`
 * @example calibrationOptions([], { title: 'What was said came true' }).ariaLabel // => 'What was said came true'
 */
export function calibrationOptions(points: readonly CalibrationPoint[], options: CalibrationOptions): Plot.PlotOptions {
  const { before = [] } = options;
  const at = { x: 'said', y: 'happened' } as const;
  // Of rare events all dots would lie in a corner.
  const highest = [...points, ...before].reduce((most, { said, upper }) => Math.max(most, said, upper), 0);
  const end = 100 * Math.min(1, Math.ceil(11 * highest) / 10 || 1);
  return {
    ...SQUARE,
    ...framed({ ...SQUARE, ...options }),
    x: { label: 'Said (%)', percent: true, domain: [0, end], grid: true, tickSize: 0 },
    y: { label: 'Happened (%)', percent: true, domain: [0, end], grid: true, tickSize: 0 },
    marks: [
      Plot.line([[0, 0], [end / 100, end / 100]], { stroke: color.quiet, strokeDasharray: '4 3' }), // prettier-ignore
      Plot.text([[0, end / 100]], { text: () => 'more than was said', dx: 8, dy: 12, textAnchor: 'start', fill: color.quiet }), // prettier-ignore
      Plot.text([[end / 100, 0]], { text: () => 'less than was said', dx: -8, dy: -12, textAnchor: 'end', fill: color.quiet }), // prettier-ignore
      Plot.dot(before, { ...at, r: 4, stroke: color.quiet }),
      Plot.ruleX(points, { x: 'said', y1: 'lower', y2: 'upper', stroke: color.ink }),
      Plot.dot(points, { ...at, r: 4.5, fill: color.crust, stroke: color.paper, title: spoken, tip: true }),
    ],
  };
}

/** Draws {@link calibrationOptions} on the document of the thread it runs in. */
export function calibration(
  points: readonly CalibrationPoint[],
  options: CalibrationOptions,
): ReturnType<typeof Plot.plot> {
  return Plot.plot(calibrationOptions(points, options));
}

function spoken({ rows, said, happened, lower, upper }: CalibrationPoint): string {
  return `${rows.toLocaleString('en')} rows\nsaid ${percent(said)}\nhappened ${percent(happened)} (${percent(lower)} to ${percent(upper)})`;
}
