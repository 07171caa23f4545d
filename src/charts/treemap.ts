import * as Plot from '@observablehq/plot';
import type { ColorScale } from './channel-colors';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { squarify, type Tile } from './squarify';
import { color, theme } from './theme';

/** A part of a whole. */
export interface TreemapRow {
  readonly name: string;
  /** Its size, above 0. Parts that are not are left out, and named under the chart. */
  readonly value: number;
  /** A word or two below the value: “412 customers”. */
  readonly note?: string;
}

export interface TreemapOptions extends Frame {
  /** Colours by name; one colour, paler as parts get smaller, when not given. */
  readonly colors?: ColorScale;
  /** Put before the values: “€”. */
  readonly unit?: string;
}

/**
 * What parts make up a whole, each a tile with an area in proportion: revenue by segment. Gives Plot's options.
 *
 * @example treemapOptions([{ name: 'Loyal', value: 3 }], { caption: '1 segment' }).ariaLabel // => '1 segment'
 */
export function treemapOptions(rows: readonly TreemapRow[], options: TreemapOptions): Plot.PlotOptions {
  const { colors, unit = '', width = theme.width, height = 320 } = options;
  const shown = rows.filter(({ value }) => value > 0).toSorted((a, b) => b.value - a.value);
  const total = shown.reduce((sum, { value }) => sum + value, 0);
  const tiles =
    shown.length > 0
      ? squarify(
          shown.map(({ value }) => value),
          width,
          height,
        )
      : [];
  const cells = shown.map((row, i): Cell => ({
    ...tiles[i]!,
    ...row,
    share: row.value / total,
    rank: i / shown.length,
  }));
  const left = rows.filter(({ value }) => !(value > 0)).map(({ name }) => name);
  const caption = [options.caption, left.length > 0 ? `Not drawn, for it is not above 0: ${left.join(', ')}` : ''];
  return {
    ...framed({ ...options, caption: caption.filter(Boolean).join('. ') }),
    width,
    height: height + 8,
    margin: 0,
    marginTop: 4,
    marginBottom: 4,
    marginLeft: 0,
    marginRight: 0,
    x: { axis: null, domain: [0, width] },
    y: { axis: null, domain: [height, 0] },
    marks: [
      Plot.rect(cells, {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        inset: 1,
        fill: ({ name }: Cell) => (colors ? colors.of(name) : color.crust),
        fillOpacity: ({ rank }: Cell) => (colors ? 0.45 : 0.6 - 0.45 * rank),
        title: ({ name, value, share, note }: Cell) =>
          [name, `${unit}${compact(value)}, ${percent(share)}`, note].filter(Boolean).join('\n'),
        tip: true,
      }),
      ...[0, 1, 2].map((line) => labelMark(cells, line, unit)),
    ],
  };
}

/** Draws {@link treemapOptions} on the document of the thread it runs in. */
export function treemap(rows: readonly TreemapRow[], options: TreemapOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(treemapOptions(rows, options));
}

interface Cell extends TreemapRow, Tile {
  readonly share: number;
  /** 0 for the largest, towards 1. */
  readonly rank: number;
}

const LINE = 15;
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** Line 0 is the name, 1 the value, 2 the note; each stands where its tile has room for it. */
function labelMark(cells: readonly Cell[], line: number, unit: string): Plot.Markish {
  const textOf = ({ name, value, share, note = '' }: Cell): string =>
    [name, `${unit}${compact(value)} · ${percent(share)}`, note][line]!;
  const fitting = cells.filter(
    (cell) => cell.y2 - cell.y1 > 12 + LINE * (line + 1) && cell.x2 - cell.x1 > 12 + 6.2 * textOf(cell).length,
  );
  return Plot.text(fitting, {
    x: 'x1',
    y: 'y1',
    dx: 8,
    dy: 14 + LINE * line,
    text: textOf,
    textAnchor: 'start',
    fill: color.ink,
    ...(line === 0 ? { fontWeight: 600 } : { fillOpacity: 0.8 }),
  });
}
