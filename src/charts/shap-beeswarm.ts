import * as Plot from '@observablehq/plot';
import { meanContributions, type Contributions } from '../stats/classify/explain/contributions';
import type { Feature, FeatureValue } from '../stats/classify/features';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

export interface ShapBeeswarmOptions extends Frame {
  /** How many columns, those that move scores most; 8 when not given. */
  readonly top?: number;
  /** How many rows at most, evenly taken; 300 when not given. */
  readonly most?: number;
  /** Room for the names at the left, in pixels; 150 when not given. */
  readonly marginLeft?: number;
}

interface Dot {
  readonly name: string;
  readonly value: FeatureValue;
  readonly contribution: number;
  /** The place of the value among the column's, 0 to 1; absent for text and missing values, which have none. */
  readonly place: number | undefined;
  readonly y: number;
}

const ROW_HEIGHT = 38;
/** Dots whose contributions fall in one of so many slices of the axis are put beside each other. */
const SLICES = 130;

/**
 * What each column does to the scores: a dot a row, to the right where it raises the score. Darker dots have higher values
 * in the column; rings have text or nothing. Gives Plot's options.
 *
 * @param contributions from `levain.classify.treeShap` or `linearShap`
 * @param features the columns they were computed for
 * @example shapBeeswarmOptions({ names: [], base: 0, rows: 0, values: new Float64Array(0) }, [], { title: 'Silence says most' }).ariaLabel // => 'Silence says most'
 */
export function shapBeeswarmOptions(
  contributions: Contributions,
  features: readonly Feature[],
  options: ShapBeeswarmOptions,
): Plot.PlotOptions {
  const { top = 8, most = 300, marginLeft = 150 } = options;
  const shown = meanContributions(contributions).slice(0, top).map(({ name }) => name); // prettier-ignore
  const step = Math.max(1, Math.ceil(contributions.rows / most));
  const rows = Array.from({ length: Math.ceil(contributions.rows / step) }, (_, i) => i * step);
  const reach = rows.reduce((far, i) => {
    const of = (name: string): number => Math.abs(valueAt(contributions, i, name));
    return shown.reduce((farther, name) => Math.max(farther, of(name)), far);
  }, 0);
  const dots = shown.flatMap((name, at) => swarm(name, at, rows, contributions, features, reach));
  const [plain, ringed] = [dots.filter(({ place }) => place !== undefined), dots.filter(({ place }) => place === undefined)]; // prettier-ignore
  const position = { x: 'contribution', y: 'y', r: 2.4, title: spoken, tip: true } as const;
  return {
    ...framed({ height: 84 + ROW_HEIGHT * shown.length, ...options }),
    marginLeft,
    x: { label: 'Added to the log odds: left lowers the score, right raises it', grid: true, tickSize: 0 },
    y: { domain: [shown.length - 0.5, -0.5], axis: null },
    marks: [
      Plot.ruleX([0], { stroke: color.ink }),
      Plot.text(shown, {
        y: (_: string, at: number) => at,
        text: (name: string) => name,
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -10,
        lineWidth: (marginLeft - 16) / 12,
        textOverflow: 'ellipsis',
        fill: color.ink,
      }),
      Plot.dot(ringed, { ...position, stroke: color.quiet, strokeOpacity: 0.8 }),
      Plot.dot(plain, {
        ...position,
        fill: color.crust,
        fillOpacity: ({ place }: Dot) => 0.12 + 0.88 * place!,
        stroke: color.crust,
        strokeOpacity: 0.5,
        strokeWidth: 0.5,
      }),
      Plot.text([0], {
        text: () => 'pale: low value · dark: high value · ring: text or missing',
        frameAnchor: 'top-right',
        dy: -14,
        fill: color.quiet,
      }),
    ],
  };
}

/** Draws {@link shapBeeswarmOptions} on the document of the thread it runs in. */
export function shapBeeswarm(
  contributions: Contributions,
  features: readonly Feature[],
  options: ShapBeeswarmOptions,
): ReturnType<typeof Plot.plot> {
  return Plot.plot(shapBeeswarmOptions(contributions, features, options));
}

function valueAt({ names, values }: Contributions, row: number, name: string): number {
  return values[row * names.length + names.indexOf(name)]!;
}

/** The dots of one column: those of about the same contribution spread evenly up and down from the row's middle. */
function swarm(
  name: string,
  at: number,
  rows: readonly number[],
  contributions: Contributions,
  features: readonly Feature[],
  reach: number,
): Dot[] {
  const column = features.find((feature) => feature.name === name)?.values;
  const placeOf = placesOf(rows.map((i) => column?.[i]));
  const sliceOf = (value: number): number => Math.round(((value / (reach || 1)) * SLICES) / 2);
  const slices = new Map<number, number>();
  const counts = rows.map((i) => {
    const slice = sliceOf(valueAt(contributions, i, name));
    const before = slices.get(slice) ?? 0;
    slices.set(slice, before + 1);
    return { slice, before };
  });
  const fullest = Math.max(1, ...slices.values());
  return rows.map((i, k) => {
    const { slice, before } = counts[k]!;
    const beside = before - (slices.get(slice)! - 1) / 2;
    const value = column?.[i];
    return {
      name,
      value,
      contribution: valueAt(contributions, i, name),
      place: placeOf(value),
      y: at + beside * Math.min(0.14, 0.8 / fullest),
    };
  });
}

/** From a value to its place among all, 0 to 1, equal ones in the middle of theirs. */
function placesOf(values: readonly FeatureValue[]): (value: FeatureValue) => number | undefined {
  const numbers = values.filter(isNumber).map(Number).sort((a, b) => a - b); // prettier-ignore
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  numbers.forEach((value, at) => {
    if (!first.has(value)) first.set(value, at);
    last.set(value, at);
  });
  return (value) => {
    if (!isNumber(value)) return undefined;
    return (first.get(Number(value))! + last.get(Number(value))!) / 2 / Math.max(1, numbers.length - 1);
  };
}

function isNumber(value: FeatureValue): value is number | bigint | boolean {
  return typeof value !== 'string' && value !== null && value !== undefined && !Number.isNaN(value);
}

export function valueText(value: FeatureValue): string {
  if (value === null || value === undefined || Number.isNaN(value)) return 'missing';
  return typeof value === 'number' ? compact(value) : String(value);
}

function spoken({ name, value, contribution }: Dot): string {
  return `${name}: ${valueText(value)}\n${contribution < 0 ? 'lowers' : 'raises'} the odds ${Math.exp(Math.abs(contribution)).toFixed(2)} times`;
}
