import * as Plot from '@observablehq/plot';
import type { Audiences } from '../stats/segments/audiences';
import { framed, type Frame } from './frame';
import { gridMarks } from './heat-grid';

/**
 * Of the customers in each audience (a row), the share that is in another (a column) too. Gives Plot's options.
 *
 * @param found from `audiences`
 * @example audienceOverlapOptions({ rows: 0, audiences: [], overlaps: [], intersections: [], warnings: [] }, { caption: 'none' }).ariaLabel // => 'none'
 */
export function audienceOverlapOptions({ audiences, overlaps }: Audiences, options: Frame = {}): Plot.PlotOptions {
  const sizes = new Map(audiences.map(({ name, size }) => [name, size]));
  const label = (name: string): string => `${name}\n${sizes.get(name)!.toLocaleString('en')}`;
  const cells = overlaps.map(({ a, b, size, shareOfA }) => ({
    x: b,
    y: label(a),
    strength: shareOfA,
    lines: [`${Math.round(100 * shareOfA)} %`],
    title: `${size.toLocaleString('en')} of the ${sizes.get(a)!.toLocaleString('en')} in ${a}\nare in ${b} too`,
  }));
  return {
    ...framed(options),
    ...(options.height === undefined && { height: 72 + 40 * Math.max(1, audiences.length) }),
    marginLeft: 144,
    marginBottom: 28,
    x: { domain: audiences.map(({ name }) => name), label: null, tickSize: 0 },
    y: { domain: audiences.map(({ name }) => label(name)), label: null, tickSize: 0 },
    marks: gridMarks(cells),
  };
}

/** Draws {@link audienceOverlapOptions} on the document of the thread it runs in. */
export function audienceOverlap(found: Audiences, options: Frame = {}): ReturnType<typeof Plot.plot> {
  return Plot.plot(audienceOverlapOptions(found, options));
}
