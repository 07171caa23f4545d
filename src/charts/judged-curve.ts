import * as Plot from '@observablehq/plot';
import { palette } from './channel-colors';
import type { Frame } from './frame';
import { color } from './theme';

/** A curve through all thresholds, with its name; one alone needs none. */
export interface JudgedCurve<Point> {
  readonly name?: string;
  readonly points: readonly Point[];
  /** The area under it, with its interval where known. */
  readonly area?: { readonly value: number; readonly lower?: number | undefined; readonly upper?: number | undefined };
}

export interface JudgedCurveOptions extends Frame {
  /** The threshold in use: it is marked on the first curve. */
  readonly chosen?: number;
}

/** Both axes are shares: the drawing is about square. */
export const SQUARE = { width: 460, height: 400, marginTop: 32 } as const;

/** Steps closer than this, of the axis's length, are not drawn apart. */
const FINEST = 1 / 400;

interface Placed {
  readonly x: number;
  readonly y: number;
}

/**
 * The points that can be told apart on the drawing, first and last always: a curve of a million rows has a million.
 *
 * @example thinned([{ x: 0, y: 0 }, { x: 0.0001, y: 0 }, { x: 1, y: 1 }]).length // => 2
 */
export function thinned<T extends Placed>(points: readonly T[]): T[] {
  const kept: T[] = [];
  points.forEach((point, at) => {
    const last = kept.at(-1);
    const isFar = !last || Math.abs(point.x - last.x) + Math.abs(point.y - last.y) >= FINEST;
    if (isFar || at === points.length - 1) kept.push(point);
  });
  return kept;
}

export const inkOf = (at: number, of: number): string => (of === 1 ? color.crust : palette[at % palette.length]!);

/** “trees: 0.86 (0.84 to 0.88)”, one line a curve, in its colour, in a corner that curves seldom reach. */
export function areaNotes(
  curves: readonly JudgedCurve<unknown>[],
  what: string,
  corner: 'bottom-right' | 'bottom-left',
): Plot.Markish[] {
  const lines = curves.map(({ name, area }) => {
    if (!area) return name ?? '';
    const { value, lower, upper } = area;
    const range = lower === undefined || upper === undefined ? '' : ` (${lower.toFixed(2)} to ${upper.toFixed(2)})`;
    return `${name === undefined ? '' : `${name}: `}${what} ${value.toFixed(2)}${range}`;
  });
  return lines.map((line, at) =>
    Plot.text([line], {
      text: (text: string) => text,
      frameAnchor: corner,
      dx: corner === 'bottom-right' ? -8 : 8,
      dy: -10 - 16 * (lines.length - 1 - at),
      fill: inkOf(at, lines.length),
      stroke: color.paper,
      strokeWidth: 3,
    }),
  );
}

/** A share as per cent, for tips: whole from 10 on. */
export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** The point of the threshold in use: the last that is not below it. */
export function atThreshold<T extends { readonly threshold: number }>(
  points: readonly T[],
  chosen: number | undefined,
): readonly T[] {
  if (chosen === undefined) return [];
  return points.filter(({ threshold }) => threshold >= chosen).slice(-1);
}
