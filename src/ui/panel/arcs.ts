import type { GraphEntry } from '../panel';

export interface Arc {
  readonly from: number;
  readonly to: number;
  /** An SVG path that bows to the left of the list, farther for longer arcs. */
  readonly path: string;
}

/** Arcs between entries that stand one below the other, `pitch` pixels apart, drawn inside `width` pixels. */
export function arcsOf(entries: readonly GraphEntry[], pitch: number, width: number): readonly Arc[] {
  const places = new Map(entries.map((entry, i) => [entry.id, i]));
  return entries.flatMap((entry, to) =>
    entry.reads.flatMap((id) => {
      const from = places.get(id);
      return from === undefined || from === to ? [] : [{ from, to, path: arcPath(from, to, pitch, width) }];
    }),
  );
}

function arcPath(from: number, to: number, pitch: number, width: number): string {
  const y = (place: number): number => place * pitch + pitch / 2;
  const bow = Math.min(width - 8, 8 + Math.abs(to - from) * 7);
  const x = width - 4;
  return `M${x},${y(from)}C${x - bow * 1.33},${y(from)} ${x - bow * 1.33},${y(to)} ${x},${y(to)}`;
}
