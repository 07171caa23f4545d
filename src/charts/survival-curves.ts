import * as Plot from '@observablehq/plot';
import type { SurvivalCurve } from '../stats/survival/kaplan-meier';
import { palette, type ColorScale } from './channel-colors';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** A curve with its name; one without a name stands alone. */
export interface NamedCurve {
  readonly name: string;
  readonly curve: Pick<SurvivalCurve, 'time' | 'survival' | 'lower' | 'upper'>;
}

export interface SurvivalCurvesOptions extends Frame {
  /** From `channelColors`; the house's colours in the curves' order when not given. */
  readonly colors?: ColorScale;
  /** Name and unit of the time: “Months since the first order”. */
  readonly xLabel?: string;
  /** What the share is: “Still customers” when not given. */
  readonly yLabel?: string;
  /** Where the curves are cut off, in the unit of the time: their ends hang on few. */
  readonly until?: number;
}

interface Step {
  readonly name: string;
  readonly time: number;
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * How the share that is still there comes down, a step at each time, with its interval as a band; several curves are named
 * at their ends. Gives Plot's options.
 */
export function survivalCurvesOptions(curves: readonly NamedCurve[], options: SurvivalCurvesOptions): Plot.PlotOptions {
  const { colors, xLabel = 'Time', yLabel = 'Still customers (%)', until = Infinity } = options;
  const steps = curves.flatMap(({ name, curve }) => stepsOf(name, curve, until));
  const single = curves.length === 1;
  const ink = ({ name }: { readonly name: string }): string =>
    single
      ? color.crust
      : (colors?.of(name) ?? palette[curves.findIndex((curve) => curve.name === name) % palette.length]!);
  const ends = curves.flatMap(({ name }) => steps.filter((step) => step.name === name).slice(-1));
  const marks: Plot.Markish[] = curves.flatMap(({ name }): Plot.Markish[] => {
    const own = steps.filter((step) => step.name === name);
    return [
      Plot.areaY(own, {
        x: 'time',
        y1: 'lower',
        y2: 'upper',
        curve: 'step-after',
        fill: ink({ name }),
        fillOpacity: 0.15,
      }),
      Plot.lineY(own, { x: 'time', y: 'share', curve: 'step-after', stroke: ink({ name }), strokeWidth: 1.75 }),
    ];
  });
  return {
    ...framed(options),
    marginRight: single ? 24 : 112,
    x: { label: xLabel, tickSize: 0 },
    y: { label: yLabel, grid: true, tickSize: 0, percent: true, domain: [0, 100] },
    marks: [
      ...marks,
      ...(single
        ? []
        : [Plot.text(spaced(ends), { x: 'time', y: 'label', text: 'name', fill: ink, textAnchor: 'start', dx: 8 })]),
      Plot.ruleY([0], { stroke: color.line }),
      Plot.tip(steps, Plot.pointer({ x: 'time', y: 'share', title: spoken })),
    ],
  };
}

/** Draws {@link survivalCurvesOptions} on the document of the thread it runs in. */
export function survivalCurves(
  curves: readonly NamedCurve[],
  options: SurvivalCurvesOptions,
): ReturnType<typeof Plot.plot> {
  return Plot.plot(survivalCurvesOptions(curves, options));
}

/** From all at time 0 down to the last step, or to where it is cut off. */
function stepsOf(name: string, { time, survival, lower, upper }: NamedCurve['curve'], until: number): Step[] {
  const steps: Step[] = [{ name, time: 0, share: 1, lower: 1, upper: 1 }];
  time.forEach((at, k) => {
    if (at <= until) steps.push({ name, time: at, share: survival[k]!, lower: lower[k]!, upper: upper[k]! });
  });
  const last = steps.at(-1)!;
  const goesOn = Number.isFinite(until) && (time.at(-1) ?? 0) > until && last.time < until;
  return goesOn ? [...steps, { ...last, time: until }] : steps;
}

/** Ends with room between their names: at least 6 of 100 apart, in their order. */
function spaced(ends: readonly Step[]): (Step & { readonly label: number })[] {
  let floor = -Infinity;
  return ends
    .toSorted((left, right) => left.share - right.share)
    .map((end) => {
      floor = Math.max(end.share, floor + 0.06);
      return { ...end, label: floor };
    });
}

function spoken({ name, time, share, lower, upper }: Step): string {
  const percent = (value: number): string => (100 * value).toFixed(0);
  return `${name}\n${Number(time.toPrecision(3))}: ${percent(share)} % (${percent(lower)} to ${percent(upper)})`;
}
