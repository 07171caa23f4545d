import { delay } from '../base/delay';
import type { Definition } from '../language/definition';
import type { Cell } from '../notebook/model';
import type { Define } from './notebook-cells';

/** For so long definitions are worked out before the page may answer, in milliseconds. */
const SLICE = 25;

/**
 * Works out what the cells of a notebook define and read, with pauses where they are many. Returns `define` as it knows
 * them by then.
 */
export async function defineAhead(cells: readonly Cell[], define: Define): Promise<Define> {
  const known = new WeakMap<Cell, Definition>();
  let end = performance.now() + SLICE;
  for (const cell of cells) {
    if (performance.now() > end) {
      await delay();
      end = performance.now() + SLICE;
    }
    known.set(cell, define(cell));
  }
  return (cell) => known.get(cell) ?? define(cell);
}
