import * as Plot from '@observablehq/plot';
import type { ClusterCounts } from '../stats/cluster/choose-k';
import { palette } from './channel-colors';
import { framed, type Frame } from './frame';
import { color } from './theme';

export interface ClusterCountsOptions extends Frame {
  /** The number that was taken, drawn as a dashed line. */
  readonly chosen?: number;
}

/**
 * Elbow and silhouette over the number of clusters. The spread left within clusters, as a share of that of one cluster,
 * always falls: its bend is what to look for. The silhouette is highest where clusters are clearest. Gives Plot's options.
 *
 * @param counts from `chooseK`
 * @example clusterCountsOptions({ rows: [], bySilhouette: 2, byGap: 2, byElbow: 2 }, { caption: 'none' }).ariaLabel // => 'none'
 */
export function clusterCountsOptions({ rows }: ClusterCounts, options: ClusterCountsOptions = {}): Plot.PlotOptions {
  const { chosen } = options;
  const whole = rows[0]?.inertia || 1;
  const points = rows.flatMap(({ k, inertia, silhouette }) => [
    { k, line: 'spread left', value: inertia / whole },
    ...(silhouette === undefined ? [] : [{ k, line: 'silhouette', value: silhouette }]),
  ]);
  const last = rows.at(-1)?.k ?? 1;
  const stroke = ({ line }: { line: string }): string => (line === 'silhouette' ? palette[0]! : palette[1]!);
  return {
    ...framed(options),
    marginRight: 88,
    x: { label: 'Clusters', ticks: rows.map(({ k }) => k), tickFormat: 'd', tickSize: 0, inset: 8 },
    y: { label: 'Spread left within clusters; silhouette', grid: true, tickSize: 0, zero: true },
    marks: [
      Plot.ruleY([0], { stroke: color.ink }),
      ...(chosen === undefined ? [] : [Plot.ruleX([chosen], { stroke: color.quiet, strokeDasharray: '4 3' })]),
      Plot.line(points, { x: 'k', y: 'value', z: 'line', stroke, strokeWidth: 2 }),
      Plot.dot(points, { x: 'k', y: 'value', fill: stroke, r: 3.5, tip: true }),
      Plot.text(
        points.filter(({ k }) => k === last),
        { x: 'k', y: 'value', text: 'line', fill: stroke, textAnchor: 'start', dx: 8 },
      ),
    ],
  };
}

/** Draws {@link clusterCountsOptions} on the document of the thread it runs in. */
export function clusterCounts(counts: ClusterCounts, options: ClusterCountsOptions = {}): ReturnType<typeof Plot.plot> {
  return Plot.plot(clusterCountsOptions(counts, options));
}
