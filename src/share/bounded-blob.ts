/** Pieces are handed to the browser at this size, so that they need not stay in the page's memory. */
const PIECE = 16e6;

/** Collects what a stream brings, up to a number of bytes; the stream is broken off at the next one. */
export class BoundedBlob {
  readonly #most: number;
  #pieces: Blob[] = [];
  #chunks: BlobPart[] = [];
  #waiting = 0;
  #size = 0;
  /** Whether more came than there is room for. */
  full = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** Where the bytes go. */
  readonly sink = new WritableStream<Uint8Array<ArrayBuffer>>({ write: (chunk) => this.#take(chunk) });

  get size(): number {
    return this.#size;
  }

  get blob(): Blob {
    return new Blob([...this.#pieces, ...this.#chunks]);
  }

  #take(chunk: Uint8Array<ArrayBuffer>): void {
    this.#size += chunk.length;
    if (this.#size > this.#most) {
      this.full = true;
      this.#pieces = [];
      this.#chunks = [];
      throw new RangeError('More bytes than there is room for.');
    }
    this.#chunks.push(chunk);
    this.#waiting += chunk.length;
    if (this.#waiting < PIECE) return;
    this.#pieces.push(new Blob(this.#chunks));
    this.#chunks = [];
    this.#waiting = 0;
  }
}
