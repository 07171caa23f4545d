/** More than are under way at once: one is filled, one is appended, one is on its way back. */
const MOST = 3;

/**
 * Memory that batches of rows travel in, to DuckDB's worker and back. Memory that was never touched costs several times as
 * much as what is written into it, so what came back is written into again as long as a table is being read.
 */
export class SpareMemory {
  #spare: ArrayBuffer[] = [];
  #readers = 0;

  /** A table begins to be read. */
  open(): void {
    this.#readers++;
  }

  /** It is read: nothing is kept for a table that may never come. */
  close(): void {
    if (--this.#readers === 0) this.#spare = [];
  }

  /** So many bytes, or more. */
  take(bytes: number): ArrayBuffer {
    const at = this.#spare.findIndex((memory) => memory.byteLength >= bytes);
    // The next batch may be a little larger.
    return at < 0 ? new ArrayBuffer(bytes + (bytes >> 3)) : this.#spare.splice(at, 1)[0]!;
  }

  giveBack(memory: ArrayBuffer): void {
    if (this.#readers > 0 && this.#spare.length < MOST) this.#spare.push(memory);
  }
}
