import * as Plot from '@observablehq/plot';
import { contributionsOf, type Contributions } from '../stats/classify/explain/contributions';
import type { Feature } from '../stats/classify/features';
import { sigmoid } from '../stats/classify/logistic/model';
import { framed, type Frame } from './frame';
import { percent } from './judged-curve';
import { valueText } from './shap-beeswarm';
import { color } from './theme';

export interface ShapWaterfallOptions extends Frame {
  /** How many columns have a bar of their own, the strongest; 7 when not given. The others share one. */
  readonly top?: number;
  /** Room for the names at the left, in pixels; 190 when not given. */
  readonly marginLeft?: number;
}

interface Step {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const START = 'an average row';
const END = 'this row';
const TICKS = [0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.997, 0.999];

/**
 * How one row comes to its score: from the probability of an average row, column by column, to its own. The axis is of log
 * odds, on which contributions add up, and written in per cent. Gives Plot's options.
 *
 * @param contributions from `levain.classify.treeShap` or `linearShap`
 * @param features the columns they were computed for
 * @param row which row, from 0
 * @example shapWaterfallOptions({ names: ['x'], base: 0, rows: 1, values: Float64Array.of(1) }, [], 0, { title: 'Silent for long' }).ariaLabel // => 'Silent for long'
 */
export function shapWaterfallOptions(
  contributions: Contributions,
  features: readonly Feature[],
  row: number,
  options: ShapWaterfallOptions,
): Plot.PlotOptions {
  const { top = 7, marginLeft = 190 } = options;
  const { base } = contributions;
  const steps = stepsOf(contributions, features, row, top);
  const end = steps.at(-1)?.to ?? base;
  const names = [START, ...steps.map(({ name }) => name), END];
  const odds = [base, ...steps.map(({ to }) => to)];
  const [low, high] = [Math.min(...odds), Math.max(...odds)];
  const margin = 0.06 * (high - low) + 0.1;
  const domain = [low - margin, high + margin] as const;
  const ends = [
    { name: START, at: base },
    { name: END, at: end },
  ];
  const fill = ({ from, to }: Step): string => (to >= from ? color.crust : color.quiet);
  return {
    ...framed({ height: 76 + 30 * names.length, ...options }),
    marginLeft,
    marginRight: 56,
    x: {
      label: 'Probability (%)',
      domain: [...domain],
      ticks: ticksWithin(...domain),
      tickFormat: (value: number) => percent(sigmoid(value)).replace(' %', ''),
      grid: true,
      tickSize: 0,
    },
    y: { label: null, domain: names, tickSize: 0, padding: 0.25 },
    marks: [
      Plot.barX(steps, { y: 'name', x1: 'from', x2: 'to', fill, fillOpacity: 0.85 }),
      Plot.text(steps, {
        y: 'name',
        x: ({ from, to }: Step) => Math.max(from, to),
        text: ({ from, to }: Step) => `odds × ${Math.exp(to - from).toFixed(2)}`,
        textAnchor: 'start',
        dx: 6,
        fill: color.ink,
        stroke: color.paper,
        strokeWidth: 3,
      }),
      Plot.tickX(ends, { y: 'name', x: 'at', stroke: color.ink, strokeWidth: 2 }),
      Plot.text(ends, {
        y: 'name',
        x: 'at',
        text: ({ at }: { at: number }) => percent(sigmoid(at)),
        textAnchor: 'start',
        dx: 6,
        fill: color.ink,
        stroke: color.paper,
        strokeWidth: 3,
      }),
    ],
  };
}

/** Draws {@link shapWaterfallOptions} on the document of the thread it runs in. */
export function shapWaterfall(
  contributions: Contributions,
  features: readonly Feature[],
  row: number,
  options: ShapWaterfallOptions,
): ReturnType<typeof Plot.plot> {
  return Plot.plot(shapWaterfallOptions(contributions, features, row, options));
}

function stepsOf(contributions: Contributions, features: readonly Feature[], row: number, top: number): Step[] {
  const all = Array.from(contributionsOf(contributions, row), (value, j) => ({ name: contributions.names[j]!, value }))
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const own = all.slice(0, top).map(({ name, value }) => {
    const column = features.find((feature) => feature.name === name)?.values;
    return { name: column ? `${name}: ${valueText(column[row])}` : name, value };
  });
  const others = all.slice(top);
  if (others.length > 0) {
    own.push({
      name: `${others.length} ${others.length === 1 ? 'other' : 'others'}`,
      value: others.reduce((sum, { value }) => sum + value, 0),
    });
  }
  let reached = contributions.base;
  return own.map(({ name, value }) => ({ name, from: reached, to: (reached += value) }));
}

/** Round probabilities within two log odds, at least two where there are. */
function ticksWithin(low: number, high: number): number[] {
  const within = TICKS.map((p) => Math.log(p / (1 - p))).filter((value) => value >= low && value <= high);
  if (within.length >= 2) return within;
  return [low + 0.1 * (high - low), high - 0.1 * (high - low)];
}
