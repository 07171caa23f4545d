/** What the kernel may send before it is taken for a flood. */
export interface Limits {
  /** Messages a second, sustained, and how many may come at once. */
  readonly rate: number;
  readonly burst: number;
  /** Characters of one message, and of all messages of a run. */
  readonly message: number;
  readonly run: number;
  /** Bytes of tables sent in one run. */
  readonly tables: number;
  /** Outputs of one run. */
  readonly outputs: number;
  /** Queries of one run that wait at once. */
  readonly queries: number;
}

export const LIMITS: Limits = {
  rate: 500,
  burst: 3_000,
  message: 64_000_000,
  run: 128_000_000,
  tables: 256 * 1024 * 1024,
  outputs: 500,
  queries: 64,
};

/** A bucket that fills at `rate` a second up to `burst`; each message takes one out. */
export class Bucket {
  readonly #rate: number;
  readonly #burst: number;
  #level: number;
  #at: number;

  constructor(rate: number, burst: number, now: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#level = burst;
    this.#at = now;
  }

  /** Takes one out; false when there is none. */
  take(now: number): boolean {
    this.#level = Math.min(this.#burst, this.#level + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
    if (this.#level < 1) return false;
    this.#level -= 1;
    return true;
  }
}
