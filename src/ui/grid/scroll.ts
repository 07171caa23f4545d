/** Browsers cap an element's height near 17 million pixels (Firefox) and 33 million (Chromium). Stay well below. */
export const MAX_HEIGHT = 8_000_000;

/** At both ends, pixels on the scroll bar are pixels of rows, so that the first and last rows are always reached. */
const EXACT = 500_000;

/** How far the rows reach in truth, and how far the element scrolls, in pixels of scroll offset. */
export interface Extent {
  readonly rows: number;
  readonly element: number;
}

/** The extent of content `height` pixels tall seen through a window of `view` pixels. */
export function extentOf(height: number, view: number): Extent {
  const element = Math.min(height, MAX_HEIGHT);
  return { rows: Math.max(0, height - view), element: Math.max(0, element - view) };
}

/** Scroll offset of the element to offset in the rows: straight at both ends, stretched between. */
export function rowsOffset(scroll: number, { rows, element }: Extent): number {
  const exact = Math.min(EXACT, element / 4);
  if (rows <= element || scroll <= exact) return Math.min(scroll, rows);
  if (scroll >= element - exact) return rows - (element - scroll);
  return exact + ((scroll - exact) * (rows - 2 * exact)) / (element - 2 * exact);
}

/** The inverse of {@link rowsOffset}. */
export function elementOffset(offset: number, { rows, element }: Extent): number {
  const exact = Math.min(EXACT, element / 4);
  if (rows <= element || offset <= exact) return offset;
  if (offset >= rows - exact) return element - (rows - offset);
  return exact + ((offset - exact) * (element - 2 * exact)) / (rows - 2 * exact);
}

/**
 * Where the rows stand after the element scrolled from `before` to `now`: small steps (a wheel, a finger) move the rows
 * by the same pixels, so that reading is smooth at any size; large ones (the scroll bar) go to the place.
 */
export function scrolled(offset: number, before: number, now: number, view: number, extent: Extent): number {
  if (extent.rows <= extent.element || now <= 0 || now >= extent.element) return rowsOffset(now, extent);
  if (Math.abs(now - before) > 2 * view) return rowsOffset(now, extent);
  return Math.max(0, Math.min(extent.rows, offset + now - before));
}
