import { areaOf, holds, type Place } from './selection';

/** The active cell and the rectangle between it and where the selection began. */
export class Selecting {
  active = $state.raw<Place | null>(null);
  #anchor = $state.raw<Place | null>(null);
  readonly area = $derived(this.#anchor && this.active ? areaOf(this.#anchor, this.active) : null);
  /** Whether one cell alone is selected. */
  readonly single = $derived(this.area?.top === this.area?.bottom && this.area?.left === this.area?.right);

  /** The rectangle where somebody drew one: a single cell is where the keyboard stands. */
  readonly drawn = $derived(this.single ? null : this.area);

  /** Selects a cell, or all up to it. */
  at(place: Place, extend = false): void {
    this.active = place;
    if (!extend || !this.#anchor) this.#anchor = place;
  }

  all(rows: number, columns: number): void {
    this.#anchor = { row: 0, column: 0 };
    this.active = { row: rows - 1, column: columns - 1 };
  }

  clear(): void {
    this.active = this.#anchor = null;
  }

  isActive(row: number, column: number): boolean {
    return this.active?.row === row && this.active.column === column;
  }

  holds(row: number, column: number): boolean {
    return holds(this.area, row, column);
  }
}
