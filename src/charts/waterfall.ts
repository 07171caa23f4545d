import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** One part of a sum, in the order it is added. */
export interface WaterfallStep {
  readonly name: string;
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
}

export interface WaterfallOptions extends Frame {
  /** Name of the bar that closes the sum; `Total` when not given. */
  readonly total?: string;
  readonly colors?: ColorScale;
  /** Name and unit of the value. */
  readonly xLabel?: string;
  /** Room for the names at the left, in pixels; 112 when not given. */
  readonly marginLeft?: number;
}

/**
 * How parts add up to a whole: each bar begins where the one above ended, and the last holds the sum. A part's interval
 * stands at its end. Gives Plot's options.
 *
 * @example waterfallOptions([{ name: 'base', value: 3 }], { title: 'Mostly base' }).ariaLabel // => 'Mostly base'
 */
export function waterfallOptions(steps: readonly WaterfallStep[], options: WaterfallOptions): Plot.PlotOptions {
  const { total = 'Total', colors, xLabel, marginLeft = 112 } = options;
  const placed = placeSteps(steps, total);
  const shown = placed.map(({ name }) => name);
  const fill = (step: PlacedStep): string =>
    step.name === total ? color.quiet : (colors?.of(step.name) ?? color.crust);
  const middle = { y: 'name' } as const;
  const ranged = placed.filter((step) => step.lower !== undefined && step.upper !== undefined);
  return {
    ...framed(options),
    marginLeft,
    marginRight: 64,
    ...(options.height === undefined && { height: 72 + 34 * placed.length }),
    x: { label: xLabel ?? null, grid: true, tickSize: 0, tickFormat: compact },
    y: { label: null, tickSize: 0, domain: shown, padding: 0.2 },
    marks: [
      Plot.barX(placed, { ...middle, x1: 'from', x2: 'to', fill, fillOpacity: 0.85 }),
      Plot.ruleY(ranged, { ...middle, x1: 'lower', x2: 'upper', stroke: color.ink, strokeWidth: 1 }),
      Plot.tickX(placed.slice(0, -1), {
        y: 'name',
        x: 'to',
        stroke: color.quiet,
        strokeDasharray: '2 2',
        insetBottom: -12,
      }),
      Plot.text(placed, {
        ...middle,
        x: (step: PlacedStep) => Math.max(step.from, step.to, step.upper ?? -Infinity),
        text: (step: PlacedStep) => compact(step.value),
        textAnchor: 'start',
        dx: 6,
        fill: color.ink,
      }),
      Plot.ruleX([0], { stroke: color.ink }),
    ],
  };
}

/** Draws {@link waterfallOptions} on the document of the thread it runs in. */
export function waterfall(steps: readonly WaterfallStep[], options: WaterfallOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(waterfallOptions(steps, options));
}

interface PlacedStep extends WaterfallStep {
  readonly from: number;
  readonly to: number;
}

/** Where each bar begins and ends; an interval moves with its bar. */
function placeSteps(steps: readonly WaterfallStep[], total: string): readonly PlacedStep[] {
  let reached = 0;
  const placed = steps.map((step): PlacedStep => {
    const from = reached;
    reached += step.value;
    const moved =
      step.lower === undefined || step.upper === undefined
        ? {}
        : { lower: from + step.lower, upper: from + step.upper };
    return { ...step, from, to: reached, ...moved };
  });
  return [...placed, { name: total, value: reached, from: 0, to: reached }];
}
