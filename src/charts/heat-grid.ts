import * as Plot from '@observablehq/plot';
import { color } from './theme';

/** A cell of a grid: its strength from −1 to 1, and the lines of text on it. */
export interface GridCell {
  readonly x: string | number;
  readonly y: string | number;
  readonly strength: number;
  readonly lines: readonly string[];
  /** For the tip. */
  readonly title: string;
}

/** Below 0. The house has no other colour that stands opposite the crust in light and dark. */
const BELOW = 'var(--chart-2, #0F6CA8)';
const LINE = 14;

/**
 * Cells whose colour is as strong as they are: crust above 0, blue below. Opacity in place of a colour scale follows the
 * page's light and dark. The text keeps the page's ink, so the colour stops at what ink can be read on.
 */
export function gridMarks(cells: readonly GridCell[]): Plot.Markish[] {
  const most = Math.max(0, ...cells.map(({ lines }) => lines.length));
  const lines = Array.from({ length: most }, (_, at) =>
    Plot.text(
      cells.filter(({ lines }) => at < lines.length),
      {
        x: 'x',
        y: 'y',
        text: ({ lines }: GridCell) => lines[at]!,
        dy: (at - (most - 1) / 2) * LINE,
        fill: color.ink,
        ...(at > 0 && { fillOpacity: 0.8, fontSize: 11 }),
      },
    ),
  );
  return [
    Plot.cell(cells, {
      x: 'x',
      y: 'y',
      fill: ({ strength }: GridCell) => (strength < 0 ? BELOW : color.crust),
      fillOpacity: ({ strength }: GridCell) => Math.min(1, Math.abs(strength)) * 0.6,
      stroke: color.line,
      inset: 1,
      title: 'title',
      tip: true,
    }),
    ...lines,
  ];
}
