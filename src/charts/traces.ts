import * as Plot from '@observablehq/plot';
import { palette } from './channel-colors';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** Draws of one parameter, one array a chain. */
export type Chains = readonly ArrayLike<number>[];

/** Points drawn a chain at most: more cannot be told apart. */
const SHOWN = 500;

/**
 * The draws of one parameter in the order they were made. Chains that agree look like one band of noise; a chain that
 * wanders off has not settled. At most 500 draws a chain are shown, evenly thinned. Gives Plot's options.
 */
export function tracesOptions(chains: Chains, options: Frame & { readonly yLabel?: string }): Plot.PlotOptions {
  const points = chains.flatMap((draws, chain) => {
    const step = Math.max(1, Math.ceil(draws.length / SHOWN));
    return Array.from({ length: Math.ceil(draws.length / step) }, (_, i) => ({
      chain: `chain ${chain + 1}`,
      draw: i * step + 1,
      value: draws[i * step]!,
    }));
  });
  return {
    ...framed(options),
    ...(options.height === undefined && { height: 200 }),
    x: { label: 'Draw', tickSize: 0 },
    y: { label: options.yLabel ?? null, grid: true, tickSize: 0 },
    color: chainColors(chains.length),
    marks: [
      Plot.lineY(points, { x: 'draw', y: 'value', stroke: 'chain', z: 'chain', strokeWidth: 0.8, strokeOpacity: 0.7 }),
    ],
  };
}

/**
 * How each chain's draws rank among all: a histogram a chain. Where chains agree every bar is about as high as the
 * dashed line. Source: Vehtari et al. (2021), “Rank-normalization, folding, and localization: An improved R-hat”.
 */
export function ranksOptions(chains: Chains, options: Frame): Plot.PlotOptions {
  const bins = 20;
  const total = chains.reduce((sum, draws) => sum + draws.length, 0);
  const counts = rankCounts(chains, bins);
  return {
    ...framed(options),
    ...(options.height === undefined && { height: 160 }),
    marginTop: 32,
    x: { label: 'Rank among all draws', tickSize: 0, ticks: 3, tickFormat: compact },
    y: { label: 'Draws', grid: true, tickSize: 0 },
    fx: { label: null, padding: 0.12 },
    color: chainColors(chains.length),
    marks: [
      Plot.rectY(counts, {
        fx: 'chain',
        x1: (row: RankCount) => (row.bin * total) / bins,
        x2: (row: RankCount) => ((row.bin + 1) * total) / bins,
        y: 'count',
        fill: 'chain',
        fillOpacity: 0.8,
        inset: 0.5,
      }),
      Plot.ruleY([total / chains.length / bins], { stroke: color.ink, strokeDasharray: '4 3' }),
      Plot.ruleY([0], { stroke: color.ink }),
    ],
  };
}

/** Draws {@link tracesOptions} on the document of the thread it runs in. */
export function traces(
  chains: Chains,
  options: Frame & { readonly yLabel?: string } = {},
): ReturnType<typeof Plot.plot> {
  return Plot.plot(tracesOptions(chains, options));
}

/** Draws {@link ranksOptions} on the document of the thread it runs in. */
export function ranks(chains: Chains, options: Frame = {}): ReturnType<typeof Plot.plot> {
  return Plot.plot(ranksOptions(chains, options));
}

interface RankCount {
  readonly chain: string;
  readonly bin: number;
  readonly count: number;
}

function rankCounts(chains: Chains, bins: number): readonly RankCount[] {
  const all = chains
    .flatMap((draws, chain) => Array.from(draws, (value) => ({ chain, value })))
    .sort((a, b) => a.value - b.value);
  const counts = chains.map(() => new Array<number>(bins).fill(0));
  all.forEach(({ chain }, rank) => counts[chain]![Math.floor((rank * bins) / all.length)]!++);
  return counts.flatMap((row, chain) => row.map((count, bin) => ({ chain: `chain ${chain + 1}`, bin, count })));
}

const chainColors = (count: number): Plot.ScaleOptions => ({
  domain: Array.from({ length: count }, (_, i) => `chain ${i + 1}`),
  range: Array.from({ length: count }, (_, i) => palette[i % palette.length]!),
});
