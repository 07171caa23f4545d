import * as Plot from '@observablehq/plot';
import type { ClusterProfile } from '../stats/cluster/profile';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { gridMarks } from './heat-grid';

export interface ClusterProfileOptions extends Frame {
  /** Names in the sequence of the clusters; “Cluster 1” and so on when not given. */
  readonly names?: readonly string[];
}

/** Differences of this many standard deviations have the full colour. */
const FULL = 2;

/**
 * What sets each cluster apart: a row a cluster, a column a trait, its mean, and by how many standard deviations that is
 * above (crust) or below (blue) everybody else's. Gives Plot's options.
 *
 * @param profiles from `profileClusters`
 * @example clusterProfileOptions([], { caption: 'none' }).ariaLabel // => 'none'
 */
export function clusterProfileOptions(
  profiles: readonly ClusterProfile[],
  options: ClusterProfileOptions = {},
): Plot.PlotOptions {
  const { names } = options;
  const label = ({ cluster, size }: ClusterProfile): string =>
    `${names?.[cluster] ?? `Cluster ${cluster + 1}`}\n${size.toLocaleString('en')}`;
  const cells = profiles.flatMap((profile) =>
    profile.traits.map(({ name, mean, others, difference }) => ({
      x: name,
      y: label(profile),
      strength: difference / FULL,
      lines: [compact(mean.value), signed(difference)],
      title: `${label(profile)} rows\n${name}: ${compact(mean.value)} (${compact(mean.lower)} to ${compact(mean.upper)})\nothers: ${compact(others)}`,
    })),
  );
  return {
    ...framed(options),
    ...(options.height === undefined && { height: 72 + 48 * Math.max(1, profiles.length) }),
    marginLeft: 128,
    marginBottom: 28,
    x: { domain: profiles[0]?.traits.map(({ name }) => name) ?? [], label: null, tickSize: 0 },
    y: { domain: profiles.map(label), label: null, tickSize: 0 },
    marks: gridMarks(cells),
  };
}

/** Draws {@link clusterProfileOptions} on the document of the thread it runs in. */
export function clusterProfile(
  profiles: readonly ClusterProfile[],
  options: ClusterProfileOptions = {},
): ReturnType<typeof Plot.plot> {
  return Plot.plot(clusterProfileOptions(profiles, options));
}

const signed = (difference: number): string => `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(1)} SD`;
