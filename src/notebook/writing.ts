import type { Cell } from './model';

/** How a cell stood in the file it was read from. */
export interface Writing {
  /** Its lines, the last without its line end. */
  readonly text: string;
  /** What stood between the cell before and it, line ends included; absent for the first. */
  readonly before: string | undefined;
  /** What stood between it and the end of the file; absent for all but the last. */
  readonly after: string | undefined;
}

const kept = new WeakMap<Cell, Writing>();

/**
 * Keeps how a cell was written, for as long as the cell lives: an edit makes another cell, so it drops the writing, and
 * undoing it brings the very cell and its bytes back.
 */
export function keepWriting(cell: Cell, writing: Writing): void {
  kept.set(cell, writing);
}

export function writingOf(cell: Cell): Writing | undefined {
  return kept.get(cell);
}
